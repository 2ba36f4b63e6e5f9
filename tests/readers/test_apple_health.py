"""Apple Health's export: its workouts with heart rate, pauses, zone and route, each of them once."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING

import pytest
from readers.apple_drawn import BEGAN, DTD, event, export, record, route, route_of, total, workout

from runmood.core.notices import Notice
from runmood.readers import decode
from runmood.readers.vendors.apple_health_workouts import split_apple_health

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedRun
    from runmood.readers.registry import CollectionPart


class Beside(dict[str, bytes]):
    """Routes in memory."""

    def names(self) -> list[str]:  # noqa: D102 - of the protocol
        return list(self)

    def read(self, name: str) -> bytes | None:  # noqa: D102 - of the protocol
        return self.get(name)


def split(content: bytes, **routes: bytes) -> tuple[list[CollectionPart], list[str]]:
    """The parts of an export, and the codes of its notices."""
    beside = Beside({f"workout-routes/{name}.gpx": gpx for name, gpx in routes.items()})
    found = list(split_apple_health(io.BytesIO(content), beside))
    parts = [each for each in found if not isinstance(each, Notice)]
    return parts, [each.code for each in found if isinstance(each, Notice)]


def run_of(content: bytes, **routes: bytes) -> DecodedRun:
    """The one run of an export."""
    (part,) = split(content, **routes)[0]
    (run,) = decode(part.content).activities
    return run


def test_a_run_has_its_sport_distance_time_zone_and_route() -> None:
    """The route is read with its workout, not as a run of its own; the zone is that of the place, not of the phone."""
    run = run_of(export(workout("Running", total(5.04), route_of("a.gpx"))), a=route())
    assert (run.sport, run.sub_sport, run.totals.distance_m, run.totals.elapsed_s) == ("running", None, 5040.0, 1800.0)
    assert run.points["latitude_deg"].drop_nulls().len() == 1801
    assert run.points["sampled_at"][0] == dt.datetime(2026, 11, 2, 16, 30, tzinfo=dt.UTC)
    assert (run.utc_offset_s, run.device) == (3600, "Apple Watch Watch6")


def test_a_run_in_another_zone_than_the_phone_keeps_its_clock() -> None:
    """The export writes all dates by the clock of the phone; HKTimeZone tells where the workout was."""
    content = export(workout("Running", total(5)).replace("Europe/Prague", "America/New_York"))
    assert run_of(content).utc_offset_s == -5 * 3600


@pytest.mark.parametrize(("length", "unit", "metres"), [(5.04, "km", 5040.0), (3.1, "mi", 4989.0), (5040, "m", 5040.0)])
def test_a_distance_is_read_in_its_unit(length: float, unit: str, metres: float) -> None:
    """Kilometres, miles, metres."""
    assert run_of(export(workout("Running", total(length, unit)))).totals.distance_m == metres


def test_an_older_export_has_the_distance_as_an_attribute() -> None:
    """Before iOS 16 there were no statistics."""
    element = workout("Running").replace(
        ' durationUnit="min"', ' durationUnit="min" totalDistance="5" totalDistanceUnit="km"'
    )
    assert run_of(export(element)).totals.distance_m == 5000.0


def test_a_treadmill_run_counts_its_distance_by_its_records() -> None:
    """Without a route, the watch's own records say how far it was at each moment; the phone's are not added."""
    steps = [record("DistanceWalkingRunning", 0.03, at, 10, unit="km") for at in range(0, 1800, 10)]
    phone = [record("DistanceWalkingRunning", 0.03, at, 10, unit="km", sourceName="Phone") for at in range(0, 1800, 10)]
    indoor = '<MetadataEntry key="HKIndoorWorkout" value="1"/>'
    run = run_of(export(*steps, *phone, workout("Running", indoor, total(5.4))))
    assert run.sub_sport == "treadmill"
    assert run.points["distance_m"].max() == pytest.approx(5400.0)
    assert run.points.height > 180


def test_heart_rate_is_that_of_the_minutes_of_the_run() -> None:
    """A reading stands until the next one, since a route has a point a second."""
    readings = [record("HeartRate", 60 if at < 0 else 150, at) for at in range(-600, 2400, 5)]
    run = run_of(export(*readings, workout("Running", total(5.04), route_of("a.gpx"))), a=route())
    assert run.points["heart_bpm"].unique().to_list() == [150.0]
    silent = run_of(
        export(record("HeartRate", 150, 100), workout("Running", total(5.04), route_of("a.gpx"))), a=route()
    )
    assert silent.points["heart_bpm"].drop_nulls().len() == 16


def test_a_workout_without_samples_stood_as_long_as_its_timer() -> None:
    """Three samples: how far it was when the timer had run for 25 of 30 minutes, and the rest is a pause."""
    paused = event("Pause", 600), event("Resume", 900)
    run = run_of(export(workout("Running", total(4.2), *paused, duration="25")))
    lasted_s = run.points["sampled_at"].diff().dt.total_seconds().to_list()
    assert lasted_s == [None, 1500, 300]
    assert run.points["distance_m"].to_list() == [0, 4200, 4200]
    assert run.points["segment"].to_list() == [0, 0, 1]


def test_a_pause_is_no_part_of_the_run() -> None:
    """Its samples are left out, and a segment begins after it."""
    paused = event("Pause", 600), event("Resume", 900)
    run = run_of(export(workout("Running", total(4.2), route_of("a.gpx"), *paused, duration="25")), a=route())
    since = [(at - run.points["sampled_at"][0]).total_seconds() for at in run.points["sampled_at"]]
    assert not [at for at in since if 600 < at < 900]
    assert run.points["segment"].unique(maintain_order=True).to_list() == [0, 1]
    assert run.totals.timer_s == 1500.0


@pytest.mark.parametrize(
    ("sport", "said"),
    [
        ("Cycling", "cycling"),
        ("SkatingSports", "skating"),
        ("CrossCountrySkiing", "cross country skiing"),
        ("WheelchairRunPace", "wheelchair"),
        ("Walking", "walking"),
    ],
)
def test_another_sport_is_no_run(sport: str, said: str) -> None:
    """Whatever its pace; its route is not read as a run either."""
    parts, _ = split(export(workout(sport, total(5.04), route_of("a.gpx"))), a=route())
    (part,) = parts
    file = decode(part.content)
    assert not file.activities
    assert said in str(file.notices[0].message)


def test_a_route_that_no_workout_names_belongs_to_the_one_of_its_time() -> None:
    """Older exports name none. A route of no workout is a file of its own."""
    run = run_of(export(workout("Running", total(5.04))), a=route())
    assert run.points["latitude_deg"].drop_nulls().len() == 1801
    parts, _ = split(export(workout("Cycling")), a=route(), b=route(began=BEGAN + dt.timedelta(days=1)))
    assert [(part.name, part.is_beside) for part in parts if part.is_beside] == [("workout-routes/b.gpx", True)]


def test_a_route_without_times_belongs_to_no_workout_that_does_not_name_it() -> None:
    """Each point is looked at once; it is a file of its own, and a route without an end adds nothing to a run."""
    untimed = b"<gpx><trk><trkseg>" + b'<trkpt lat="50.08" lon="14.42"></trkpt>' * 200_000 + b"</trkseg></trk></gpx>"
    parts, _ = split(export(workout("Running", total(5.04))), a=untimed)
    assert [part.name for part in parts if part.is_beside] == ["workout-routes/a.gpx"]
    run = run_of(export(workout("Running", total(5.04), route_of("a.gpx"))), a=b"<trkseg " * 200_000)
    assert run.points["latitude_deg"].null_count() == run.points.height


def test_the_export_of_next_month_holds_the_same_documents() -> None:
    """Addresses of devices, the date of the export and the phone's zone differ; the workouts are known by content."""
    inside = total(5.04), route_of("a.gpx")
    before, _ = split(export(record("HeartRate", 150, 60), workout("Running", *inside)), a=route())
    moved = export(record("HeartRate", 150, 60), workout("Running", *inside)).replace(b"281d4a9e0", b"39ab77c10")
    moved = re.sub(
        rb"(2026-11-02) (1\d):(\d\d:\d\d) \+0100", lambda m: b"%b %d:%b +0000" % (m[1], int(m[2]) - 1, m[3]), moved
    )
    after, _ = split(moved, a=route(exported="2026-12-01"))
    assert [part.content for part in before] == [part.content for part in after]


