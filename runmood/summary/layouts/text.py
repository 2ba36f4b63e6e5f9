"""A summary for a terminal: plain characters, charts in blocks and digits, no line longer than the width."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from runmood.summary.one_run.text import figures_and_course
from runmood.summary.pictures.characters import (
    bar_lines,
    calendar_lines,
    dot_lines,
    long_view_lines,
    slope_lines,
    tiles_lines,
)
from runmood.summary.words.phrases import DASH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.summary.one_run.view import RunView
    from runmood.summary.parts import Also, Answer, Fault, Goal, Passage, Unread
    from runmood.summary.whole import Summary
    from runmood.terms.speech import Speech

NARROWEST = 40

Block = list[str]


def as_text(summary: Summary, width: int = 80) -> str:
    """The summary as lines of at most `width` characters (40 at least), ending in a line break."""
    width = max(width, NARROWEST)
    blocks = [*_words(summary, width), *_pictures(summary, width), *_rest(summary, width)]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def _words(summary: Summary, width: int) -> Iterator[Block]:
    """What is read first."""
    yield _head(summary, width)
    yield _invented(summary, width)
    if summary.news:
        points = [line for words in summary.news.lines for line in _wrapped(words, width, f"  {DASH} ")]
        yield [f"{summary.news.title}:", *points]
    yield _wrapped(" ".join(summary.opening), width)
    for passage in summary.in_short:
        yield _wrapped(f"{passage.heading}. {' '.join(passage.sentences)}", width)
    yield [line for step in summary.first_steps for line in _step(step.command, step.words, width)]


def _pictures(summary: Summary, width: int) -> Iterator[Block]:
    """The calendar and the weeks."""
    if summary.calendar:
        yield _titled(summary.calendar.title, calendar_lines(summary.calendar, width), width)
    if summary.tiles:
        yield _titled(summary.tiles.title, tiles_lines(summary.tiles, width), width)
    if summary.long_view:
        yield _titled(summary.long_view.title, long_view_lines(summary.long_view, width), width)


def _rest(summary: Summary, width: int) -> Iterator[Block]:
    """What the notes say, and all that is counted."""
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


def _wrapped(words: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    indent = " " * len(first) if rest is None else rest
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)


def _head(summary: Summary, width: int) -> list[str]:
    lines, whose_and_when = _wrapped(summary.heading, width), " · ".join(filter(None, (summary.whose, summary.period)))
    return [*lines, "═" * max(map(len, lines)), *_wrapped(whose_and_when, width)]


def _titled(title: str, lines: list[str], width: int) -> list[str]:
    return [_rule(title, width), "", *lines]


def _rule(title: str, width: int) -> str:
    return f"── {title} ".ljust(width, "─")[:width]


def _invented(summary: Summary, width: int) -> list[str]:
    if not summary.invented:
        return []
    truths = [line for truth in summary.invented.truths for line in _wrapped(truth, width, "  • ")]
    told = [f"{summary.invented.truths_title}:", *truths] if truths else []
    return [*_wrapped(summary.invented.sentence, width), *told]


def _step(command: str, words: str, width: int) -> list[str]:
    return [f"  {command}", *_wrapped(words, width, "      ")]


def _answers(summary: Summary, width: int) -> list[str]:
    told = ["\n".join(_answer(summary.say, answer, width)) for answer in summary.answers]
    lines = [line for each in summary.also for line in _also(each, width)]
    also = "\n".join([f"{summary.also_title}:", *lines]) if lines else ""
    blocks = "\n\n".join(filter(None, (*told, also)))
    return [_rule(summary.answers_title, width), "", *blocks.split("\n")] if blocks else []


def _also(also: Also, width: int) -> list[str]:
    return _wrapped(f"{also.title} · {also.state}. {also.words}", width, "◇ ")


def _answer(say: Speech, answer: Answer, width: int) -> list[str]:
    lines = [*_wrapped(f"{answer.title} · {answer.state}", width, "◆ " if answer.seen else "◇ ")]
    first, *others = answer.passages
    dots = ["", *dot_lines(say, answer.dots, width), *([""] if others else [])] if answer.dots else []
    passages = [line for passage in others for line in _passage(passage, width)]
    return [*lines, *_passage(first, width), *dots, *passages]


def _passage(passage: Passage, width: int) -> list[str]:
    if not passage.listed:
        return _wrapped(f"{passage.heading}. {' '.join(passage.sentences)}", width, "  ")
    points = [line for sentence in passage.sentences for line in _wrapped(sentence, width, f"  {DASH} ")]
    return [*_wrapped(f"{passage.heading}:", width, "  "), *points]


def _goal(goal: Goal, width: int) -> list[str]:
    stands = [line for words in goal.stands for line in _wrapped(words, width, "    ")]
    return [*_wrapped(f"{goal.words} ({goal.kind})", width, "• "), *stands]


def _run(view: RunView, width: int) -> list[str]:
    figures, course = figures_and_course(view, width)
    kind = _wrapped(view.kind, width)
    return [*_wrapped(view.heading, width), *kind, "", *figures, *([""] if course else []), *course]


def _unread(unread: Unread, width: int) -> list[str]:
    lines = [line for fault in unread.faults for line in _fault(fault, width)]
    remarks = _wrapped(f"{unread.remarks_title}.", width) if unread.remarks_title else []
    return [_rule(unread.title, width), "", *lines, *remarks]


def _fault(fault: Fault, width: int) -> list[str]:
    return [*_wrapped(fault.sentence, width, "• "), *(f"  {_cut(name, width - 2)}" for name in fault.files)]


def _cut(name: str, room: int) -> str:
    """A name on one line; of a long one the end, which tells most."""
    return name if len(name) <= room else f"…{name[1 - room :]}"


def _foot(summary: Summary, width: int) -> list[str]:
    foot = summary.foot
    paragraphs = [_wrapped(words, width) for words in (foot.help_words, foot.statement, foot.made_here)]
    return ["─" * width, "", *paragraphs[0], "", *paragraphs[1], *paragraphs[2]]
