"""A summary for a terminal: plain characters, charts in blocks and digits, no line longer than the width."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from runmood.summary.pictures.characters import calendar_lines, dot_lines, long_view_lines
from runmood.summary.words.phrases import DASH

if TYPE_CHECKING:
    from runmood.summary.parts import Answer, Fault, Passage, Summary, Unread

NARROWEST = 40


def as_text(summary: Summary, width: int = 80) -> str:
    """The summary as lines of at most `width` characters (40 at least), ending in a line break."""
    width = max(width, NARROWEST)
    blocks = [
        _head(summary, width),
        _invented(summary, width),
        _wrapped(" ".join(summary.opening), width),
        [line for step in summary.first_steps for line in _step(step.command, step.words, width)],
        _titled(summary.calendar.title, calendar_lines(summary.calendar, width), width) if summary.calendar else [],
        _titled(summary.long_view.title, long_view_lines(summary.long_view, width), width) if summary.long_view else [],
        _answers(summary, width),
        _unread(summary.unread, width) if summary.unread else [],
        _foot(summary, width),
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def _wrapped(words: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    indent = " " * len(first) if rest is None else rest
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)


def _head(summary: Summary, width: int) -> list[str]:
    whose = [f"For {summary.whose}"] if summary.whose else []
    lines = _wrapped(summary.heading, width)
    return [*lines, "═" * max(map(len, lines)), *_wrapped(" · ".join([*whose, summary.period]), width)]


def _titled(title: str, lines: list[str], width: int) -> list[str]:
    return [_rule(title, width), "", *lines]


def _rule(title: str, width: int) -> str:
    return f"── {title} ".ljust(width, "─")[:width]


def _invented(summary: Summary, width: int) -> list[str]:
    if not summary.invented:
        return []
    truths = [line for truth in summary.invented.truths for line in _wrapped(truth, width, "  • ")]
    told = ["What is true of them:", *truths] if truths else []
    return [*_wrapped(summary.invented.sentence, width), *told]


def _step(command: str, words: str, width: int) -> list[str]:
    return [f"  {command}", *_wrapped(words, width, "      ")]


def _answers(summary: Summary, width: int) -> list[str]:
    if not summary.answers:
        return []
    told = "\n\n".join("\n".join(_answer(answer, width)) for answer in summary.answers)
    return [_rule(summary.answers_title, width), "", *told.split("\n")]


def _answer(answer: Answer, width: int) -> list[str]:
    lines = [*_wrapped(f"{answer.title} · {answer.state}", width, "◆ " if answer.seen else "◇ ")]
    first, *others = answer.passages
    dots = ["", *dot_lines(answer.dots, width), *([""] if others else [])] if answer.dots else []
    passages = [line for passage in others for line in _passage(passage, width)]
    return [*lines, *_passage(first, width), *dots, *passages]


def _passage(passage: Passage, width: int) -> list[str]:
    if not passage.listed:
        return _wrapped(f"{passage.heading}. {' '.join(passage.sentences)}", width, "  ")
    points = [line for sentence in passage.sentences for line in _wrapped(sentence, width, f"  {DASH} ")]
    return [*_wrapped(f"{passage.heading}:", width, "  "), *points]


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
