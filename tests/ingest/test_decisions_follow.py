"""What a person decided of a run holds for the run, whichever copy of it is there: a fuller one, another."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ingest.test_any_order import HEAD, LAST, READER, first, gpx, later, summary
from readers.apple_drawn import export, route, route_of, total, workout

from runmood.core.checkins import EntryDeleted, NewEntry
from runmood.core.entries import (
    DistanceCorrection,
    FileChosen,
    RecordingIdentified,
    RunDated,
    RunJudged,
    RunSplit,
    RunTagged,
    RunTrimmed,
)
from runmood.ingest.importer import open_importer
from runmood.journal.codec import ID_LENGTH, JournalRecord
from runmood.journal.decisions import copies_of, effective_decisions, file_corrections, identified_recordings, names_in
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.workflow import steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runmood.core.entries import Entry
    from runmood.home.home import Home

    Row = dict[str, Any]

OUTINGS = [first(each, 300) for each in simulate(dt.date(2025, 11, 21), days=30).outings if each.sport == "running"]
ROUTE = {"workout-routes/route_2026-11-02_5.30pm.gpx": route()}
APPLE = {"export.xml": export(workout("Running", total(5.04), route_of("route_2026-11-02_5.30pm.gpx")))}


def fit(number: int) -> bytes:
    """The outing of that number as its watch wrote it."""
    return recorded_as(OUTINGS[number], "fit")


def table(*numbers: int) -> bytes:
    """A list of those outings."""
    runs = [run for each in numbers for run in json.loads(summary(OUTINGS[each]))[0]["summarizedActivitiesExport"]]
    return json.dumps([{"summarizedActivitiesExport": runs}]).encode()


# What lies in the inbox at first, and what comes later: beside it, or in its place.
COPIES: dict[str, tuple[Mapping[str, bytes], Mapping[str, bytes]]] = {
    "a whole copy in place of a part": ({"a.fit": fit(0)[: len(fit(0)) // 2]}, {"a.fit": fit(0)}),
    "a whole copy beside a part": ({"b.fit": fit(1)[: len(fit(1)) // 2]}, {"b-2.fit": fit(1)}),
    "a corrected file": ({"c.gpx": gpx(first(OUTINGS[2], 290))}, {"c.gpx": gpx(OUTINGS[2])}),
    "another app's copy, whose clock is behind": ({"d.fit": fit(3)}, {"strava/d.gpx": gpx(later(OUTINGS[3], 4))}),
    "a copy whose clock is five minutes behind": ({"f.fit": fit(7)}, {"phone/f.gpx": gpx(later(OUTINGS[7], 300))}),
    "its file beside a table": ({"me_0_summarizedActivities.json": table(4)}, {"e.fit": fit(4)}),
    "a longer table": ({"me_1_summarizedActivities.json": table(5)}, {"me_1_summarizedActivities.json": table(6, 5)}),
    "Apple's route": (APPLE, ROUTE),
}
UNCUT = 5  # from there on the first copy has two samples, and cannot be cut


def arrive(home: Home, files: Mapping[str, bytes] = MappingProxyType({})) -> list[Row]:
    """The runs once these files lie in the inbox."""
    for name, content in files.items():
        path = home.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with open_importer(home, READER) as importer:
        importer.reprocess_missing()
        importer.read_inbox()
        steps.build_days(home, importer.store, LAST)
        return importer.store.table("runs").to_dicts()


def decide(home: Home, *entries: Entry) -> None:
    """Write them down."""
    append(home.journal, [NewEntry(dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC), entry) for entry in entries])


def said_of(number: int, name: str, elapsed_s: float) -> list[Entry]:
    """What is said of each first copy: its day and clock, how far, of what kind, and where it ended."""
    day = dt.date(2025, 2, 1) + number * dt.timedelta(days=1)
    said: list[Entry] = [
        RunDated(name, day, "07:15"),
        DistanceCorrection(name, 4321.0 + number),
        RunTagged(name, ("race",)),
    ]
    return said if number >= UNCUT else [*said, RunTrimmed(name, None, elapsed_s / 2)]


def shown(runs: list[Row]) -> list[tuple[object, ...]]:
    """What those words come to; the part of a line in a table was not cut."""
    return [
        (
            run["local_date"],
            run["local_clock"],
            run["distance_m"],
            "race" in run["tags"],
            number >= UNCUT or run["elapsed_s"],
        )
        for number, run in enumerate(runs[: len(COPIES)])
    ]


def test_decisions_outlast_the_copy_that_they_name(empty_home: Home) -> None:
    """Day, part, distance and kind stand when the other copy comes, and when all is made again; so does "no run"."""
    firsts, seconds = ({name: each for pair in COPIES.values() for name, each in pair[at].items()} for at in (0, 1))
    firsts_decided = arrive(empty_home, firsts)
    assert len(firsts_decided) == len(COPIES)
    decide(
        empty_home,
        *(
            entry
            for number, run in enumerate(firsts_decided)
            for entry in said_of(number, run["recording_id"], run["elapsed_s"])
        ),
    )
    said = shown(arrive(empty_home))
    assert shown(arrive(empty_home, seconds)) == said
    steps.delete_derived_files(empty_home)
    assert shown(arrive(empty_home)) == said


def test_a_line_of_a_table_is_judged_alone(empty_home: Home) -> None:
    """One line of a list of activities is no run; the others in it stay, and a longer list brings it back no more."""
    runs = arrive(empty_home, {"me_0_summarizedActivities.json": table(5, 6)})
    decide(empty_home, RunJudged(runs[0]["recording_id"], "not-a-run"))
    for files in ({}, {"me_0_summarizedActivities.json": table(4, 5, 6)}, {"a.fit": fit(5)}):
        left = [run["started_at"] for run in arrive(empty_home, files)]
        assert runs[0]["started_at"] not in left
    assert len(left) == 2
    records = read(empty_home.journal).records
    same = copies_of(
        records, [next(each for each in identified_recordings(records).values() if each.stands_for).recording]
    )
    decide(
        empty_home, *(EntryDeleted(each.id) for each in effective_entries(records) if same & {*names_in(each.entry)})
    )
    assert len(arrive(empty_home)) == 3


def test_the_copy_beside_which_a_person_decided_keeps_its_own_word(empty_home: Home) -> None:
    """Who says of one file of two that it is no run means that file: the other one is the run."""
    (run,) = arrive(empty_home, {"a.fit": fit(0), "b.gpx": gpx(OUTINGS[0])})
    decide(empty_home, RunJudged(run["recording_id"], "not-a-run"))
    (left,) = arrive(empty_home)
    assert left["recording_id"] != run["recording_id"]


def test_a_copy_by_another_clock_is_no_run_either(empty_home: Home) -> None:
    """Local time marked as UTC shares no minute with the watch: the way tells; the next run of that way is a run."""
    (run,) = arrive(empty_home, {"a.fit": fit(0)})
    decide(empty_home, RunJudged(run["recording_id"], "not-a-run"))
    assert not arrive(empty_home)
    assert not arrive(empty_home, {"behind.gpx": gpx(later(OUTINGS[0], 300)), "zone.gpx": gpx(later(OUTINGS[0], 7200))})
    assert len(arrive(empty_home, {"again.gpx": gpx(later(OUTINGS[0], 9420))})) == 1


def test_the_copy_by_another_clock_beside_which_a_person_decided_keeps_its_word(empty_home: Home) -> None:
    """Whether it is there does not depend on how far its clock is off, nor on how many nights have passed."""
    (run,) = arrive(empty_home, {"a.fit": fit(0), "b.gpx": gpx(later(OUTINGS[0], 300))})
    decide(empty_home, RunJudged(run["recording_id"], "not-a-run"))
    for _ in range(2):
        (left,) = arrive(empty_home)
        assert left["recording_id"] != run["recording_id"]


def test_a_cut_and_a_date_leave_the_sport_disputed(empty_home: Home) -> None:
    """Two tables give running and cycling to one GPX: it is asked, and it still is once it is cut or dated."""
    content, line = gpx(OUTINGS[0]), "a,2025-10-25 08:06:13,{},,4.0,23:00,,,,,,,,a.gpx"
    tables = {name: f"{HEAD}\n{line.format(name)}".encode() for name in ("Running", "Cycling")}
    files = {f"{name}/{file}": each for name, table in tables.items() for file, each in (
        ("a.gpx", content), ("cardioActivities.csv", table)
    )}  # fmt: skip
    assert not arrive(empty_home, files)
    recording = f"{hashlib.sha256(content).hexdigest()[:ID_LENGTH]}-1"
    for said in (RunTrimmed(recording, None, 600.0), RunDated(recording, dt.date(2025, 9, 1), None)):
        decide(empty_home, said)
        assert not arrive(empty_home)
        with open_importer(empty_home, READER) as importer:
            waiting = importer.store.frame("select status, status_reason from recordings").rows()
        assert waiting == [("undecided", "unclear_sport")]


def test_what_stands_for_a_recording_comes_after_it() -> None:
    """A file that was chosen goes before a fuller copy of it; split and cut hold for both, by the clock of each."""
    began = dt.datetime(2026, 11, 2, 17, tzinfo=dt.UTC)
    said = [
        FileChosen("a-1"), RunSplit("a-1", "c-1"), RunTrimmed("a-1", 30.0, 600.0),
        RecordingIdentified("a-1", None, began),
        RecordingIdentified("b-1", None, began + dt.timedelta(seconds=10), "a-1"),
    ]  # fmt: skip
    records = tuple(JournalRecord(f"{at}", dt.datetime(2026, 11, 3, tzinfo=dt.UTC), e) for at, e in enumerate(said))
    decided = effective_decisions(records)
    assert decided.files == ("b-1", "a-1")
    assert decided.same_run == {("a-1", "c-1"): False, ("b-1", "c-1"): False}
    assert file_corrections(records)["b"].kept_s == (("b-1", 20.0, 590.0),)
