"""When a person was ill or injured, as they say themselves: they begin it, and they end it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.core.enums import Care, CareWord
from runmood.core.models import CareReported
from runmood.journal.resolve import effective_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from runmood.journal.codec import JournalRecord

A_DAY = dt.timedelta(days=1)
RETURN = dt.timedelta(days=42)  # six weeks, in which nothing is compared with the time before
SHORT = dt.timedelta(days=7)  # after a shorter time nobody has to come back
OF_WORD = {CareWord.ILL: Care.ILL, CareWord.INJURED: Care.INJURED}
ILL_OR_INJURED = {"ill", "fever", "injured", "unwell"}  # tags and reasons


def reported_care(said: Iterable[JournalRecord]) -> dict[dt.date, CareWord]:
    """Return the word of each day on which the person said that they were ill, injured or better, in order of days."""
    words = {each.entry.date: CareWord(each.entry.word) for each in said if isinstance(each.entry, CareReported)}
    return dict(sorted(words.items()))


def care_days(words: Mapping[dt.date, CareWord], until: dt.date) -> dict[dt.date, Care]:
    """Return what each day was, from the first word up to a day: ill, injured, and after it the return.

    Args:
        words: The person's words by day, in order.
        until: The last day.
    """
    days: dict[dt.date, Care] = {}
    begun: dt.date | None = None
    for (date, word), end in zip(words.items(), [*list(words)[1:], until + A_DAY], strict=False):
        if word == CareWord.BETTER:
            state = Care.RECOVERED if begun is None or date - begun < SHORT else Care.RETURNING
            last, begun = min(end, until + A_DAY, date + RETURN), None
        else:
            state, last, begun = OF_WORD[word], min(end, until + A_DAY), begun or date
        days |= {date + number * A_DAY: state for number in range((last - date).days)}
    return days


def care_now(records: Iterable[JournalRecord], today: dt.date) -> tuple[dt.date, CareWord] | None:
    """Return since when the person is ill or injured by their own word, and which; null where they are not."""
    since: tuple[dt.date, CareWord] | None = None
    for date, word in reported_care(effective_entries(records)).items():
        if date <= today:
            since = None if word == CareWord.BETTER else (since[0] if since else date, word)
    return since
