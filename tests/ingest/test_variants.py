"""Variants of the inputs that once failed, as other vendors, languages and nights write them: what is true of each."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from drawn import rows

from runmood.core.i18n import message
from runmood.core.recordings import FileStat, FoundFile
from runmood.ingest.discover import discover_files
from runmood.ingest.read_file import read_file
from runmood.readers.detect import unknown_file_notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

PRAGUE = ZoneInfo("Europe/Prague")
EVENING = dt.datetime(2026, 11, 10, 17, tzinfo=dt.UTC)
SAVED = FileStat(1, dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC))
M_PER_DEG = 111_195
HOUR_S = 3600


def way(seconds: int = 1800, speed_m_s: float = 2.8, stands: slice = slice(0)) -> NDArray[np.float64]:
    """Metres run by each second, faster and slower as a person is, with a stop."""
    speeds = speed_m_s * (1 + 0.08 * np.sin(np.arange(seconds) / 37))
    speeds[stands] = 0
    return np.cumsum(speeds) - speeds[0]


WAY = way()


def moments(count: int, begun: dt.datetime = EVENING) -> list[dt.datetime]:
    """One a second."""
    return [begun + dt.timedelta(seconds=second) for second in range(count)]


def gpx(head: str, metres: NDArray[np.float64] = WAY, times: list[dt.datetime] | None = None, **how: object) -> bytes:
    """A GPX of a way to the north; `form` writes a time, `kept` are the samples in it."""
    times = times or moments(metres.size)
    form = how.get("form", "%Y-%m-%dT%H:%M:%SZ")
    kept: Iterable[int] = how.get("kept", range(metres.size))  # type: ignore[assignment]
    points = "".join(
        f'<trkpt lat="{50.08 + metres[at] / M_PER_DEG:.7f}" lon="{how.get("lon", 14.42)}">'
        f"<time>{times[at].strftime(str(form))}</time></trkpt>"
        for at in kept
    )
    return f'<gpx version="1.1" creator="App"><trk>{head}<trkseg>{points}</trkseg></trk></gpx>'.encode()


def tcx(distances: NDArray[np.float64], times: list[dt.datetime] | None = None) -> bytes:
    """A TCX whose counter says these distances along the same way; the lap has the true totals."""
    times = times or moments(WAY.size)
    points = "".join(
        f"<Trackpoint><Time>{at:%Y-%m-%dT%H:%M:%SZ}</Time><Position>"
        f"<LatitudeDegrees>{50.08 + metres / M_PER_DEG:.7f}</LatitudeDegrees><LongitudeDegrees>14.42</LongitudeDegrees>"
        f"</Position><DistanceMeters>{far:.3f}</DistanceMeters></Trackpoint>"
        for at, metres, far in zip(times, WAY, distances, strict=True)
    )
    lap = f"<TotalTimeSeconds>1800</TotalTimeSeconds><DistanceMeters>{WAY[-1]:.1f}</DistanceMeters>"
    return (
        f'<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>{times[0]:%Y-%m-%dT%H:%M:%SZ}</Id>'
        f'<Lap StartTime="{times[0]:%Y-%m-%dT%H:%M:%SZ}">{lap}<Track>{points}</Track></Lap></Activity></Activities>'
        "</TrainingCenterDatabase>"
    ).encode()


def shifted(since: int, seconds: float) -> list[dt.datetime]:
    """Moments of which those since a sample are by another clock."""
    return [at + dt.timedelta(seconds=seconds * (second >= since)) for second, at in enumerate(moments(WAY.size))]


def outcome(content: bytes, name: str = "a.gpx") -> tuple[str, str]:
    """What became of a file, and why the person is asked."""
    read = read_file(FoundFile(name, SAVED, content), name, PRAGUE)
    return str(read.outcome), " ".join(str(each.row["status_reason"] or "") for each in read.recordings)


TITLES = """
    | title                     | outcome   | reason        |
    | Morgenlauf                | run       |               |
    | Sortie course à pied      | run       |               |
    | Rad zum Lauftreff         | undecided | unclear_sport |
    | Walk to the running shop  | undecided | unclear_sport |
    | Laufrad mit Emma          | skipped   |               |
    | Langlauf Skating          | skipped   |               |
    | Abendspaziergang          | skipped   |               |
    | Drive home                | skipped   |               |
    | Evening wheelchair push   | skipped   |               |
    | Trailrunning in the Alps  | run       |               |
    | Run with walk breaks      | run       |               |
    | Run walk run              | undecided | unclear_sport |
    | Běh na lyžích             | skipped   |               |
    | Carrera de coches         | skipped   |               |
    | 朝ラン                    | run       |               |
    | Stroller run              | run       |               |
