"""Strava's table of activities, in every language: runs without a file, and what it says of those that have one."""

# ruff: noqa: RUF001 - words in the letters of their languages

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
from typing import TYPE_CHECKING

import pytest
from readers.exports_drawn import STRAVA_ENGLISH, STRAVA_GERMAN, in_other_words, strava_row, table, words_of
from readers.fit_bytes import file_id, fit, records, session
from readers.xml_drawn import gpx, timed, track

from runmood.core.notices import ENTRIES_LEFT_OUT
from runmood.core.recordings import ExportMetadata
from runmood.readers import decode
from runmood.readers.sports import sport_in_any_language
from runmood.readers.values import number, parse_datetime

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.core.recordings import DecodedRun


BESIDE = frozenset({"1.fit"})  # though the table names it packed
BEGUN = dt.datetime(2022, 5, 29, 15, 53, 35, tzinfo=dt.UTC)
FRENCH = in_other_words(STRAVA_ENGLISH, {0: "ID de l'activité", 12: "Nom du fichier", 3: "Type d'activité"})
SPANISH = in_other_words(STRAVA_ENGLISH, {0: "ID de actividad", 12: "Nombre de archivo"})
ITALIAN = in_other_words(STRAVA_ENGLISH, {0: "ID attività", 12: "Nome file"})
PORTUGUESE = in_other_words(STRAVA_ENGLISH, {0: "ID da atividade", 12: "Nome do arquivo"})
DUTCH = in_other_words(STRAVA_ENGLISH, {0: "Activiteits-ID", 12: "Bestandsnaam"})
UNKNOWN = in_other_words(STRAVA_ENGLISH, {})
OLDEST = ["id", "date", "name", "type", "description", "elapsed_time", "distance", "commute", "gear", "filename"]
OF_2019 = words_of(
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Commute,"
    "Activity Gear,Filename"
)


def by_hand(columns: list[str], date: str, sport: str, km: str = "5.00") -> bytes:
    """A table with one run that has no file, and one that has."""
    told = {"elapsed": "1800", "elapsed_again": "1800.0", "moving": "1750.0", "metres": "5004.5"}
    alone = strava_row(date=date, name="By hand", sport=sport, km=km, effort="6.0", gear="Shoes", **told)
    return table(columns, strava_row(date=date, sport=sport, file="activities/1.fit.gz"), alone)


def note(columns: list[str], **said: str) -> ExportMetadata:
    """What a table says of a file."""
    line = strava_row(file="activities/1.gpx", **said)
    return ExportMetadata("strava", tuple(columns), tuple(line.get(at, "") for at in range(len(columns))))


def only(content: bytes, said: ExportMetadata | None = None) -> DecodedRun:
    """The one run of the file."""
    (run,) = decode(content, said).activities
    return run


@pytest.mark.parametrize(
    ("columns", "date", "sport", "km"),
    [
        (STRAVA_ENGLISH, "May 29, 2022, 3:53:35 PM", "Run", "5.00"),
        (STRAVA_GERMAN, "29.05.2022, 15:53:35", "Lauf", "5,00"),
        (FRENCH, "29 mai 2022 à 15:53:35", "Course à pied", "5,00"),
        (SPANISH, "29 may 2022, 15:53:35", "Carrera", "5,00"),
        (ITALIAN, "29 mag 2022, 15:53:35", "Corsa", "5,00"),
        (PORTUGUESE, "29 de mai. de 2022, 15:53:35", "Corrida", "5,00"),
        (DUTCH, "29 mei 2022 15:53:35", "Hardloopsessie", "5,00"),
    ],
    ids=["English", "German", "French", "Spanish", "Italian", "Portuguese", "Dutch"],
)
def test_a_run_entered_by_hand_is_a_run(columns: list[str], date: str, sport: str, km: str) -> None:
    """A line without a file gives distance, time, title, effort and gear, whichever language the table speaks."""
    file = decode(by_hand(columns, date, sport, km), beside=BESIDE)
    (run,) = file.activities
    assert (file.format, file.notices) == ("strava", ())
    assert run.points["sampled_at"].to_list() == [BEGUN + dt.timedelta(seconds=each) for each in (0, 1750, 1800)]
    assert run.points["distance_m"].to_list() == [0, 5004.5, 5004.5]
    assert run.points["segment"].to_list() == [0, 0, 1]
    assert (run.totals.distance_m, run.totals.elapsed_s, run.totals.timer_s) == (5004.5, 1800, 1750)
    assert (run.name, run.sport, run.effort, run.gear) == ("By hand", "running", 6, "Shoes")


