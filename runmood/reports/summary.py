"""The summary as a whole: each part in the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.i18n import readable
from runmood.findings.answers import Section, on_screen, render_finding
from runmood.findings.questions import lift, more_running, other_findings, running_hurt
from runmood.findings.questions.longer_run import longer_runs
from runmood.findings.questions.missed_runs import evening_answers
from runmood.reports import headlines, overview
from runmood.reports.charts.calendar import calendar, tiles
from runmood.reports.charts.distributions import dots, helped_bars, plan_bars, slopes
from runmood.reports.charts.trends import long_view
from runmood.reports.context import LONG
from runmood.reports.findings import hidden_finding_line, in_front, line_with_note, remarked, with_note
from runmood.reports.summary_model import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingLine, FindingRow, FindingView
    from runmood.reports.context import ReportData

    Renderer = Callable[[FindingRow, ReportData], FindingView]

CAUTIONS = {
    "S1": running_hurt.heavier_weeks,
    "A5": running_hurt.hard_stretch,
    "B5": running_hurt.running_while_hurt_caring,
    "B3": more_running.only_running,
    "B6": more_running.more_running_leaning,
    "B7": more_running.rests_became_runs,
}
WITH_FILES = ("lately", "all")  # periods that end now, and with them what there is to say of files
HELPS = {"C1": lift.runs_lift_helps, "C2": lift.kinds_of_runs_helps, "C4": lift.other_things_helps}


@dataclass(frozen=True, slots=True)
class FindingViews:
    """All findings, ready to be laid out: `answers` in full, `also` the other questions in a line each."""

    answers: tuple[FindingView, ...]
    also: tuple[FindingLine, ...]


def build_summary(data: ReportData) -> Summary:
    """Render the notes as finished words and charts; the same notes give the same summary."""
    selected, say = _select(data), data.say
    period = overview.format_period(selected)
    days = overview.period_days(selected.days, period)
    findings = on_screen(render_finding(selected.findings), selected.as_of)
    views = _render_views(selected, data)
    nothing_hidden = selected.findings.height == data.findings.height
    is_long = days.height > LONG
    return Summary(
        say=say,
        heading=overview.heading(say, days, period, home_is_empty=data.days.is_empty()),
        whose=say("whose", person=readable(data.name)) if data.name else "",
        period=overview.format_span(say, days, period),
        invented=overview.invented(data),
        news=headlines.news(selected, period, findings),
        opening=overview.opening(days, data, period),
        in_short=headlines.headlines(say, days, findings, views.answers, alone=nothing_hidden),
        first_steps=overview.first_steps(say) if data.days.is_empty() else (),
        calendar=None if is_long else calendar(say, days),
        tiles=tiles(say, days) if is_long else None,
        long_view=long_view(selected, period),
        slopes=slopes(selected, period),
        plan=plan_bars(say, days),
        helped=helped_bars(say, days),
        goals_title=say("title.goals"),
        goals=overview.goals(selected, period),
        last_run_title=say("title.last_run"),
        last_run=data.last_run,
        answers_title=say("title.answers"),
        answers=views.answers,
        also_title=say("title.also"),
        also=views.also,
        unread=overview.unread(say, data.notices) if period.kind in WITH_FILES else None,
        foot=overview.foot(say),
    )


def build_finding_views(data: ReportData) -> FindingViews:
    """Render the findings alone, as they stand on the summary; `days`, `findings` and the feedback are read."""
    return _render_views(_select(data), data)


def _select(data: ReportData) -> ReportData:
    """Return the data up to its last day, without the findings that the person hid or disputes."""
    findings, before = (in_front(each, data.finding_feedback) for each in (data.findings, data.findings_before))
    days = data.days.filter(pl.col("local_date") <= data.as_of).sort("local_date")
    return replace(data, days=days, findings=findings, findings_before=before)


def _render_views(selected: ReportData, data: ReportData) -> FindingViews:
    """Render the selected findings, and those of all data that were hidden or disputed in a line each."""
    findings = on_screen(render_finding(selected.findings), selected.as_of)
    return FindingViews(_answers(findings, selected), (*_also(findings, selected), *_set_back(data, selected)))


def _answers(findings: list[FindingRow], diary: ReportData) -> tuple[FindingView, ...]:
    """One answer a question, those with a yes first; the evenings' dots stand with the first that speaks of them."""
    latest = {finding.question: finding for finding in findings}
    evenings = evening_answers(latest.get("B1"), latest.get("B2"), diary)
    if evenings:
        evenings[0] = replace(evenings[0], dots=dots(diary.say, diary.days, findings[-1].night))
    longer = longer_runs([finding for finding in findings if finding.question == "A1"], diary)
    good = lift.protective(diary.say, findings)
    cautions = [_beside(diary.say, answer, good) for answer in _each(CAUTIONS, latest, diary)]
    answers = [
        *cautions,
        *([replace(longer, codes=("A1",))] if longer else []),
        *evenings,
        *_each(HELPS, latest, diary),
    ]
    return tuple(with_note(diary, answer) for answer in sorted(answers, key=lambda answer: not answer.seen))


def _each(renderers: Mapping[str, Renderer], latest: Mapping[str, FindingRow], diary: ReportData) -> list[FindingView]:
    """The answers of yes to several questions."""
    seen = {code: latest[code] for code in renderers if _shows(latest.get(code))}
    return [replace(renderers[code](finding, diary), codes=(code,)) for code, finding in seen.items()]


def _beside(say: Translator, caution: FindingView, good: str) -> FindingView:
    """A caution with what did the person good beside it, where the notes hold it."""
    if not good:
        return caution
    return replace(caution, passages=(*caution.passages, Section(say("title.besides"), (good,))))


def _shows(finding: FindingRow | None) -> bool:
    return finding is not None and finding.seen


def _set_back(whole: ReportData, diary: ReportData) -> Iterator[FindingLine]:
    """The questions that stand back because the person says so."""
    said = remarked(diary.finding_feedback)
    for code in sorted(set(whole.findings["question"]) - set(diary.findings["question"])):
        if headlines.has_name(diary.say, code):
            yield hidden_finding_line(diary.say, said[code], diary.as_of)


def _also(findings: list[FindingRow], diary: ReportData) -> tuple[FindingLine, ...]:
    """Every other question in a line."""
    latest = {finding.question: finding for finding in findings}
    told_in_full = {code for code in (*CAUTIONS, *HELPS) if _shows(latest.get(code))}
    lines = [other_findings(finding, diary) for code, finding in latest.items() if code not in told_in_full]
    return tuple(line_with_note(diary, line) for line in lines if line)
