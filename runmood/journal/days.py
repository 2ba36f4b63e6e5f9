"""Days as the journal tells them: which day a check-in means, running told without a file, being ill or injured."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.core.enums import Care, CareWord, CheckInKind
from runmood.core.models import LONGEST_RUN_M, CareReported, ReportedDay, ReportedRun
from runmood.journal.resolve import effective_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from runmood.core.models import CheckIn
    from runmood.journal.codec import JournalRecord


DAY_ENDS = dt.timedelta(hours=4)  # an evening ends at 04:00: who says it at 00:30 means the day before
MORNING_ENDS = dt.timedelta(hours=12)
AROUND_A_RUN = dt.timedelta(hours=2)
USUAL_CLOCK: dict[str, dt.time] = {
    CheckInKind.MORNING: dt.time(8),
    CheckInKind.EVENING: dt.time(21),
    CheckInKind.BEFORE_RUN: dt.time(12),
    CheckInKind.AFTER_RUN: dt.time(13),
}


def default_checkin_kind(moment: dt.datetime, run_ended_at: dt.datetime | None = None) -> CheckInKind:
    """Return the likely kind: after a run for two hours; else by the clock, morning from 04:00 to noon."""
    if run_ended_at and dt.timedelta() <= moment - run_ended_at <= AROUND_A_RUN:
        return CheckInKind.AFTER_RUN
    clock = dt.timedelta(hours=moment.hour, minutes=moment.minute)
    return CheckInKind.MORNING if DAY_ENDS <= clock < MORNING_ENDS else CheckInKind.EVENING


def is_a_day(text: str) -> bool:
    """Whether a moment is written as a day alone, without a clock."""
    return len(text) == len("2026-05-04")


def datetime_on(day: dt.date, kind: str | None, zone: dt.tzinfo | None, now: dt.datetime | None = None) -> dt.datetime:
    """Return the moment meant by a day alone: the usual clock of its kind, else of an evening; today not after now."""
    usual = dt.datetime.combine(day, USUAL_CLOCK[kind or CheckInKind.EVENING], zone)
    return min(now, usual) if now and now.date() == day else usual


def day_of(check_in: CheckIn) -> dt.date:
    """Return the day a check-in speaks of, by the clock where it was said."""
    clock = check_in.at - DAY_ENDS if check_in.kind == CheckInKind.EVENING else check_in.at
    return clock.date()


def is_late(said_at: dt.datetime, check_in: CheckIn) -> bool:
    """Whether a check-in was said after its time had passed."""
    date = day_of(check_in)
    midnight = dt.datetime.combine(date, dt.time(), check_in.at.tzinfo)
    if check_in.kind == CheckInKind.EVENING:
        return said_at > midnight + dt.timedelta(days=1) + DAY_ENDS
    if check_in.kind == CheckInKind.MORNING:
        return said_at > midnight + MORNING_ENDS
    return said_at > check_in.at + AROUND_A_RUN


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