def test_a_line_whose_file_is_missing_is_a_run_that_keeps_its_number() -> None:
    """Whichever other files are there, a recording is known by the same name; a file that is there tells more."""
    said = {"date": "May 29, 2022, 3:53:35 PM", "sport": "Run", "elapsed": "1800", "km": "5.00"}
    files = ("activities/1.fit.gz", "", "activities/2.gpx")
    content = table(STRAVA_ENGLISH, *(strava_row(**said, file=file) for file in files))
    listed = [(run.listed_as, run.number) for run in decode(content).activities]
    assert listed == [("1.fit", 30_001), (None, None), ("2.gpx", 30_003)]
    assert [(run.listed_as, run.number) for run in decode(content, beside=BESIDE).activities] == listed[1:]


def test_a_table_in_a_language_unheard_of_is_read_by_its_order() -> None:
    """Where no name is known, the order and what stands in the columns tell; a word for a sport may still be known."""
    (run,) = decode(by_hand(UNKNOWN, "2022-05-29 15:53:35", "Juoksu"), beside=BESIDE).activities
    assert (run.totals.distance_m, run.effort, run.gear, run.sport) == (5004.5, 6, "Shoes", "running")


@pytest.mark.parametrize(("columns", "distance"), [(OLDEST, "5004.5"), (OF_2019, "5.0045")], ids=["metres", "km"])
def test_the_short_tables_of_2019_are_read(columns: list[str], distance: str) -> None:
    """Ten columns: the older names are in small letters and mean metres, the later ones kilometres."""
    line = {0: "1836776031", 1: "2022-05-29 15:53:35", 2: "Evening", 3: "Run", 5: "1800", 6: distance, 8: "Shoes"}
    run = only(table(columns, line))
    assert (run.totals.distance_m, run.totals.elapsed_s, run.gear) == (pytest.approx(5004.5), 1800, "Shoes")


def test_other_sports_by_hand_are_only_counted() -> None:
    """Rides and swims without a file are one notice, not one each."""
    rides = [strava_row(date="May 29, 2022, 3:53:35 PM", sport="Ride", elapsed="1800") for _ in range(3)]
    file = decode(table(STRAVA_ENGLISH, *rides))
    assert file.activities == ()
    assert [notice.code for notice in file.notices] == ["not-an-activity", "other-sports"]


def test_lines_that_cannot_be_true_are_counted() -> None:
    """A date of no calendar, a time of nothing or of a century, a line cut off: each is left out, and said."""
    lines = [
        strava_row(date="Month 31, 2022, 3:53:35 PM", sport="Run", elapsed="1800", effort="5"),
        strava_row(date="May 29, 2022, 3:53:35 PM", sport="Run", elapsed="1e308", effort="5"),
        strava_row(date="May 29, 2022, 3:53:35 PM", sport="Run", elapsed="", effort="5"),
        strava_row(date="May 29, 2022, 3:53:35 PM", sport="Run", elapsed="1800", km="1e308"),
    ]
    file = decode(table(STRAVA_ENGLISH, *lines) + b'\n12070555079,"May 2')
    assert [run.totals.distance_m for run in file.activities] == [None]
    assert file.notices == (ENTRIES_LEFT_OUT(count=4),)


def test_the_note_fills_what_a_file_does_not_say() -> None:
    """A GPX without a type gets sport and title; the effort and the shoes come with them."""
    said = note(STRAVA_GERMAN, sport="Traillauf", name="Im Wald", effort="4", gear="Schuhe")
    run = only(gpx(track(timed(0), timed(1))), said)
    assert (run.sport, run.sub_sport, run.name, run.effort, run.gear) == ("running", "trail", "Im Wald", 4, "Schuhe")


def test_a_file_is_believed_before_the_note() -> None:
    """What a watch wrote stays: sport, title and effort."""
    head = "<name>Mine</name><type>running</type>"
    run = only(gpx(track(timed(0), timed(1), head=head)), note(STRAVA_ENGLISH, sport="Trail Run", name="Theirs"))
    assert (run.name, run.sport, run.sub_sport) == ("Mine", "running", None)
    watch = fit(file_id(), records(10), session(effort=30))
    assert only(watch).effort == only(watch, note(STRAVA_ENGLISH, effort="9")).effort == 3


