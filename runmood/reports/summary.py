"""Compose a summary: every part in the order in which it is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.enums import FindingState, KnownFrom
from runmood.core.i18n import readable
from runmood.findings import PAGE_ORDER, QUESTIONS
from runmood.findings.answers import Section, latest_of, on_screen, read_findings
from runmood.findings.question import QuestionGroup
from runmood.reports import headlines, overview
from runmood.reports.charts.calendar import build_calendar, build_heatmap
from runmood.reports.charts.distributions import build_dots, build_helped_bars, build_plan_bars, build_slopes
from runmood.reports.charts.trends import build_trend_chart
from runmood.reports.context import LONG, last_six_weeks
from runmood.reports.findings import (
    HARD_TIME,
    feedback_by_question,
    hidden_finding_line,
    in_front,
    line_with_note,
    unsaid_questions,
    with_note,
)
from runmood.reports.models import Summary
from runmood.reports.standing import care_of, day_to_ask, return_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingLine, FindingRow, FindingView
    from runmood.reports.context import Period, ReportData


REST = dt.timedelta(days=28)
WITH_FILES = ("lately", "all")  # periods that end now, and with them what there is to say of files


@dataclass(frozen=True, slots=True)
class FindingViews:
    """All findings, ready to be laid out: `answers` in full, `also` the other questions in a line each.

    Where there is none of either, `nothing` says why, and `may_begin` whether it helps to add runs.
    """

    answers: tuple[FindingView, ...]
    also: tuple[FindingLine, ...]
    nothing: str
    may_begin: bool


def build_summary(data: ReportData) -> Summary:
    """Render the notes as finished words and charts; the same notes give the same summary."""
    selected, say = _select(data), data.say
    period = overview.select_period(selected)
    days = overview.select_days(selected.days, period)
    findings = _shown(selected)
    views = _render_views(selected, data)
    hard = _is_hard(selected)
    first, answers = _split_hard_time(views.answers, leads=overview.is_current(period, data.as_of))
    tell_unknown = not hard and _expects_files(selected)
    days_unknown = overview.format_unknown_days(say, days) if tell_unknown else ""
    nothing_hidden = selected.findings.height == data.findings.height
    is_long = days.height > LONG
    return Summary(
        say=say,
        heading=overview.format_heading(say, days, period, home_is_empty=data.days.is_empty()),
        whose=say("whose", person=readable(data.name)) if data.name else "",
        period=overview.format_span(say, days, period),
        invented=overview.build_invented(data),
        news=headlines.news(selected, period, () if hard else findings, tell_notes=not hard),
        asked=_asked(selected, period),
        opening=(
            *(first.passages[0].sentences if first else ()),
            *overview.format_opening(days, data, period, is_low=_is_low(selected)),
        ),
        in_short=(
            *(each for each in (first.passages[1:] if first else ()) if not each.listed),
            *headlines.headlines(say, days_unknown, findings, answers, may_deny=nothing_hidden and not hard),
        ),
        first_steps=overview.build_first_steps(say) if data.days.is_empty() else (),
        calendar=None if is_long else build_calendar(say, days, tell_unknown=tell_unknown),
        tiles=build_heatmap(say, days) if is_long else None,
        long_view=build_trend_chart(selected, period, tell_unknown=tell_unknown),
        slopes=build_slopes(selected, period),
        plan=() if hard else build_plan_bars(say, days),
        helped=build_helped_bars(say, days),
        goals_title=say("title.goals"),
        goals=overview.build_goals(selected, period, words_alone=_is_low(selected) or bool(return_of(selected))),
        last_run_title=say("title.last_run"),
        last_run=None if care_of(selected) or _is_low(selected) else data.last_run,
        answers_title=say("title.answers"),
        answers=answers,
        also_title=say("title.also"),
        also=views.also,
        unread=overview.build_unread(say, data.notices) if period.kind in WITH_FILES else None,
        foot=overview.build_footer(say),
    )


def build_finding_views(data: ReportData) -> FindingViews:
    """Render the findings alone, as they stand on the summary; `days`, `findings` and the feedback are read."""
    return _render_views(_select(data), data)


def build_finding_news(data: ReportData) -> tuple[str, ...]:
    """Word what has changed in the findings since seven days ago; empty where nothing did."""
    selected = _select(data)
    since = headlines.new_findings_since(last_six_weeks(data.as_of))
    return tuple(headlines.finding_news(selected, since, _shown(selected))) if since else ()


def _select(data: ReportData) -> ReportData:
    """Return the data up to its last day, without the findings that the person hid or disputes."""
    findings, before = (in_front(each, data.finding_feedback) for each in (data.findings, data.findings_before))
    days = data.days.filter(pl.col("local_date") <= data.as_of).sort("local_date")
    return replace(data, days=days, findings=findings, findings_before=before)


def _render_views(selected: ReportData, data: ReportData) -> FindingViews:
    """Render the selected findings, and those of all data that were hidden or disputed in a line each."""
    findings = _shown(selected)
    return FindingViews(
        _answers(findings, selected),
        (*_also(findings, selected), *_set_back(data, selected)),
        nothing=_why_nothing(selected),
        may_begin=not _is_hard(selected),
    )


def _why_nothing(selected: ReportData) -> str:
    """Word why no question is asked."""
    waits = "care" if care_of(selected) else "back" if return_of(selected) else ""
    if not waits and not selected.days.is_empty() and not selected.days["runs"].sum():
        waits = "without_runs"
    return selected.say(f"findings.none_{waits}" if waits else "findings.none")


def _split_hard_time(
    answers: tuple[FindingView, ...], *, leads: bool
) -> tuple[FindingView | None, tuple[FindingView, ...]]:
    """Return a hard time that is seen apart from the other answers: on a page of now it is what is read first.

    What it lists, other explanations, is left to the page of findings: on top it would explain the time away.

    Args:
        answers: the answers in full.
        leads: whether the page is one of now.

    Returns:
        The hard time, if there is one, and the answers without it.
    """
    first = next((each for each in answers if leads and each.seen and HARD_TIME in each.codes), None)
    return first, tuple(each for each in answers if each is not first)


def _expects_files(selected: ReportData) -> bool:
    """Return whether a device ever told of days, or runs are planned: who only writes has no file to bring."""
    by_device = selected.days["known_from"] == KnownFrom.DEVICE
    return bool(by_device.any() or selected.days["planned"].is_not_null().any())


def _shown(selected: ReportData) -> list[FindingRow]:
    """Return the findings on screen.

    While somebody is ill, injured, coming back or low, those are left out whose notes lack something, and no question
    of `unsaid_questions` is answered but with a yes. Of somebody who has not run for weeks nothing is said to lack.
    """
    findings = on_screen(read_findings(selected.findings), selected.as_of)
    last = selected.period.last if selected.period else selected.as_of
    unsaid = unsaid_questions(selected.days, findings, last)
    if not unsaid and not _rests(selected):
        return findings
    return [
        each
        for each in findings
        if each.state != FindingState.NOT_ENOUGH_EVIDENCE and (each.seen or each.question not in unsaid)
    ]


def _is_hard(selected: ReportData) -> bool:
    """Return whether the person is ill, injured, coming back or low."""
    return bool(care_of(selected) or return_of(selected) or _is_low(selected))


def _is_low(selected: ReportData) -> bool:
    """Return whether a hard time is seen in the notes."""
    low = latest_of(on_screen(read_findings(selected.findings), selected.as_of), HARD_TIME)
    return bool(low and low.seen)


def _asked(selected: ReportData, period: Period) -> Section | None:
    """Ask for a planned run that no file holds, on a summary of now; never of somebody who has a hard time."""
    day = day_to_ask(selected.days, selected.as_of)
    if day is None or period.kind != "lately" or _is_hard(selected):
        return None
    say = selected.say
    near = say.weekday_near(day, selected.as_of)
    return Section(say("day.asked", day=near), (say("asked_for", date=f"{day}"),))


def _rests(selected: ReportData) -> bool:
    """Return whether there was no run in the last four weeks, for whatever reason."""
    lately = selected.days.filter(pl.col("local_date") > selected.as_of - REST)
    return not lately.is_empty() and not lately["runs"].sum()


def _answers(findings: list[FindingRow], data: ReportData) -> tuple[FindingView, ...]:
    """Word the answers in full, those with a yes first; the evenings' dots are shown with the first about evenings."""
    good, answers, dotted = protective(data.say, findings), [], False
    for question in PAGE_ORDER:
        answer = question.view(findings, data)
        if answer is None:
            continue
        if question.spec.group == QuestionGroup.CAUTION:
            answer = _beside(data.say, answer, good)
        if question.spec.group == QuestionGroup.EVENINGS and not dotted:
            answer, dotted = replace(answer, dots=build_dots(data.say, data.days, findings[-1].night)), True
        answers.append(with_note(data, answer))
    return tuple(sorted(answers, key=lambda answer: not answer.seen))