@pytest.mark.parametrize("order", ["value startDate type", "endDate sourceName"])
def test_attributes_may_stand_in_any_order(order: str) -> None:
    """What wrote the file again may have sorted them."""
    content = export(*(record("HeartRate", 150, at) for at in range(0, 1800, 5)), workout("Running", total(5.04)))
    for name in order.split():
        content = re.sub(rb'<Record (.*?) (%b="[^"]*")(.*?)/>' % name.encode(), rb"<Record \2 \1 \3/>", content)
    assert run_of(content).points["heart_bpm"].drop_nulls().len() > 300


def test_attributes_may_stand_on_lines_of_their_own() -> None:
    """What wrote the file again may have broken its lines, or ended them as Windows does."""
    readings = (record("HeartRate", 150, at) for at in range(0, 1800, 5))
    content = export(*readings, workout("Running", total(5.04)))
    broken = (
        re.sub(rb'" (\w+=")', rb'"\r\n\t\1', content)
        .replace(b"<Workout ", b"<Workout\n")
        .replace(b"<Record ", b"<Record\n")
    )
    run = run_of(broken)
    assert run.totals.distance_m == 5040
    assert run.points["heart_bpm"].drop_nulls().len() > 300


@pytest.mark.parametrize(
    "dtd",
    [
        DTD.replace("]>", '<!ENTITY lol "lol">]>'),
        '<!DOCTYPE HealthData SYSTEM "http://example.org/a.dtd">\n',
        DTD + '<!DOCTYPE other [<!ENTITY a "b">]>',
    ],
)
def test_only_the_doctype_that_apple_writes_is_read(dtd: str) -> None:
    """One that declares entities, or points elsewhere, is refused."""
    assert split(export(workout("Running", total(5)), dtd=dtd)) == ([], ["forbidden-xml"])