@pytest.mark.parametrize("effort", ["0", "11", "-1", "x", "nan", "1e308"])
def test_an_effort_beyond_its_scale_is_unsaid(effort: str) -> None:
    """Perceived exertion goes from 1 to 10."""
    assert only(gpx(track(timed(0), timed(1))), note(STRAVA_ENGLISH, sport="Run", effort=effort)).effort is None


def test_descriptions_and_private_notes_are_not_taken() -> None:
    """Nothing that a person wrote for themselves is in what comes out."""
    secret = {4: "my secret", 10: "my secret"}
    line = strava_row(date="May 29, 2022, 3:53:35 PM", sport="Run", elapsed="1800") | secret
    assert "secret" not in repr(decode(table(STRAVA_ENGLISH, line)))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("3:53:35 PM", None),
        ("12/31/2022, 11:59:59 PM", "2022-12-31T23:59:59"),
        ("31/12/2022 23:59:59", "2022-12-31T23:59:59"),
        ("Jan 1, 2023, 12:00:00 AM", "2023-01-01T00:00:00"),
        ("1 janv. 2023 à 12:30", "2023-01-01T12:30:00"),
        ("1 ene. 2023, 9:05:01", "2023-01-01T09:05:01"),
        ("1 mrt 2023 9:05", "2023-03-01T09:05:00"),
        ("31 déc. 2022 à 9:05", "2022-12-31T09:05:00"),
        ("10 lis 2022, 17:00:00", "2022-11-10T17:00:00"),
        ("12 maj 2022 kl. 17:00", "2022-05-12T17:00:00"),
        ("10. okt. 2022 18.00.05", "2022-10-10T18:00:05"),
        ("12 мая 2022 г., 17:00:00", "2022-05-12T17:00:00"),
        ("2022年11月13日 下午5:00:00", "2022-11-13T17:00:00"),
        ("30 feb 2022 9:05", None),
        ("1 jan 1980 9:05", None),
        ("29.05.2022, 25:00:00", None),
        ("9" * 1000, None),
    ],
)
def test_dates_in_words(said: str, meant: str | None) -> None:
    """Many languages' dates are read; what is no date, or none of this century, is null."""
    at = parse_datetime(said)
    assert (at and at.replace(tzinfo=None).isoformat()) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("9,44", 9.44),
        ("1,234", 1234),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1 234,5", 1234.5),
        ("1.2.3", None),
        ("1_000", None),
        ("nan", None),
        ("inf", None),
        ("1e308", None),
        ("", None),
        (True, None),
        (None, None),
        (10**400, None),
        ([1], None),
        (float("nan"), None),
    ],
)
def test_numbers_as_exports_write_them(said: object, meant: float | None) -> None:
    """A comma or a point; what is no number, or beyond what can be true, is null."""
    assert number(said, 0, 1e6) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Radfahrt", "cycling"),
        ("Sortie à vélo", "cycling"),
        ("Wanderung", "hiking"),
        ("Spaziergang", "walking"),
        ("Langlauf", "langlauf"),
        ("Natación", "swimming"),
        ("Virtual Run", "running"),
        ("Traillauf", "running"),
        ("", None),
        ("Aviron", "aviron"),
        ("Pétanque", None),
    ],
)
def test_sports_in_other_languages(said: str, meant: str | None) -> None:
    """A word that is not known says nothing, and the pace decides; skis are no shoes."""
    assert sport_in_any_language(said)[0] == meant


def test_a_real_export(corpus_dir: Path) -> None:
    """The table lists one run, whose file has title, effort and sport from its line."""
    folder = corpus_dir / "datasets" / "strava_export"
    if not folder.is_dir():
        pytest.skip(f"there is no {folder}")
    content = (folder / "activities.csv").read_bytes()
    (notice,) = decode(content, beside=frozenset({"12866632127.fit"})).notices
    columns, line = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    said = ExportMetadata("strava", tuple(columns), tuple(line))
    run = only(gzip.decompress((folder / "activities" / "12866632127.fit.gz").read_bytes()), said)
    assert notice.code == "activity-list"
    assert (run.name, run.sport, run.effort) == ("Laufen Landal Park", "running", None)
