"""The summary as a whole: each part in the order in which it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.parts import Summary
from runmood.summary.pictures.calendar import calendar
from runmood.summary.pictures.dots import dots
from runmood.summary.pictures.longview import long_view
from runmood.summary.words import lately, notes
from runmood.summary.words.evenings import evening_answers
from runmood.summary.words.longer import longer_runs
from runmood.summary.words.phrases import readable
from runmood.summary.words.told import told

if TYPE_CHECKING:
    from runmood.summary.diary import Diary
    from runmood.summary.parts import Answer


def summarise(diary: Diary) -> Summary:
    """The diary as finished words and charts; the same diary gives the same summary."""
    days = diary.days.filter(pl.col("local_date") <= diary.as_of).sort("local_date")
    diary = replace(diary, days=days)
    last = lately.last_told(days, diary.as_of)
    recent = lately.period_days(days, last)
    return Summary(
        heading=lately.heading(recent, last),
        period=lately.period(recent, last),
        whose=readable(diary.name) if diary.name else None,
        invented=notes.invented(diary),
        opening=lately.opening(recent, diary),
        first_steps=lately.FIRST_STEPS if recent.is_empty() else (),
        calendar=calendar(recent, diary.units),
        long_view=long_view(diary.weeks, last, diary.units),
        answers_title="What your notes say",
        answers=_answers(diary),
        unread=notes.unread(diary.notices),
        foot=notes.FOOT,
    )


def _answers(diary: Diary) -> tuple[Answer, ...]:
    """One answer a question, those with a yes first; the evenings' dots stand with the first that speaks of them."""
    findings = [finding for finding in told(diary.findings) if finding.night <= diary.as_of]
    of = {code: [finding for finding in findings if finding.question == code] for code in ("A1", "B1", "B2")}
    missed, rest = (of[code][-1] if of[code] else None for code in ("B1", "B2"))
    evenings = evening_answers(missed, rest, diary)
    if evenings:
        evenings[0] = replace(evenings[0], dots=dots(diary.days, findings[-1].night))
    longer = longer_runs(of["A1"], diary)
    answers = [*([longer] if longer else []), *evenings]
    return tuple(sorted(answers, key=lambda answer: not answer.seen))
