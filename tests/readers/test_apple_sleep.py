"""Sleep and State of Mind in Apple Health's export."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from readers.apple_drawn import asleep, export, workout
from readers.test_apple_health import Beside, split

from runmood.core.recordings import Night
from runmood.readers import decode
from runmood.readers.vendors import apple_health_workouts
from runmood.readers.vendors.apple_health_sleep import STATE_OF_MIND

MOOD = (
    '<StateOfMind startDate="{at}" kind="Daily Mood" valence="{valence}" labels="calm, content" associations="work"/>'
)


def nights(*records: str) -> list[Night]:
    """All sleeps of an export of these records."""
    return [night for part in split(export(*records))[0] for night in decode(part.content).nights]


def hours(*records: str) -> list[float]:
    """How long each of them was, in hours."""
    return [night.asleep_s / 3600 for night in nights(*records)]


def at(clock: str, day: int = 2, ahead: str = "+0100") -> str:
    """A moment of early November 2026, as the export writes it."""
    return f"2026-11-{day:02d} {clock}:00 {ahead}"


def test_what_two_sources_say_of_one_night_is_counted_once() -> None:
    """Watch and app overlap: what counts is the time in which either says asleep; in bed and awake are no sleep."""
    watch = [asleep(at("23:00", 1), at("02:00")), asleep(at("02:30"), at("06:30"), says="AsleepREM")]
    phone = asleep(at("22:00", 1), at("07:30"), says="InBed", source="Phone")
    awake = asleep(at("02:00"), at("02:30"), says="Awake")
    app = asleep(at("01:00"), at("02:15"), says="AsleepUnspecified", source="App")
    assert hours(*watch, phone, awake) == [7.0]
    assert hours(*watch, phone, awake, app) == [7.25]
    assert hours(asleep(at("23:00", 1), at("07:00"), says="Asleep")) == [8.0]  # before iOS 16


def test_a_nap_is_a_sleep_of_its_own() -> None:
    """Who is awake for more than three hours begins another sleep; who is awake for less goes on with the same."""
    night = asleep(at("23:00", 1), at("05:00"))
    assert hours(night, asleep(at("07:30"), at("08:30"))) == [7.0]
    assert hours(night, asleep(at("14:00"), at("15:00"))) == [6.0, 1.0]


def test_a_sleep_names_the_zone_of_its_place() -> None:
    """The offset is that of the phone on export; HKTimeZone is where the person slept, by most of its records."""
    told = [asleep(at("23:00", 1), at("03:00"), zone="Asia/Tokyo"), asleep(at("03:00"), at("06:00"), zone="Asia/Tokyo")]
    began, ended = (dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC) for day, hour in ((1, 22), (2, 6)))
    assert nights(*told, asleep(at("06:00"), at("07:00"))) == [Night(began, ended, 8 * 3600.0, "Asia/Tokyo")]


@pytest.mark.parametrize(
    ("began", "ended"),
    [(at("07:00"), at("07:00")), (at("07:00"), at("06:00")), (at("07:00"), at("08:00", 4)), ("", at("07:00"))],
)
def test_a_record_that_lasts_no_time_or_days_is_no_sleep(began: str, ended: str) -> None:
    """An end before its beginning, or more than a day after it, is a fault of who wrote it."""
    assert nights(asleep(began, ended)) == []


def test_the_same_nights_are_the_same_documents_wherever_the_portions_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A month is one document; what it says does not depend on how the export was read, nor on the phone's offset."""
    told = [asleep(at("22:00", day), at("05:00", day + 1), zone="Europe/Prague") for day in range(1, 28)]
    whole = split(export(*told, workout()))[0]
    monkeypatch.setattr(apple_health_workouts, "_PORTION", 700)
    in_pieces = split(export(*told, workout()))[0]
    assert [part.name for part in whole] == ["2026-11-02 17.30 Running", "Sleep 2026-11"]
    assert in_pieces == whole
    ahead = [
        asleep(at("06:00", day + 1, "+0900"), at("13:00", day + 1, "+0900"), zone="Europe/Prague")
        for day in range(1, 28)
    ]
    assert split(export(*ahead))[0][0].content == whole[1].content


def test_an_export_without_workouts_has_its_sleep() -> None:
    """Who never recorded a run with the watch still has nights; an export with neither is told of."""
    assert split(export(asleep(at("23:00", 1), at("06:00"))))[1] == []
    assert split(export())[1] == ["nothing-to-read"]


def test_a_state_of_mind_is_written_as_health_auto_export_writes_it() -> None:
    """Element and attributes are those that programs look for; moments are in UTC, and no mood is made up."""
    told = [MOOD.format(at=at("08:00"), valence=0.5), MOOD.format(at=at("09:00"), valence="gone")]
    (part,) = split(export(*told))[0]
    assert part.content.startswith(STATE_OF_MIND)
    entry = {"start": "2026-11-02T07:00:00Z", "kind": "Daily Mood", "valence": 0.5}
    assert json.loads(part.content)["data"]["stateOfMind"] == [
        entry | {"labels": ["calm", "content"], "associations": ["work"]}
    ]


def test_sleep_in_a_damaged_export_is_kept_as_far_as_it_goes() -> None:
    """An export that ends in the middle gives the nights before that."""
    content = export(asleep(at("23:00", 1), at("06:00")), ends=asleep(at("23:00"), at("06:00", 3))[:120])
    found = list(apple_health_workouts.split_apple_health(io.BytesIO(content), Beside()))
    assert [getattr(each, "name", None) or each.code for each in found] == ["Sleep 2026-11", "export-cut-off"]


def test_a_name_that_is_said_again_and_again_is_no_sleep() -> None:
    """Each tag is looked at once, however often the name of a record stands in it or after it."""
    record = asleep(at("23:00", 1), at("06:00"))
    repeated = 'HKCategoryTypeIdentifierSleepAnalysis" ' * 200_000
    assert hours(f"<Note>{repeated}</Note>", record, repeated) == hours(record) == [7]
