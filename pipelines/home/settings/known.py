"""What a person may set: each setting's type and default, and beside it how it is read and what it means."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.home.settings import readers
from pipelines.home.settings.places import country_of
from runmood.terms.choices import LANGUAGES
from runmood.terms.notices import CannotBeDoneError
from runmood.terms.records import HeartSettings
from runmood.terms.speech import METRES

if TYPE_CHECKING:
    from pipelines.home.settings.readers import Reader
    from runmood.terms.entries import OwnItem
    from runmood.terms.speech import Units


class SettingsError(CannotBeDoneError):
    """The settings hold something that cannot be used; the sentence says what, in which line, and what was meant."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set; null is unset."""

    time_zone: str = "UTC"
    name: str | None = None
    units: Units = "metric"
    language: str = "en"
    country: str | None = None
    heart_max_bpm: int | None = None
    heart_zones_bpm: tuple[int, ...] | None = None
    privacy_zone_m: int = 300
    nightly_at: dt.time = dt.time(3, 30)
    on_failure: str | None = None
    distress_phrases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    items: tuple[OwnItem, ...] = ()

    @property
    def heart(self) -> HeartSettings:
        """What the person says of their heart rate."""
        bounds = self.heart_zones_bpm
        return HeartSettings(self.heart_max_bpm, tuple(map(float, bounds)) if bounds else None)

    @property
    def country_shown(self) -> str | None:
        """The country that is set, else that of the time zone; null where that says none."""
        return self.country or country_of(self.time_zone)


@dataclass(frozen=True, slots=True)
class About:
    """How a setting is read, what it means, and what a value of it looks like in the file."""

    read: Reader
    meaning: str
    example: str


ABOUT = {
    "time_zone": About(readers.a_zone, "where you live; this computer's if left out", '"Europe/Lisbon"'),
    "name": About(readers.some_text, "how the summary greets you", '"Ana"'),
    "units": About(readers.one_of(*METRES), "miles instead of kilometres", '"imperial"'),
    "language": About(
        readers.one_of(*LANGUAGES), "the language of the summary, of what is shared, and of the local page", '"en"'
    ),
    "country": About(readers.a_country, "whose help lines are shown; that of the time zone if left out", '"PT"'),
    "heart_max_bpm": About(readers.between(100, 240), "your highest heart rate, if you know it", "186"),
    "heart_zones_bpm": About(readers.heart_bounds, "where your heart rate zones 1 to 4 end", "[112, 130, 149, 168]"),
    "privacy_zone_m": About(readers.between(0, 5000), "how much of both ends of a run is not shown to others", "300"),
    "nightly_at": About(readers.a_clock, "when the nightly runs, by your clock", '"03:30"'),
    "on_failure": About(readers.some_text, "what to call when a night fails: docs/nightly.md", '"beep"'),
    "distress_phrases": About(readers.some_texts, "words of yours that bring up the help lines", '["cannot go on"]'),
    "tags": About(readers.few_tags, "up to five kinds of run that findings may ask about", '["mindful", "social"]'),
    "items": About(readers.own_questions, "questions of your own, a table each", "[items.NAME]"),
}
