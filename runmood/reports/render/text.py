"""Lay out a summary, and one run, as plain text for a terminal: no line longer than its width."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from runmood.core.i18n import DASH
from runmood.reports.render.text_charts import (
    BLOCKS,
    EIGHTHS,
    bar_lines,
    calendar_lines,
    dot_lines,
    heatmap_lines,
    slope_lines,
    trend_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingLine, FindingView, Section
    from runmood.reports.models import Goal, Grid, NoticeGroup, Summary, Unread
    from runmood.reports.run import Figure, RunView, StripChart


NARROWEST = 40
FIGURE_NAME_WIDTH = 20  # characters for the name of a figure
STRIP_ENDS_WIDTH = 14  # characters for the ends of a chart
GAP = "  "
Block = list[str]


def as_text(summary: Summary, width: int = 80) -> str:
    """Return the summary as lines of at most `width` characters (40 at least), ending in a line break."""
    width = max(width, NARROWEST)
    blocks = [*_opening_blocks(summary, width), *_chart_blocks(summary, width), *_remaining_blocks(summary, width)]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def _opening_blocks(summary: Summary, width: int) -> Iterator[Block]:
    """Yield what is read first: heading, news, opening, headlines, first steps."""
    yield _head(summary, width)
    yield _invented(summary, width)
    if summary.news:
        points = [line for words in summary.news.lines for line in _wrap(words, width, f"  {DASH} ")]
        yield [f"{summary.news.title}:", *points]
    yield _wrap(" ".join(summary.opening), width)
    for passage in filter(None, (summary.asked, *summary.in_short)):
        yield _wrap(f"{_ended(passage.heading)} {' '.join(passage.sentences)}", width)
    yield [line for step in summary.first_steps for line in _step(step.command, step.words, width)]


def _chart_blocks(summary: Summary, width: int) -> Iterator[Block]:
    """Yield the calendar and the trends."""
    if summary.calendar:
        yield _titled(summary.calendar.title, calendar_lines(summary.calendar, width), width)
    if summary.tiles:
        yield _titled(summary.tiles.title, heatmap_lines(summary.tiles, width), width)
    if summary.long_view:
        yield _titled(summary.long_view.title, trend_lines(summary.long_view, width), width)


def _remaining_blocks(summary: Summary, width: int) -> Iterator[Block]:
    """Yield the answers, and everything that is counted."""
    yield _answers(summary, width)
    if summary.slopes:
        yield _titled(summary.slopes.title, slope_lines(summary.say, summary.slopes, width), width)
    for bars in (*summary.plan, summary.helped):
        if bars:
            yield _titled(bars.title, bar_lines(summary.say, bars, width), width)
    goals = [line for goal in summary.goals for line in _goal(goal, width)]
    yield _titled(summary.goals_title, goals, width) if goals else []
    if summary.last_run:
        yield _titled(summary.last_run_title, _run(summary.last_run, width), width)
    yield _unread(summary.unread, width) if summary.unread else []
    yield _foot(summary, width)


def _wrap(words: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    indent = " " * len(first) if rest is None else rest
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)


def _ended(heading: str) -> str:
    """Return a heading that a sentence follows on the same line; a question keeps its mark."""
    return heading if heading.endswith("?") else f"{heading}."


def _head(summary: Summary, width: int) -> list[str]:
    lines, whose_and_when = (
        _wrap(summary.heading, width),
        " · ".join(filter(None, (summary.whose, summary.period))),
    )
    return [*lines, "═" * max(map(len, lines)), *_wrap(whose_and_when, width)]


def _titled(title: str, lines: list[str], width: int) -> list[str]:
    return [_rule(title, width), "", *lines]


def _rule(title: str, width: int) -> str:
    return f"── {title} ".ljust(width, "─")[:width]


def _invented(summary: Summary, width: int) -> list[str]:
    if not summary.invented:
        return []
    truths = [line for truth in summary.invented.truths for line in _wrap(truth, width, "  • ")]
    text = [f"{summary.invented.truths_title}:", *truths] if truths else []
    return [*_wrap(summary.invented.sentence, width), *text]


def _step(command: str, words: str, width: int) -> list[str]:
    return [f"  {command}", *_wrap(words, width, "      ")]


def _answers(summary: Summary, width: int) -> list[str]:
    text = ["\n".join(_answer(summary.say, answer, width)) for answer in summary.answers]
    lines = [line for each in summary.also for line in _also(each, width)]
    also = "\n".join([f"{summary.also_title}:", *lines]) if lines else ""
    blocks = "\n\n".join(filter(None, (*text, also)))
    return [_rule(summary.answers_title, width), "", *blocks.split("\n")] if blocks else []


def _also(also: FindingLine, width: int) -> list[str]:
    return _wrap(f"{also.title} · {also.state}. {also.words}", width, "◇ ")


def _answer(say: Translator, answer: FindingView, width: int) -> list[str]:
    lines = [*_wrap(f"{answer.title} · {answer.state}", width, "◆ " if answer.seen else "◇ ")]
    first, *others = answer.passages
    dots = ["", *dot_lines(say, answer.dots, width), *([""] if others else [])] if answer.dots else []
    passages = [line for passage in others for line in _passage(passage, width)]
    return [*lines, *_passage(first, width), *dots, *passages]


def _passage(passage: Section, width: int) -> list[str]:
    if not passage.listed:
        return _wrap(f"{passage.heading}. {' '.join(passage.sentences)}", width, "  ")
    points = [line for sentence in passage.sentences for line in _wrap(sentence, width, f"  {DASH} ")]
    return [*_wrap(f"{passage.heading}:", width, "  "), *points]


def _goal(goal: Goal, width: int) -> list[str]:
    stands = [line for words in goal.stands for line in _wrap(words, width, "    ")]
    return [*_wrap(f"{goal.words} ({goal.kind})", width, "• "), *stands]


def _run(view: RunView, width: int) -> list[str]:
    figures, course = _figures_and_course(view, width)
    kind = _wrap(view.kind, width)
    return [*_wrap(view.heading, width), *kind, "", *figures, *([""] if course else []), *course]


def _unread(unread: Unread, width: int) -> list[str]:
    lines = [line for fault in unread.faults for line in _fault(fault, width)]
    remarks = _wrap(f"{unread.remarks_title}.", width) if unread.remarks_title else []
    return [_rule(unread.title, width), "", *lines, *remarks]


def _fault(fault: NoticeGroup, width: int) -> list[str]:
    return [*_wrap(fault.sentence, width, "• "), *(f"  {_cut(name, width - 2)}" for name in fault.files)]


def _cut(name: str, room: int) -> str:
    """Return a name on one line; of a long one its end, which tells files apart."""
    return name if len(name) <= room else f"…{name[1 - room :]}"


def _foot(summary: Summary, width: int) -> list[str]:
    foot = summary.foot
    paragraphs = [_wrap(words, width) for words in (foot.help_words, foot.statement, foot.made_here)]
    return ["─" * width, "", *paragraphs[0], "", *paragraphs[1], *paragraphs[2]]


def run_as_text(view: RunView, width: int = 80) -> str:
    """Return a run as lines of at most `width` characters (40 at least); tables may be wider."""
    width = max(width, NARROWEST)
    head = [view.heading, "═" * len(view.heading), *textwrap.wrap(view.kind, width)]
    tables = [_table(grid) for grid in (view.splits, view.laps, view.fastest) if grid]
    blocks = [head, *_figures_and_course(view, width), *tables]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def _figures_and_course(view: RunView, width: int) -> tuple[list[str], list[str]]:
    """Return the lines of the figures, and those of the charts of the course."""
    figures = [line for figure in view.figures for line in _figure(figure, width)]
    zones = _figure_line(view.zones_title, GAP.join(f"{zone.number} · {zone.value}" for zone in view.zones))
    course = [line for strip in view.course for line in _strip(strip, width)]
    return [*figures, *([zones] if view.zones else [])], course


def _figure(figure: Figure, width: int) -> list[str]:
    text = f"{figure.value} ({figure.note})" if figure.note else figure.value
    return textwrap.wrap(_figure_line(figure.name, text), width, subsequent_indent=" " * FIGURE_NAME_WIDTH)


def _figure_line(name: str, words: str) -> str:
    return f"{name:<{FIGURE_NAME_WIDTH}}{words}"


def _strip(strip: StripChart, width: int) -> list[str]:
    """Draw a chart on two lines of blocks, sixteen heights in all, with its ends before them."""
    room = width - STRIP_ENDS_WIDTH
    heights = _sample(strip.heights, room)
    upper = "".join(_strip_block(height, EIGHTHS) for height in heights)
    lower = "".join(_strip_block(height, 0) for height in heights)
    return [
        strip.title,
        f"{strip.high:>{STRIP_ENDS_WIDTH - 2}}  {upper}",
        f"{strip.low:>{STRIP_ENDS_WIDTH - 2}}  {lower}",
    ]


def _strip_block(height: float | None, floor: int) -> str:
    """Return one column on the upper or the lower line; an unknown piece is blank."""
    eighths = 0 if height is None else 1 + round(height * (2 * EIGHTHS - 1)) - floor
    return " " if eighths <= 0 else BLOCKS[min(eighths, EIGHTHS) - 1]


def _sample(heights: tuple[float | None, ...], room: int) -> list[float | None]:
    """Return as many heights as there is room for, evenly picked."""
    room = min(room, len(heights))
    return [heights[number * len(heights) // room] for number in range(room)]


def _table(grid: Grid) -> list[str]:
    """Return a table whose columns are as wide as their longest cell, aligned right but for the first."""
    rows = [grid.columns, *grid.rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [GAP.join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [grid.caption, *(f"{GAP}{line}" for line in lines)]