"""


@pytest.mark.parametrize("row", rows(TITLES), ids=lambda row: row["title"])
def test_a_title_says_what_it_was(row: dict[str, str]) -> None:
    """A title of running alone is a run, of another sport none; of both, at the pace of either, it is asked."""
    assert outcome(gpx(f"<name>{row['title']}</name>")) == (row["outcome"], row["reason"])


def test_a_made_up_speed_is_asked_though_its_times_are_rounded() -> None:
    """A planned course of 20 m steps at 2.9 m/s: to the whole second no two steps are alike, and all minutes are."""
    steps = np.arange(0, 20_000, 20.0)
    times = [EVENING + dt.timedelta(seconds=each / 2.9) for each in steps]
    assert outcome(gpx("<name>Round the lake</name>", steps, times)) == ("undecided", "unclear_sport")


def test_an_even_speed_that_changes_is_asked() -> None:
    """Without a sport, positions evened out by a device look like a plan from step to step, and not by the minute."""
    assert outcome(gpx("")) == ("undecided", "unclear_sport")
    assert outcome(gpx("", np.arange(1800) * 2.8)) == ("skipped", "")


TYPES = {
    "run": (
        "Course en extérieur,Course (intérieur),Laufen,corsa,跑步,Course à pied,"
        "Hardlopen,Löprunda,Бег,ランニング,Juoksu,Koşu,달리기,indoor running,"
        "Course sur piste,Trote,Looptraining,トレイルラン,ラン,ﾗﾝﾆﾝｸﾞ,조깅,Hölkkä,Kocogás,الجري,Трейлраннинг,"
        "Course a\N{COMBINING GRAVE ACCENT} pied"
    ),
    "skipped": (
        "Radfahren,Nordic Walking,Inline Skating,Randonnée,Rollstuhl,"
        "Padel,Rullaluistelu,Patinage à glace,Skilanglauf,骑行,Caminata,Motorrad,SwimBikeRun,bike run,"
        "Corsa ciclistica,Carrera de bicicletas,Corrida de carros,Narciarstwo biegowe,"
        "Běh na lyžích,Sífutás,Беговые лыжи,"
        "Rulleskøjteløb,Skøyteløping,Caminar,Musculation,Équitation,Kolarstwo,Pływanie,Schaatsen,Chůze,Bisiklet,Yürüyüş,"
        "自転車,徒歩,登山,健走,자전거,하이킹,Περπάτημα,הליכה,Đi bộ,Sci,Marsz"
    ),
}


@pytest.mark.parametrize(("verdict", "word"), [(key, word) for key, all_ in TYPES.items() for word in all_.split(",")])
def test_a_sport_is_known_in_many_languages(verdict: str, word: str) -> None:
    """What the file itself says of the sport counts, in whatever language the watch speaks."""
    assert outcome(gpx(f"<type>{word}</type>", way(300))) == (verdict, "")


def test_an_indoor_run_of_runkeeper_is_a_run_of_unknown_distance() -> None:
    """Its GPX names a run in the title and a moment, and holds no point."""
    head = "<name><![CDATA[Running 2026-11-10 18:00]]></name><time>2026-11-10T17:00:00Z</time>"
    empty = f'<gpx version="1.1" creator="Runkeeper"><trk>{head}</trk></gpx>'.encode()
    read = read_file(FoundFile("a.gpx", SAVED, empty), "a.gpx", PRAGUE)
    (recording,) = read.recordings
    told = recording.row["status_reason"], recording.row["local_date"], recording.row["distance_m"]
    assert told == ("no_distance", EVENING.date(), None)


RUNNING = "<type>running</type>"
CAFE = way(3000, stands=slice(900, 2100))
TRACKS = {
    "the counter ticks every 9 s": tcx(np.repeat(WAY[::9], 9)[: WAY.size]),
    "the counter ticks every 4 s": tcx(np.repeat(WAY[::4], 4)[: WAY.size]),
    "the counter counts kilometres": tcx(WAY / 1000),
    "the counter starts again": tcx(np.where(np.arange(WAY.size) < 900, WAY, WAY - WAY[900])),
    "a clock put forward midway": tcx(WAY, shifted(900, HOUR_S)),
    "positions with a decimal comma": re.sub(rb'(lat|lon)="(\d+)\.', rb'\1="\2,', gpx(RUNNING)),
    "in UTF-16 with old line ends": gpx(RUNNING).decode().replace("><", ">\r<").encode("utf-16"),
    "offsets instead of Z": gpx(
        RUNNING, times=[at + dt.timedelta(hours=1) for at in moments(WAY.size)], form="%Y-%m-%dT%H:%M:%S+01:00"
    ),
    "thousandths after a comma": gpx(RUNNING, form="%Y-%m-%dT%H:%M:%S,250Z"),
    "the first sample of 1970": gpx(RUNNING, times=[dt.datetime(1970, 1, 1, tzinfo=dt.UTC), *moments(WAY.size)[1:]]),
    "samples in backward order": gpx(RUNNING, kept=range(WAY.size - 1, -1, -1)),
    "zeros at the end": gpx(RUNNING) + bytes(5000),
    "the first count is another run's": tcx(np.where(np.arange(WAY.size) == 0, 4000.0, WAY)),
    "the last count ten times": tcx(np.where(np.arange(WAY.size) == WAY.size - 1, 10 * WAY, WAY)),
    "the counter counts feet": tcx(WAY * 3.28084),
    "each moment twice": gpx(RUNNING, times=[moments(WAY.size)[each // 2 * 2] for each in range(WAY.size)]),
    "a web page behind it": gpx(RUNNING) + b"<html><body>502 Bad gateway</body></html>",
    "UTF-16": gpx(RUNNING).decode().encode("utf-16"),
    "twenty minutes in a café": gpx(RUNNING, CAFE),
    "recording stopped in the café": gpx(RUNNING, CAFE, kept=[*range(900), *range(2100, 3000)]),
}


@pytest.mark.parametrize("content", TRACKS.values(), ids=TRACKS)
def test_a_run_is_as_long_as_it_was(content: bytes) -> None:
    """Half an hour in motion and 5 km, on its day, however the device wrote it down."""
    read = read_file(FoundFile("a.gpx", SAVED, content), "a.gpx", PRAGUE)
    (recording,) = read.recordings
    assert recording.row["local_date"] == EVENING.date()
    assert recording.row["distance_m"] == pytest.approx(WAY[-1], rel=0.02)
    assert recording.row["moving_s"] == pytest.approx(1800, rel=0.03)


NIGHTS = """
    | night                          | begun            | lon   | day        | clock |
    | past midnight                  | 2026-11-10 22:40 | 14.42 | 2026-11-10 | 23:40 |
    | the hour that comes twice      | 2026-10-25 00:45 | 14.42 | 2026-10-25 | 02:45 |
    | the hour that is left out      | 2026-03-29 00:45 | 14.42 | 2026-03-29 | 01:45 |
    | six hours west                 | 2026-11-03 04:00 | -100  | 2026-11-02 | 22:00 |
