"""Every fault that data can have: its code, how grave it is, and the sentence a person reads.

A fault in a file is a value that travels with what could be read. `docs/notices.md` is printed from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a notice asks of the person."""

    INFO = "info"  # nothing is lost, nothing to do
    WARNING = "warning"  # something was lost or had to be guessed
    ERROR = "error"  # the file could not be used


@dataclass(frozen=True, slots=True)
class NoticeCode:
    """A kind of notice; calling it fills the sentence."""

    code: str
    severity: Severity
    sentence: str

    def __call__(self, **fields: object) -> Notice:
        """Return the notice with its sentence filled in."""
        return Notice(self.code, self.severity, self.sentence.format(**fields))


@dataclass(frozen=True, slots=True)
class Notice:
    """One fault or remark, ready to read."""

    code: str
    severity: Severity
    sentence: str


_INFO, _WARNING, _ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

# Files that give nothing.
EMPTY_FILE = NoticeCode("empty-file", _ERROR, "The file is empty. If it comes from a watch, copy it again.")
NOT_A_WATCH_FILE = NoticeCode(
    "not-a-watch-file",
    _ERROR,
    "This is {looks_like}, not a FIT, GPX or TCX file. If it was downloaded, log in and download it again.",
)
BROKEN_FILE = NoticeCode(
    "broken-file", _ERROR, "Nothing could be read from this {format} file: {fault}. Copy or export it again."
)
NO_SAMPLES = NoticeCode(
    "no-samples",
    _ERROR,
    "The {format} file holds an activity without a single usable sample. Nothing was taken from it.",
)
UNSET_CLOCK = NoticeCode(
    "unset-clock",
    _ERROR,
    "The device's clock had never been set, so this {format} file does not say on which day it was. Nothing was taken.",
)
WRONG_YEAR = NoticeCode(
    "wrong-year",
    _ERROR,
    "The device's clock said the year {year}, so this file does not say on which day it was. Nothing was taken.",
)
LASTS_FOR_DAYS = NoticeCode(
    "lasts-for-days",
    _ERROR,
    "By its clock this activity began on {began} and lasted {days} days, which is no run. Nothing was taken from it.",
)
TOO_LARGE = NoticeCode(
    "too-large",
    _ERROR,
    "The file is larger than {limit_mb} MB unpacked, far more than a run needs. It was left alone.",
)
FORBIDDEN_XML = NoticeCode(
    "forbidden-xml",
    _ERROR,
    "The file declares a DOCTYPE, which no watch writes and which can do harm. It was not read.",
)
BROKEN_ARCHIVE = NoticeCode(
    "broken-archive", _ERROR, "The archive could not be opened: {fault}. Download the export again."
)
EXPORT_CUT_OFF = NoticeCode(
    "export-cut-off",
    _ERROR,
    "The export ends in the middle, as after a download that was broken off. The {count} workouts before that were"
    " read; please copy or export it again.",
)
READER_STOPPED = NoticeCode(
    "reader-stopped",
    _ERROR,
    "Reading this file ended the program that read it. Nothing was taken from it; please report it as a fault.",
)
CANNOT_OPEN = NoticeCode("cannot-open", _ERROR, "The file could not be opened: {fault}.")
NOT_A_FILE = NoticeCode("not-a-file", _WARNING, "This is {what}, not a file. It was left alone.")

BAD_CHECK_INS = NoticeCode("bad-check-ins", _ERROR, "These check-ins could not be taken: {fault}")

