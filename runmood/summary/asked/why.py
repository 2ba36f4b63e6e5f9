"""What stands behind an answer: the rule, the facts, the model's terms, the answer asked otherwise, the days."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.summary.answers.told import TIMES_SHOWN, told
from runmood.summary.asked.listing import two_lines
from runmood.terms.questions import QUESTIONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    import polars as pl

    from runmood.summary.answers.told import Told
    from runmood.terms.evidence import DayTold, Term, Why
    from runmood.terms.speech import Speech

DECIMALS = 2
GAP = "  "
OF_IMPORT = "from "  # a term of an import bears its name


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it stands: its latest row of FINDINGS, its rows of SENSITIVITY, and its evidence if it has any.

    `why` is null for questions that rest on counts alone.
    """

    findings: pl.DataFrame
    sensitivity: pl.DataFrame
    why: Why | None
    as_of: dt.date


def why_as_text(say: Speech, asked: Asked, width: int = 80) -> str:
    """The question with all that its latest answer rests on."""
    finding, why = told(asked.findings)[-1], asked.why
    question = next(each for each in QUESTIONS if each.code == finding.question)
    blocks = [
        two_lines(say, question, finding, asked.as_of, width),
        [say("why.needs"), *_wrapped(question.needs, width)],
        [say("why.rule"), *_wrapped(question.rule, width)],
        [say("why.source"), *_wrapped(f"{question.source}.", width)],
        [say("why.facts"), *_facts(say, finding, question.facts, width)],
        [say("why.changes"), *_wrapped(" ".join(_changes(say, finding, why)), width)] if why else [],
        _terms(say, why) if why else [],
        _otherwise(say, asked.sensitivity),
        _days(say, why.days) if why else [],
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def _wrapped(words: str, width: int, first: str = GAP) -> list[str]:
    rest = " " * max(len(first), 4)
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _facts(say: Speech, finding: Told, meanings: dict[str, str], width: int) -> list[str]:
    """Each fact with its meaning; what there are several of, one below the other."""
    lines: list[str] = []
    for name, value in finding.facts.items():
        several = value if isinstance(value, list) else [value]
        lines += _wrapped(f"{meanings.get(name, name.replace('_', ' '))}: {_shown(several[0])}", width)
        lines += [line for each in several[1:] for line in _wrapped(_shown(each), width, GAP * 3)]
    return lines or [GAP + say("why.no_facts")]


def _shown(value: object) -> str:
    """A fact, in the words and with the marks of the register."""
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_shown(each)}" for name, each in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{round(value, DECIMALS):g}" if isinstance(value, float) else str(value)


def _marked(say: Speech, figure: str) -> str:
    """A figure of many decimals with the language's own mark."""
    return figure.replace(".", say("decimal"))


def _changes(say: Speech, finding: Told, why: Why) -> Iterator[str]:
    """What the evidence is, and what would change the mind."""
    yield say("why.no_evidence") if why.e_value is None else say("why.e_value", times=_times(say, why.e_value))
    if why.e_value is None or why.e_value < why.e_value_next:
        yield say("why.next", next=why.e_value_next)
    if finding.e_value_best is not None:
        yield say("why.best", times=_times(say, finding.e_value_best))
    if why.detectable is not None and not finding.seen:
        yield say("why.detectable", points=why.detectable)


def _times(say: Speech, e_value: float) -> str:
    return say.figure(e_value) if e_value < TIMES_SHOWN else say("why.many_times")


def _terms(say: Speech, why: Why) -> list[str]:
    """The coefficients with their errors, and how mood lingers."""
    if not why.terms:
        return []
    names = [_name(say, term) for term in why.terms]
    wide = max(map(len, names))
    sizes = [_marked(say, f"{term.effect:+.2f} ± {term.error:.2f}") for term in why.terms]
    lines = [f"{GAP}{name:<{wide}}  {size}" for name, size in zip(names, sizes, strict=True)]
    memory, noise = (_marked(say, f"{share:.2f}") for share in (why.memory, why.noise_share))
    return [say("why.terms"), *lines, GAP + say("why.lingers", memory=memory, noise=noise)]


def _name(say: Speech, term: Term) -> str:
    """How one coefficient is called."""
    if term.name.startswith(OF_IMPORT):
        return say("term.source", source=term.name.removeprefix(OF_IMPORT))
    return say.choice("term", term.name).replace("_", " ")


def _otherwise(say: Speech, sensitivity: pl.DataFrame) -> list[str]:
    """The same question with something left out or held equal otherwise."""
    lines = [GAP + _variant(say, **row) for row in sensitivity.iter_rows(named=True)]
    return [say("why.otherwise"), *lines] if lines else []


def _variant(say: Speech, variant: str, days: int, effect: float | None, **numbers: float | None) -> str:
    named = say.choice("variant", variant)
    if effect is None:
        return say("why.too_few", variant=named, days=days)
    least, most, sign = numbers["effect_least"], numbers["effect_most"], "-" if effect < 0 else ""
    return say("why.variant", variant=named, sign=sign, points=abs(effect), least=least, most=most, days=days)


def _days(say: Speech, days: tuple[DayTold, ...]) -> list[str]:
    """The days themselves, and why one did not count."""
    title = say("why.days", counted=sum(day.counted for day in days), days=len(days))
    dates = [say.date(day.date) for day in days]
    kinds = [say.choice("day_told", day.kind) for day in days]
    date_wide, kind_wide = (max(map(len, column), default=0) for column in (dates, kinds))
    lines = [
        f"{GAP}{date:>{date_wide}}  {kind:<{kind_wide}}  {_said(say, day)}"
        for date, kind, day in zip(dates, kinds, days, strict=True)
    ]
    return [title, *lines]


def _said(say: Speech, day: DayTold) -> str:
    """The evening's mood, and why it did not count."""
    mood = "" if day.mood is None else say.figure(day.mood)
    reason = say.choice("uncounted", day.reason) if day.reason else ""
    return f"{mood:>4}  {reason}"
