"""Every fault that data can have: its code and how grave it is; the sentence stands in the catalogues, by its code.

A fault in a file is a value that travels with what could be read. `docs/notices.md` is printed from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from runmood.core.i18n import Message, message

if TYPE_CHECKING:
    from runmood.core.i18n import Translator, Value


class Severity(StrEnum):
    """How much a notice asks of the person."""

    INFO = "info"  # nothing is lost, nothing to do
    WARNING = "warning"  # something was lost or had to be guessed
    ERROR = "error"  # the file could not be used


@dataclass(frozen=True, slots=True)
class NoticeCode:
    """A kind of notice; calling it with what its sentence names gives the notice."""

    code: str
    severity: Severity

    def __call__(self, **values: Value) -> Notice:
        """Return the notice of what was found."""
        return Notice(self.code, self.severity, message(f"notice.{self.code}", **values))


@dataclass(frozen=True, slots=True)
class Notice:
    """One fault or remark, to be read in the person's language."""

    code: str
    severity: Severity
    message: Message

    def spoken(self, say: Translator) -> str:
        """Return the sentence in the language of a translator."""
        return self.message.spoken(say)


_INFO, _WARNING, _ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

# Files that give nothing.
EMPTY_FILE = NoticeCode("empty-file", _ERROR)
NOT_A_WATCH_FILE = NoticeCode("not-a-watch-file", _ERROR)
BROKEN_FILE = NoticeCode("broken-file", _ERROR)
CUT_SHORT = NoticeCode("cut-short", _ERROR)
NO_SAMPLES = NoticeCode("no-samples", _ERROR)
UNSET_CLOCK = NoticeCode("unset-clock", _ERROR)
WRONG_YEAR = NoticeCode("wrong-year", _ERROR)
LASTS_FOR_DAYS = NoticeCode("lasts-for-days", _ERROR)
TOO_LARGE = NoticeCode("too-large", _ERROR)
FORBIDDEN_XML = NoticeCode("forbidden-xml", _ERROR)
BROKEN_ARCHIVE = NoticeCode("broken-archive", _ERROR)
NOTHING_TO_READ = NoticeCode("nothing-to-read", _ERROR)
UNREAD_EXPORT = NoticeCode("unread-export", _ERROR)
IN_THE_CLOUD = NoticeCode("in-the-cloud", _WARNING)
COPY_UNFINISHED = NoticeCode("copy-unfinished", _WARNING)
STILL_WRITTEN = NoticeCode("still-written", _WARNING)
EXPORT_CUT_OFF = NoticeCode("export-cut-off", _ERROR)
READER_STOPPED = NoticeCode("reader-stopped", _ERROR)
CANNOT_OPEN = NoticeCode("cannot-open", _ERROR)
NOT_A_FILE = NoticeCode("not-a-file", _WARNING)

BAD_CHECK_INS = NoticeCode("bad-check-ins", _ERROR)

# Files that are something else than a run.
CHECK_INS_TAKEN = NoticeCode("check-ins", _INFO)
NIGHTS_READ = NoticeCode("nights", _INFO)
NOT_AN_ACTIVITY = NoticeCode("not-an-activity", _INFO)
ACTIVITY_LIST = NoticeCode("activity-list", _INFO)
NOT_A_RUN = NoticeCode("not-a-run", _INFO)
NOT_RUNNING_PACE = NoticeCode("not-running-pace", _INFO)
PLANNED_COURSE = NoticeCode("planned-course", _INFO)
NO_SPORT = NoticeCode("no-sport", _INFO)
TOO_SHORT = NoticeCode("too-short", _INFO)

TRIMMED = NoticeCode("trimmed", _INFO)
REDATED = NoticeCode("redated", _INFO)
NO_SUCH_PART = NoticeCode("no-such-part", _WARNING)
TAKEN_BACK = NoticeCode("taken-back", _INFO)
KNOWN_CONTENT = NoticeCode("known-content", _INFO)

# Runs with something to know.
SPORT_BY_PACE = NoticeCode("sport-by-pace", _INFO)
SPORT_UNCLEAR = NoticeCode("sport-unclear", _WARNING)
TOO_FAST = NoticeCode("too-fast", _WARNING)
NO_DISTANCE = NoticeCode("no-distance", _WARNING)
DAMAGED = NoticeCode("damaged", _WARNING)
MENDED = NoticeCode("mended", _INFO)
CHECKSUM = NoticeCode("checksum", _WARNING)
SAMPLES_DROPPED = NoticeCode("samples-dropped", _INFO)
JUMPS_REMOVED = NoticeCode("jumps-removed", _INFO)
FROZEN_PLACES = NoticeCode("frozen-places", _INFO)
LEAPS_REMOVED = NoticeCode("leaps-removed", _WARNING)
COUNT_MENDED = NoticeCode("count-mended", _INFO)
COUNT_UNIT = NoticeCode("count-unit", _INFO)
LAPS_COUNTED_ALONE = NoticeCode("laps-counted-alone", _INFO)
LATE_COUNT = NoticeCode("late-count", _INFO)
DISTANCE_BY_SPEED = NoticeCode("distance-by-speed", _INFO)
SPLITS_SCALED = NoticeCode("splits-scaled", _INFO)
TOTAL_OUTVOTED = NoticeCode("total-outvoted", _WARNING)
DISTANCE_UNSURE = NoticeCode("distance-unsure", _WARNING)
BEYOND_RECORDS = NoticeCode("beyond-records", _WARNING)
STRETCH_BEYOND_RECORDS = NoticeCode("stretch-beyond-records", _WARNING)
WRONG_DATES = NoticeCode("wrong-dates", _INFO)
CLOCK_JUMPED = NoticeCode("clock-jumped", _WARNING)
CLOCK_AHEAD = NoticeCode("clock-ahead", _WARNING)
CLOCK_BEHIND = NoticeCode("clock-behind", _WARNING)
ODD_VALUES = NoticeCode("odd-values", _INFO)
ZONE_FROM_HOME = NoticeCode("zone-from-home", _INFO)
SECOND_READER = NoticeCode("second-reader", _WARNING)

LAYOUT_UNPROVEN = NoticeCode("layout-unproven", _INFO)
DAY_ALONE = NoticeCode("day-alone", _INFO)
MOODS_BESIDE = NoticeCode("moods-beside", _INFO)
ROUTES_MISSING = NoticeCode("routes-missing", _WARNING)
ROUTE_UNREAD = NoticeCode("route-unread", _WARNING)
OTHER_SPORTS = NoticeCode("other-sports", _INFO)
ENTRIES_LEFT_OUT = NoticeCode("entries-left-out", _WARNING)

# Lines of the journal.
TORN_LINE = NoticeCode("torn-line", _WARNING)
CHANGED_LINE = NoticeCode("changed-line", _WARNING)
DOUBLED_ID = NoticeCode("doubled-id", _WARNING)

KINDS = tuple(kind for kind in list(globals().values()) if isinstance(kind, NoticeCode))
