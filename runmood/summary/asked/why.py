"""What stands behind an answer: the rule, the facts, the model's terms, the answer asked otherwise, the days."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.summary.answers.told import TIMES_SHOWN, told
from runmood.summary.asked.listing import stands
from runmood.summary.words.phrases import date, figure, points
from runmood.terms.questions import QUESTIONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    import polars as pl

    from runmood.summary.answers.told import Told
    from runmood.terms.evidence import DayTold, Why

DECIMALS = 2
GAP = "  "


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it stands: its latest row of FINDINGS, its rows of SENSITIVITY, and its evidence if it has any.

    `why` is null for questions that rest on counts alone.
    """

    findings: pl.DataFrame
    sensitivity: pl.DataFrame
    why: Why | None
    as_of: dt.date


def why_as_text(asked: Asked, width: int = 80) -> str:
    """The question with all that its latest answer rests on."""
    finding = told(asked.findings)[-1]
    question = next(each for each in QUESTIONS if each.code == finding.question)
    stand = stands(question, finding, asked.as_of)
    blocks = [
        [*_wrapped(f"{question.code}  {question.asks}", width), *_wrapped(stand, width, 4)],
        _titled("What it needs", [question.needs], width),
        _titled("The rule", [question.rule], width),
        _titled("Where it comes from", [f"{question.source}."], width),
        ["Its facts tonight", *_facts(finding, question.facts, width)],
        _evidence(finding, asked.why, width),
        _otherwise(asked.sensitivity),
        _days(asked.why.days) if asked.why else [],
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def _wrapped(words: str, width: int, indent: int = 0) -> list[str]:
    rest = " " * max(indent, 4)
    return textwrap.wrap(words, width, initial_indent=" " * indent, subsequent_indent=rest, break_on_hyphens=False)


def _titled(title: str, paragraphs: Iterable[str], width: int) -> list[str]:
    return [title, *(line for words in paragraphs for line in _wrapped(words, width, 2))]


def _facts(finding: Told, meanings: dict[str, str], width: int) -> list[str]:
    """Each fact with its meaning; what there are several of, one below the other."""
    lines: list[str] = []
    for name, value in finding.facts.items():
        several = value if isinstance(value, list) else [value]
        lines += _wrapped(f"{meanings.get(name, name.replace('_', ' '))}: {_shown(several[0])}", width, 2)
        lines += [line for each in several[1:] for line in _wrapped(_shown(each), width, 6)]
    return lines or ["  none"]


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_shown(each)}" for name, each in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{round(value, DECIMALS):g}" if isinstance(value, float) else str(value)


def _evidence(finding: Told, why: Why | None, width: int) -> list[str]:
    """What the evidence is, what would change the mind, and the model's terms."""
    if why is None:
        return []
    now = f"The e-value tonight is {_times(why.e_value)}." if why.e_value is not None else "There is no evidence yet."
    changes = [now, f"It would have to reach {why.e_value_next:g} for the next word."]
    if finding.e_value_best is not None:
        changes.append(f"The largest of any night was {_times(finding.e_value_best)}; what was reached once is kept.")
    if why.detectable is not None and not finding.seen:
        changes.append(f"A difference of {figure(why.detectable)} points would probably have shown by now.")
    return [*_titled("What would change its mind", [" ".join(changes)], width), *_terms(why)]


def _times(e_value: float) -> str:
    return figure(round(e_value, 1)) if e_value < TIMES_SHOWN else "over a thousand"


def _terms(why: Why) -> list[str]:
    """The coefficients with their errors, and how mood lingers."""
    if not why.terms:
        return []
    names = [term.name.replace("_", " ") for term in why.terms]
    wide = max(map(len, names))
    lines = [
        f"{GAP}{name:<{wide}}  {term.effect:+.2f} ± {term.error:.2f}"
        for name, term in zip(names, why.terms, strict=True)
    ]
    lingers = f"{GAP}memory from day to day {why.memory:.2f}, share of the moment {why.noise_share:.2f}"
    return ["", "The model's terms, in mood points", *lines, lingers]


def _otherwise(sensitivity: pl.DataFrame) -> list[str]:
    """The same question with something left out or held equal otherwise."""
    if sensitivity.is_empty():
        return []
    lines = ["Asked otherwise"]
    for row in sensitivity.iter_rows(named=True):
        if row["effect"] is None:
            lines.append(f"{GAP}{row['variant']}: too few days are left ({row['days']})")
            continue
        span = f"{figure(row['effect_least'])} to {figure(row['effect_most'])}"
        lines.append(f"{GAP}{row['variant']}: {_signed(row['effect'])} (range {span}), {row['days']} days")
    return lines


def _signed(effect: float) -> str:
    return f"{'-' if effect < 0 else ''}{points(effect)}"


def _days(days: tuple[DayTold, ...]) -> list[str]:
    """The days themselves, and why one did not count."""
    lines = [
        f"{GAP}{date(day.date):>17}  {day.kind:<12}  {_mood(day.mood):>4}  {day.reason or ''}".rstrip() for day in days
    ]
    counted = sum(day.counted for day in days)
    return [f"The days: {counted} of {len(days)} counted", *lines]


def _mood(mood: float | None) -> str:
    return "" if mood is None else figure(mood)