"""


@pytest.mark.parametrize("row", rows(NIGHTS), ids=lambda row: row["night"])
def test_a_run_at_night_is_of_the_day_on_which_it_began(row: dict[str, str]) -> None:
    """By the clock of its place; the time in motion knows of no changed clocks."""
    begun = dt.datetime.fromisoformat(row["begun"]).replace(tzinfo=dt.UTC)
    content = gpx(RUNNING, times=moments(WAY.size, begun), lon=row["lon"])
    stamp = FileStat(1, begun + dt.timedelta(days=1))
    (recording,) = read_file(FoundFile("a.gpx", stamp, content), "a.gpx", PRAGUE).recordings
    assert (str(recording.row["local_date"]), recording.row["local_clock"]) == (row["day"], row["clock"])
    assert recording.row["moving_s"] == pytest.approx(1800, rel=0.02)


def test_a_file_that_a_browser_gave_another_ending_is_found(tmp_path: Path) -> None:
    """A run.gpx saved as run.gpx.txt or run.gpx.xml lies in a folder beside notes, which stay unread."""
    for name in ("run.gpx.txt", "other.GPX.xml", "notes.txt"):
        (tmp_path / name).write_bytes(gpx(RUNNING))
    found = discover_files([tmp_path], lambda _name, _stamp: False)
    assert sorted(each.name.rpartition("/")[2] for each in found) == ["other.GPX.xml", "run.gpx.txt"]


def test_another_watchs_file_is_not_taken_for_json() -> None:
    """What Polar's old watches wrote begins with a bracket."""
    assert unknown_file_notice(b"[Params]\r\nVersion=106\r\n").message.values[0][1] == message("looks_like.text")
    assert unknown_file_notice(b'\n[ {"a": 1}]').message.values[0][1] == message("looks_like.json")
