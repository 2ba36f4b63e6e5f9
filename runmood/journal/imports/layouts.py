"""What is known of each app's export: one table, from which everything else is read.

`how_sure`: V seen in a real file or the vendor's own document, P seen only in programs that read it.
`docs/imports.md` says the same in sentences, with the evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from runmood.core.checkin_items import NAMES
from runmood.core.enums import CheckInKind

ITEMS = NAMES
TEN_IS_GOOD = ("mood", "energy", "sleep")
MARK = "\x1f"  # between the tags of a document, which may hold any sign that a person can type
LEFT_OUT = None  # the number of a word that the person does not want

Labels = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class SourceScale:
    """A scale of numbers; `best` is the end that feels best: of stress, tiredness, soreness, effort, pain the least."""

    low: float
    high: float
    best: Literal["low", "high"]

    def of_ten(self, item: str, value: float) -> float:
        """Return the same answer on our scale of the item; ValueError when it is off their scale."""
        if not self.low <= value <= self.high:
            raise ValueError(f"{item} is {value:g}, outside {self}")
        share = (value - self.low) / (self.high - self.low)
        upwards = (self.best == "high") == (item in TEN_IS_GOOD)
        return round(10 * (share if upwards else 1 - share), 2)

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}" if self.low < 0 else f"{self.low:g}-{self.high:g}"


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """Where an item stands in a file and on which scale; without a scale it is said in words."""

    column: str
    scale: SourceScale | None = None


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """How one source writes: its columns in lower case, its scales, its words, its clock."""

    source: str
    how_sure: str
    known_by: frozenset[str]
    items: Mapping[str, FieldMapping]
    date: tuple[str, ...]  # columns; joined with a blank where the date is written in two
    date_formats: tuple[str, ...] = ()  # none: ISO
    time: str = ""
    parts_of_day: Mapping[str, str] = field(default_factory=dict)  # their word for a time -> our kind
    kind: str = ""  # empty: by the clock
    whole_day: bool = False  # it speaks of the calendar day it is dated, even after midnight
    labels: Labels = field(default_factory=dict)  # words in small letters -> 0 to 10
    between_words: str = ""
    tags: tuple[str, ...] = ()
    between_tags: str = "|"
    notes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()  # kept with the raw values, not understood
    only: tuple[str, str] | None = None  # the column and the word of the rows that tell of mood
    zero_is_silence: bool = False
    sure_above: float | None = None  # with no mood above this, a shorter scale would fit as well
    why_unranked: str = ""  # why the worth of a word cannot be known
    remarks: tuple[str, ...] = ()


def _one_to(high: float, best_low: str = "", best_high: str = "") -> dict[str, FieldMapping]:
    """Items named in `item=column` pairs, all from 1 to `high`, by which end is best."""
    pairs = [(pair.split("="), "low") for pair in best_low.split()]
    pairs += [(pair.split("="), "high") for pair in best_high.split()]
    return {item: FieldMapping(column, SourceScale(1, high, best)) for (item, column), best in pairs}  # type: ignore[arg-type]


DAYLIO = ExportFormat(
    source="daylio",
    how_sure="V",
    known_by=frozenset({"full_date", "time", "mood", "activities"}),
    items={"mood": FieldMapping("mood")},
    date=("full_date",),
    time="time",
    why_unranked="A mood of your own, or in another language, carries no rank in this CSV (a .daylio backup has it).",
    labels={"rad": 10.0, "good": 7.5, "meh": 5.0, "bad": 2.5, "awful": 0.0},
    tags=("activities",),
    notes=("note_title", "note"),
    kept=("scales",),
)
DAYLIO_2018 = ExportFormat(
    source="daylio",
    how_sure="V",
    known_by=frozenset({"year", "date", "time", "mood", "activities"}),
    items=DAYLIO.items,
    date=("year", "date"),
    date_formats=("%Y %B %d", "%Y %d %B", "%Y %b %d", "%Y %d %b"),
    time="time",
    labels=DAYLIO.labels,
    why_unranked=DAYLIO.why_unranked,
    tags=("activities",),
    notes=("note",),
)
DAYLIO_BACKUP = ExportFormat(
    source="daylio",
    how_sure="V",
    known_by=frozenset(),
    items=_one_to(5, best_low="mood=mood_group"),
    date=("at",),
    tags=("tags",),
    between_tags=MARK,
    notes=("note_title", "note"),
    kept=("mood",),
)
HOW_WE_FEEL = ExportFormat(
    source="how-we-feel",
    how_sure="V",
    known_by=frozenset({"date", "mood", "tags (people)"}),
    items={"mood": FieldMapping("mood")},
    date=("date",),
    date_formats=("%Y %a %b %d %I:%M %p", "%Y %a %b %d %H:%M"),
    between_words=";",
    why_unranked="How We Feel keeps words and no number, and no list of what words are worth may be shipped here.",
    tags=("mood", "tags (people)", "tags (places)", "tags (events)"),
    between_tags=";",
    notes=("notes", "reflections", "takeaways"),
)
APPLE_MOMENT = ExportFormat(
    source="apple-momentary-emotion",
    how_sure="V",
    known_by=frozenset(),
    items={"mood": FieldMapping("valence", SourceScale(-1, 1, "high"))},
    date=("start",),
    date_formats=("%Y-%m-%d %H:%M:%S %z",),
    tags=("labels", "associations"),
    between_tags=MARK,
    kept=("kind",),
)
INTERVALS = ExportFormat(
    source="intervals.icu",
    how_sure="V",
    known_by=frozenset({"date", "mood", "motivation", "fatigue", "restinghr"}),
    items=_one_to(4, best_low="mood=mood sleep=sleepquality stress=stress tiredness=fatigue soreness=soreness"),
    date=("date",),
    kind=CheckInKind.MORNING,
    notes=("comments",),
    kept=("motivation", "readiness", "injury"),
    remarks=(
        (
            "The file tells no time of day: each row was taken as a morning check-in at 08:00. "
            'If you fill it in at night, import it with a mapping that says kind = "evening".'
        ),
    ),
)
PMSYS = ExportFormat(
    source="pmsys",
    how_sure="V",
    known_by=frozenset({"effective_time_frame", "mood", "soreness", "stress"}),
    items=_one_to(5, best_high="mood=mood sleep=sleep_quality stress=stress tiredness=fatigue soreness=soreness"),
    date=("effective_time_frame",),
    kept=("readiness", "sleep_duration_h", "soreness_area"),
    zero_is_silence=True,
)
BEARABLE = ExportFormat(
    source="bearable",
    how_sure="P",
    known_by=frozenset({"date formatted", "category", "rating/amount"}),
    items=_one_to(10, best_high="mood=rating/amount"),
    date=("date formatted",),
    time="time of day",
    parts_of_day={"am": CheckInKind.MORNING, "pm": CheckInKind.EVENING, "all day": CheckInKind.EVENING},
    notes=("detail", "notes"),
    only=("category", "mood"),
    sure_above=5,
)
EXIST = ExportFormat(
    source="exist",
    how_sure="P",
    known_by=frozenset(),
    items=_one_to(9, best_high="mood=value"),
    date=("date",),
    kind=CheckInKind.EVENING,
    remarks=("The file tells no time of day: each day was taken as its evening check-in at 21:00.",),
)
MOOD_PATTERNS = ExportFormat(
    source="mood-patterns",
    how_sure="V",
    known_by=frozenset({"alarm", "date", "activity"}),
    items={},
    date=("date",),
    tags=("activity",),
)
ANY_SHEET = ExportFormat(source="csv", how_sure="V", known_by=frozenset(), items={}, date=())

SHEETS = (DAYLIO, DAYLIO_2018, HOW_WE_FEEL, INTERVALS, PMSYS, BEARABLE, MOOD_PATTERNS)
SLIDER = SourceScale(0, 100, "high")  # of Mood Patterns; which slider is the mood, and its good end, the person says
NO_MOOD = {
    frozenset({"end_date_time", "perceived_exertion"}): "This is PMSys' list of sessions: it holds no mood. "
    "Import its wellness.csv.",
}
KNOWN = (
    "Daylio (CSV or .daylio backup), How We Feel (CSV), Apple State of Mind (JSON of Health Auto Export), "
    "intervals.icu (wellness.csv), PMSys (wellness.csv), Bearable (CSV), Exist (data_mood_*.json), "
    "Mood Patterns (CSV), runmood's own CSV (date, kind, mood …)"
)
