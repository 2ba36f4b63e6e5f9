"""Days as the journal tells them: running told without a file, being ill or injured."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.core.entries import LONGEST_RUN_M, CareReported, ReportedDay, ReportedRun
from runmood.core.enums import Care, CareWord
from runmood.journal.resolve import effective_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from runmood.journal.codec import JournalRecord


LONGEST_S = 48 * 3600
FASTEST_M_S = 8.0  # of any run of a minute and more


def is_likely(run: ReportedRun) -> bool:
    """Return whether what is told of a run can be meant: amounts above nothing, and no pace beyond any runner's."""
    far, long = run.distance_m, run.moving_s
    if (far is not None and not 0 < far < LONGEST_RUN_M) or (long is not None and not 0 < long <= LONGEST_S):
        return False
    return far is None or long is None or far / long <= FASTEST_M_S


def reports_of(records: Iterable[JournalRecord], day: dt.date) -> tuple[JournalRecord, ...]:
    """Return what stands of all that was told of a day's running without a file, in the order of telling."""
    entries = effective_entries(records)
    return tuple(
        each for each in entries if isinstance(each.entry, ReportedRun | ReportedDay) and each.entry.date == day
    )


ONE_DAY = dt.timedelta(days=1)
RETURN = dt.timedelta(days=42)  # six weeks, in which nothing is compared with the time before
SHORT = dt.timedelta(days=7)  # after a shorter time nobody has to come back
OF_WORD = {CareWord.ILL: Care.ILL, CareWord.INJURED: Care.INJURED}


def reported_care(said: Iterable[JournalRecord]) -> dict[dt.date, tuple[CareWord, ...]]:
    """Return the words of each day on which the person said that they were ill, injured or better, in order."""
    words: dict[dt.date, tuple[CareWord, ...]] = {}
    for each in said:
        if isinstance(each.entry, CareReported):
            words[each.entry.date] = (*words.get(each.entry.date, ()), CareWord(each.entry.word))
    return dict(sorted(words.items()))


def care_days(words: Mapping[dt.date, tuple[CareWord, ...]], until: dt.date) -> dict[dt.date, Care]:
    """Return what each day was, from the first word up to a day: ill, injured, and after it the return.

    A day for which both were said was one of illness or injury; better holds from the next day on.

    Args:
        words: The person's words by day, in order.
        until: The last day.
    """
    days: dict[dt.date, Care] = {}
    begun: dt.date | None = None
    for (date, said), end in zip(words.items(), [*list(words)[1:], until + ONE_DAY], strict=False):
        hurt = [OF_WORD[word] for word in said if word != CareWord.BETTER]
        begun = begun or (date if hurt else None)
        if said[-1] == CareWord.BETTER:
            state = Care.RECOVERED if begun is None or date - begun < SHORT else Care.RETURNING
            last, begun = min(end, until + ONE_DAY, date + RETURN), None
        else:
            state, last = hurt[-1], min(end, until + ONE_DAY)
        days |= {date + number * ONE_DAY: state for number in range((last - date).days)}
        if hurt and date in days:
            days[date] = hurt[-1]
    return days


def care_now(records: Iterable[JournalRecord], today: dt.date) -> tuple[dt.date, CareWord] | None:
    """Return since when the person is ill or injured by their own word, and which; null where they are not."""
    since: tuple[dt.date, CareWord] | None = None
    for date, said in reported_care(effective_entries(records)).items():
        if date <= today:
            since = None if said[-1] == CareWord.BETTER else (since[0] if since else date, said[-1])
    return since


def better_since(records: Iterable[JournalRecord], today: dt.date) -> dt.date | None:
    """Return the day on which the person last said that they are better; null where a later word is another."""
    said = [(date, words[-1]) for date, words in reported_care(effective_entries(records)).items() if date <= today]
    return said[-1][0] if said and said[-1][1] == CareWord.BETTER else None
