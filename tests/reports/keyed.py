"""A translator that names sentences instead of saying them, and a summary by the sentences that stand in it."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter
from typing import TYPE_CHECKING

from runmood.core.i18n import Translator, translator
from runmood.reports.summary import build_summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from runmood.core.i18n import Units
    from runmood.findings.answers import Section
    from runmood.reports.context import ReportData
    from runmood.reports.models import Bars, Summary


# Figures, dates and lists stay English: other sentences are filled in with them.
AS_THEY_ARE = ("plural", "thousands", "decimal", "share", "list", "date", "date_this_year", "short_date", "span",
               "weekday_and_date", "day_and_month", "weekday.", "weekday_short.", "month.", "month_short.", "small.",
               "distance.", "quoted", "foot.help")  # fmt: skip


def keyed(units: Units = "metric") -> Translator:
    """Return a translator whose every sentence is its own key and what is filled in: `goal.until day=1 March 2027`."""
    words = translator("en", units).words
    return Translator("en", units, {key: _named(key, words[key]) for key in words})


def _named(key: str, sentence: str) -> str:
    if any(key == name or (name.endswith(".") and key.startswith(name)) for name in AS_THEY_ARE):
        return sentence
    fields = {
        name: f"{{{name}:%}}" if spec == "%" else f"{{{name}}}"
        for _, name, spec, _ in Formatter().parse(sentence)
        if name
    }
    return " ".join((key, *(f"{name}={field}" for name, field in fields.items())))


def outline(data: ReportData) -> list[str]:
    """Return the parts of a home's summary in order, a line each: which sentences, with which figures."""
    summary = build_summary(replace(data, say=keyed(data.units)))
    return [*_first_lines(summary), *_chart_lines(summary), *_answer_lines(summary), *_last_lines(summary)]


def _first_lines(summary: Summary) -> Iterator[str]:
    yield f"heading: {summary.heading} | {summary.whose} | {summary.period}"
    if summary.invented:
        yield f"invented: {summary.invented.sentence} | {' | '.join(summary.invented.truths)}"
    if summary.news:
        yield f"news: {summary.news.title}"
        yield from _points(summary.news.lines)
    yield "opening:"
    yield from _points(summary.opening)
    yield from _sections(summary.in_short)
    yield from _points(f"{step.command} | {step.words}" for step in summary.first_steps)


def _chart_lines(summary: Summary) -> Iterator[str]:
    for chart in (summary.calendar, summary.tiles):
        if chart:
            marks = " ".join(item.mark for item in chart.legend)
            yield f"{type(chart).__name__}: {chart.title} | {chart.sentence} | {marks} | {chart.mood_legend}"
    if view := summary.long_view:
        yield f"trends: {view.title} | {len(view.panels[0].columns)} columns"
        yield from _points((view.sentence, view.note, *view.drawn_as, *(panel.title for panel in view.panels)))
    if summary.slopes:
        yield f"slopes: {summary.slopes.sentence} | {summary.slopes.lines_note}"
        yield from _points(f"{bar.name} | {bar.count}" for bar in summary.slopes.changes)
    for bars in (*summary.plan, summary.helped):
        yield from _bars(bars) if bars else ()


def _answer_lines(summary: Summary) -> Iterator[str]:
    for answer in summary.answers:
        yield f"answer {' '.join(answer.codes)}: {answer.title} | {answer.state}"
        yield from _sections(answer.passages)
        if answer.dots:
            yield f"  dots: {answer.dots.sentence} | {answer.dots.dot_note}"
    for line in summary.also:
        yield f"also {' '.join(line.codes)}: {line.title} | {line.state} | {line.words}"


def _last_lines(summary: Summary) -> Iterator[str]:
    for goal in summary.goals:
        yield f"goal: {goal.words} | {goal.kind}"
        yield from _points(goal.stands)
    if summary.last_run:
        yield f"last run: {summary.last_run.heading} | {summary.last_run.kind}"
    if summary.unread:
        yield f"unread: {summary.unread.title} | {summary.unread.remarks_title}"
        faults = (*summary.unread.faults, *summary.unread.remarks)
        yield from _points(f"{fault.sentence} | {' '.join(fault.files)}" for fault in faults)


def _sections(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield f"  {section.heading}:"
        yield from _points(section.sentences)


def _bars(bars: Bars) -> Iterator[str]:
    yield f"bars: {bars.title} | {bars.sentence}"
    yield from _points(f"{bar.name} | {bar.count}" for bar in bars.bars)


def _points(lines: Iterable[str]) -> Iterator[str]:
    return (f"  - {line}" for line in lines if line)