# Files that are something else than a run.
CHECK_INS_TAKEN = NoticeCode("check-ins", _INFO, "It holds {count} check-ins, which stand in the journal now.")
NOT_AN_ACTIVITY = NoticeCode("not-an-activity", _INFO, "This is {what}, not a recorded activity. It was set aside.")
NOT_A_RUN = NoticeCode("not-a-run", _INFO, "The file says this is {sport}, not running. It was set aside.")
NOT_RUNNING_PACE = NoticeCode(
    "not-running-pace",
    _INFO,
    "The file names no sport and the pace, {speed_km_h:.1f} km/h, is not that of a run. It was set aside.",
)
PLANNED_COURSE = NoticeCode(
    "planned-course", _INFO, "Its pace is too even for a person: this is a planned course. It was set aside."
)
NO_SPORT = NoticeCode("no-sport", _INFO, "The file names neither a sport nor a distance to judge by. It was set aside.")
TOO_SHORT = NoticeCode(
    "too-short",
    _INFO,
    "It lasts {elapsed_s:.0f} s over {distance_m:.0f} m, too little to be a run. It was set aside.",
)

TRIMMED = NoticeCode("trimmed", _INFO, "You cut this recording: {kept} of {recorded} count as the run.")
REDATED = NoticeCode("redated", _INFO, "Its file says {recorded}; you said that the run began on {began}.")
NO_SUCH_PART = NoticeCode(
    "no-such-part", _WARNING, "What you cut this recording to lies outside it, so all of it counts. Cut it again."
)
TAKEN_BACK = NoticeCode(
    "taken-back",
    _INFO,
    "It was taken back on {date} (undo {batch}) and set aside. `runmood import` with its path brings it back.",
)
KNOWN_CONTENT = NoticeCode("known-content", _INFO, "It has the same content as {first}, so it was not read again.")

# Runs with something to know.
SPORT_BY_PACE = NoticeCode(
    "sport-by-pace", _INFO, "The file names no sport; by how it went it was taken for a run. You can say otherwise."
)
SPORT_UNCLEAR = NoticeCode(
    "sport-unclear",
    _WARNING,
    "The file names no sport. At {speed_km_h:.1f} km/h it may be a run or something else, so it waits until you say.",
)
TOO_FAST = NoticeCode(
    "too-fast",
    _WARNING,
    "{distance_km:.1f} km at {speed_km_h:.1f} km/h is faster than anybody has run that far, so it waits until you say"
    " what it was.",
)
NO_DISTANCE = NoticeCode(
    "no-distance", _WARNING, "The file does not say how far you ran. The run counts; you can add the distance."
)
DAMAGED = NoticeCode(
    "damaged",
    _WARNING,
    "The {format} file is damaged ({fault}). What can be read was kept: {samples} samples.",
)
MENDED = NoticeCode(
    "mended",
    _INFO,
    "The {format} file breaks the rules of XML ({fault}). It was mended in reading; no sample was lost.",
)
CHECKSUM = NoticeCode(
    "checksum",
    _WARNING,
    "The file's checksum does not match, so some values may be wrong. Copy it again if you can.",
)
SAMPLES_DROPPED = NoticeCode("samples-dropped", _INFO, "{count} samples without a usable time were left out.")
JUMPS_REMOVED = NoticeCode("jumps-removed", _INFO, "{count} positions that no runner could have reached were left out.")
FROZEN_PLACES = NoticeCode(
    "frozen-places",
    _INFO,
    "{count} positions only repeated one from before while the runner ran on, and were left out.",
)
LEAPS_REMOVED = NoticeCode(
    "leaps-removed",
    _WARNING,
    "{metres:.0f} m of the distance were covered faster than any runner could, and were left out.",
)
COUNT_MENDED = NoticeCode(
    "count-mended",
    _INFO,
    "Readings of the distance counter that stood apart from all the others were left out: {count}.",
)
COUNT_UNIT = NoticeCode(
    "count-unit", _INFO, "The samples count the distance in {unit}, by the total or the positions, and were converted."
)
LAPS_COUNTED_ALONE = NoticeCode(
    "laps-counted-alone", _INFO, "The distance counter began again at nought {count} times; its laps were added up."
)
LATE_COUNT = NoticeCode(
    "late-count",
    _INFO,
    "The distance counter rested and then added {metres:.0f} m at once, as after a tunnel. "
    "They were spread over that time.",
)
DISTANCE_BY_SPEED = NoticeCode(
    "distance-by-speed", _INFO, "The file counts no distance; it was added up from the device's speed."
)
SPLITS_SCALED = NoticeCode(
    "splits-scaled",
    _INFO,
    "The device's total, {total_km:.2f} km, differs from its samples, as after a calibration. "
    "Kilometres and best efforts follow the total.",
)
TOTAL_OUTVOTED = NoticeCode(
    "total-outvoted",
    _WARNING,
    "The device's total, {total_km:.2f} km, agrees with none of its samples. The distance is that of the samples.",
)
DISTANCE_UNSURE = NoticeCode(
    "distance-unsure",
    _WARNING,
    "The device's total, {total_km:.2f} km, and its samples lie too far apart to say how far the run was. "
    "You can give the distance yourself.",
)
BEYOND_RECORDS = NoticeCode(
    "beyond-records",
    _WARNING,
    "Its pace is faster than any world record, so no pace or best effort is shown. Was it a run?",
)
STRETCH_BEYOND_RECORDS = NoticeCode(
    "stretch-beyond-records",
    _WARNING,
    "Stretches of it are faster than any world record, and are not shown among best efforts and paces.",
)
WRONG_DATES = NoticeCode(
    "wrong-dates", _INFO, "Samples whose date lies far from all the others were left out: {count}."
)
CLOCK_JUMPED = NoticeCode(
    "clock-jumped",
    _WARNING,
    "The device's clock jumped by {jump} during the run. By the clock after the jump the run began on {began}.",
)
CLOCK_AHEAD = NoticeCode(
    "clock-ahead",
    _WARNING,
    "By its clock the run began on {began}, later than {saved}, when its file was already there. It waits until you say"
    " on which day it was.",
)
CLOCK_BEHIND = NoticeCode(
    "clock-behind",
    _WARNING,
    "By its clock the run began on {began}; it was probably on {suggested}. It waits until you say which is right.",
)
ODD_VALUES = NoticeCode("odd-values", _INFO, "{count} values of {column} could not be true and were left out.")
ZONE_FROM_HOME = NoticeCode(
    "zone-from-home",
    _INFO,
    "The file tells neither place nor offset; the home's time zone was used for its day.",
)
SECOND_READER = NoticeCode(
    "second-reader", _WARNING, "Our own reader failed on this file ({fault}); fitparse read it instead."
)

