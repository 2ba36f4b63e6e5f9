"""The summary as a whole: each part in the order in which it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.i18n import readable
from runmood.findings.answers import Section, on_screen, render_finding
from runmood.findings.questions import lift, more_running, other_findings, running_hurt
from runmood.findings.questions.longer_run import longer_runs
from runmood.findings.questions.missed_runs import evening_answers
from runmood.reports import headlines, overview
from runmood.reports import headlines as short
from runmood.reports import overview as lately
from runmood.reports import overview as notes
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


if TYPE_CHECKING:
    Teller = Callable[[FindingRow, ReportData], FindingView]

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


def build_summary(diary: ReportData) -> Summary:
    """The diary as finished words and charts; the same diary gives the same summary."""
    whole, days = diary, diary.days.filter(pl.col("local_date") <= diary.as_of).sort("local_date")
    diary, say = replace(_as_wished(diary), days=days), diary.say
    period = lately.format_period(diary)
    told_of = lately.period_days(days, period)
    findings = on_screen(render_finding(diary.findings), diary.as_of)
    answers = _answers(findings, diary)
    is_long = told_of.height > LONG
    return Summary(
        say=say,
        heading=lately.heading(say, told_of, period, home_is_empty=whole.days.is_empty()),
        whose=say("whose", person=readable(diary.name)) if diary.name else "",
        period=lately.span_told(say, told_of, period),
        invented=notes.invented(diary),
        news=headlines.news(diary, period, findings),
        opening=lately.opening(told_of, whole, period),
        in_short=short.headlines(say, told_of, findings, answers, alone=diary.findings.height == whole.findings.height),
        first_steps=lately.first_steps(say) if whole.days.is_empty() else (),
        calendar=None if is_long else calendar(say, told_of),
        tiles=tiles(say, told_of) if is_long else None,
        long_view=long_view(diary, period),
        slopes=slopes(diary, period),
        plan=plan_bars(say, told_of),
        helped=helped_bars(say, told_of),
        goals_title=say("title.goals"),
        goals=overview.goals(diary, period),
        last_run_title=say("title.last_run"),
        last_run=diary.last_run,
        answers_title=say("title.answers"),
        answers=answers,
        also_title=say("title.also"),
        also=(*_also(findings, diary), *_set_back(whole, diary)),
        unread=notes.unread(say, diary.notices) if period.kind in WITH_FILES else None,
        foot=notes.foot(say),
    )


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


def _each(tellers: Mapping[str, Teller], latest: Mapping[str, FindingRow], diary: ReportData) -> list[FindingView]:
    """The answers of yes to several questions."""
    seen = {code: latest[code] for code in tellers if _shows(latest.get(code))}
    return [replace(tellers[code](finding, diary), codes=(code,)) for code, finding in seen.items()]


def _as_wished(diary: ReportData) -> ReportData:
    """The diary without the findings that the person hid or disputes."""
    findings, before = (in_front(each, diary.finding_feedback) for each in (diary.findings, diary.findings_before))
    return replace(diary, findings=findings, findings_before=before)


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
        if short.has_name(diary.say, code):
            yield hidden_finding_line(diary.say, said[code], diary.as_of)


def _also(findings: list[FindingRow], diary: ReportData) -> tuple[FindingLine, ...]:
    """Every other question in a line."""
    latest = {finding.question: finding for finding in findings}
    told_in_full = {code for code in (*CAUTIONS, *HELPS) if _shows(latest.get(code))}
    lines = [other_findings(finding, diary) for code, finding in latest.items() if code not in told_in_full]
    return tuple(line_with_note(diary, line) for line in lines if line)