def test_a_malformed_list_of_elements_harms_nothing() -> None:
    """Versions of iOS 16 wrote one that no parser takes."""
    dtd = DTD.replace("]>", "<!ATTLIST Record\n  type CDATA #REQUIRED\n  unit CDATA\n  <!ELEMENT Workout (a>\n]>")
    assert run_of(export(workout("Running", total(5)), dtd=dtd)).sport == "running"


def test_an_export_that_ends_in_the_middle_gives_what_came_before() -> None:
    """And says so."""
    parts, codes = split(export(workout("Running", total(5)), workout("Running", total(6)), ends="")[:-40])
    assert (len(parts), codes) == (1, ["entries-left-out", "export-cut-off"])


def test_an_export_without_a_workout_says_so() -> None:
    """Somebody may have a phone and no watch."""
    assert split(export(record("HeartRate", 60, 0))) == ([], ["nothing-to-read"])


def test_a_damaged_workout_is_left_out_and_counted() -> None:
    """The others are read."""
    broken = workout("Running", "<MetadataEntry key=>"), workout("Running", lasts_s=0)
    parts, codes = split(export(*broken, workout("Running", total(5))))
    assert (len(parts), codes) == (1, ["entries-left-out"])


def test_workouts_are_found_across_the_borders_of_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """However the stream is cut."""
    readings = [record("HeartRate", 150, at) for at in range(0, 1800, 30)]
    content = export(*readings, workout("Running", total(5)), workout("Cycling"), *readings)
    whole, _ = split(content)
    monkeypatch.setattr("runmood.readers.vendors.apple_health_workouts._PORTION", 997)
    assert split(content)[0] == whole