LAYOUT_UNPROVEN = NoticeCode(
    "layout-unproven",
    _INFO,
    "How {vendor} writes this file is known only from other programs. Please compare some runs with {vendor}'s app.",
)
ROUTES_MISSING = NoticeCode(
    "routes-missing",
    _WARNING,
    "The routes of {count} runs do not lie beside it. Import the whole export.zip, and they come with it.",
)
ROUTE_UNREAD = NoticeCode("route-unread", _WARNING, "The run is here without its route. {fault}")
OTHER_SPORTS = NoticeCode(
    "other-sports", _INFO, "{count} of its entries are other sports than running. They were set aside."
)
ENTRIES_LEFT_OUT = NoticeCode(
    "entries-left-out", _WARNING, "{count} of its entries give no true start or duration, and were left out."
)

# Lines of the journal.
TORN_LINE = NoticeCode(
    "torn-line",
    _WARNING,
    "Line {line} of {file} cannot be read ({fault}). It was kept as it is and left out.",
)
CHANGED_LINE = NoticeCode(
    "changed-line",
    _WARNING,
    "Line {line} of {file} is not as it was written: it no longer matches its id. It counts as it stands.",
)
DOUBLED_ID = NoticeCode(
    "doubled-id",
    _WARNING,
    "Line {line} of {file} has the id of another entry, and says something else. Only the other counts.",
)

KINDS = tuple(kind for kind in list(globals().values()) if isinstance(kind, NoticeCode))