def protective(say: Translator, findings: list[FindingRow]) -> str:
    """Word what did the person good, to stand beside a caution; empty where nothing is known yet."""
    latest = ((question, latest_of(findings, question.code)) for question in QUESTIONS if question.good)
    good = [question.good(say, row) for question, row in latest if question.good and row and row.seen]
    things = list(filter(None, good))
    return say("good.are", things=things) if things else ""


def _beside(say: Translator, caution: FindingView, good: str) -> FindingView:
    """Add what did the person good to a caution, where the notes hold it."""
    if not good:
        return caution
    return replace(caution, passages=(*caution.passages, Section(say("title.besides"), (good,))))


def _set_back(whole: ReportData, data: ReportData) -> Iterator[FindingLine]:
    """Yield a line for each question that the person hid or disputes."""
    feedback = feedback_by_question(data.finding_feedback)
    for code in sorted(set(whole.findings["question"]) - set(data.findings["question"])):
        if headlines.has_name(code):
            yield hidden_finding_line(data.say, feedback[code], data.as_of)


def _also(findings: list[FindingRow], data: ReportData) -> tuple[FindingLine, ...]:
    """Word every other question in a line."""
    rows = ((question, latest_of(findings, question.code)) for question in QUESTIONS)
    lines = [question.line(row, data.say) for question, row in rows if row]
    return tuple(line_with_note(data, line) for line in lines if line)
