"""What the worst single files cost before they are read or set aside: `python benchmarks/single_inputs.py [NAME ...]`.

Each file is made to take as long, or as much memory, as a file of its kind can, just below the size at which it would
be refused unread, or far beyond it. It is imported alone into a new home by the command as typed: CPU time of all its
processes, the most memory they hold together, and what the person is told.
"""

from __future__ import annotations

import gzip
import io
import struct
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from parts.costs import cost_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


ROOT = Path(__file__).resolve().parents[1]
MOST_S, MOST_MB = 60.0, 600.0
BELOW = 62 << 20  # files above 64 MB are refused unread
GPX = b'<gpx creator="w"><trk><type>running</type><trkseg>'
GPX_END = b"</trkseg></trk></gpx>"
HEALTH = b"<?xml version='1.0'?><HealthData locale='en'>"


def repeated(piece: bytes, size: int = BELOW) -> bytes:
    """So many of a piece as fit."""
    return piece * (size // len(piece))


def numbered(piece: str, size: int = BELOW) -> bytes:
    """Pieces, each with its number in the place of %d or %s, as many as fit."""
    count = size // len(piece % 1_000_000)
    return "".join(piece % number for number in range(count)).encode()


def points(size: int, point: str) -> bytes:
    """A track of as many points as fit, a second apart; `point` has a place for its time."""
    times = (
        f"2025-05-{day:02}T{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}Z" for day in range(1, 30) for s in range(86_400)
    )
    count = size // len(point % "2025-05-04T08:00:00Z")
    return b"".join((point % at).encode() for at, _ in zip(times, range(count), strict=False))


def fit(messages: bytes) -> bytes:
    """A FIT file of these messages, without a checksum."""
    return struct.pack("<BBHI4s", 12, 16, 2000, len(messages), b".FIT") + messages


def definition(local: int, number: int, fields: Iterable[tuple[int, int, int]]) -> bytes:
    """A FIT definition message."""
    entries = b"".join(bytes(entry) for entry in fields)
    return struct.pack("<BBBHB", 0x40 | local, 0, 0, number, len(entries) // 3) + entries


FILE_ID = definition(0, 0, [(0, 1, 0)]) + b"\x00\x04"


def developer_fields() -> bytes:
    """A FIT file whose records carry 255 fields of a developer each, all of them described."""
    described = definition(2, 206, [(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 4, 7)])
    described += b"".join(struct.pack("<BBBB4s", 2, 0, number, 2, b"f\0\0\0") for number in range(255))
    fields = b"".join(bytes((number, 1, 0)) for number in range(255))
    record = struct.pack("<BBBHB", 0x61, 0, 0, 20, 1) + bytes((253, 4, 134)) + b"\xff" + fields
    count = BELOW // 260
    records = b"".join(struct.pack("<BI", 1, 1_100_000_000 + at) + bytes(255) for at in range(count))
    return fit(FILE_ID + described + record + records)


def definitions() -> bytes:
    """A FIT file of nothing but definitions, no two alike."""
    found = bytearray(FILE_ID)
    number = 0
    while len(found) < BELOW:
        number += 1
        found += definition(1, 20, [(number & 0xFF, number >> 8 & 0xFF | 1, 2), (253, 4, 134), (number >> 16, 1, 2)])
        found += b"\x01" + bytes(5 + (number >> 8 & 0xFF | 1))
    return fit(bytes(found))


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP of these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def nested(depth: int, content: bytes) -> bytes:
    """A ZIP in a ZIP in a ZIP."""
    for _ in range(depth):
        content = zipped([("inner.zip", content)])
    return content


def bombs() -> bytes:
    """A ZIP of a thousand gzips of 64 MB each, which is 64 GB."""
    bomb = gzip.compress(bytes(64 << 20), 9)
    return zipped((f"{number}.fit.gz", bomb) for number in range(1000))


def apple(route: bytes) -> bytes:
    """An export of Apple Health with one run and a route, and the same as a route of no run."""
    run = (
        b'<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30" durationUnit="min" '
        b'startDate="2025-05-04 08:00:00 +0100" endDate="2025-05-04 08:30:00 +0100"><WorkoutRoute>'
        b'<FileReference path="/workout-routes/a.gpx"/></WorkoutRoute></Workout>'
    )
    export = HEALTH + run + b"</HealthData>"
    folder = "apple_health_export"
    routes = [(f"{folder}/workout-routes/{name}.gpx", route) for name in ("a", "b")]
    return zipped([(f"{folder}/export.xml", export), *routes])


POINT = '<trkpt lat="38.7" lon="-9.1"><ele>3</ele><time>%s</time></trkpt>'
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "GPX, one track, 200 MB": ("a.gpx", lambda: GPX + points(200 << 20, POINT) + GPX_END),
    "GPX, one track, 62 MB": ("a.gpx", lambda: GPX + points(BELOW, POINT) + GPX_END),
    "GPX, tiny elements, 62 MB": ("a.gpx", lambda: GPX + repeated(b"<a/>") + GPX_END),
    "GPX, 40 M tiny elements": ("a.gpx", lambda: GPX + repeated(b"<a/>", 160_000_000) + GPX_END),
    "GPX, a point of tiny elements": ("a.gpx", lambda: GPX + b"<trkpt>" + repeated(b"<ele/>") + b"</trkpt>" + GPX_END),
    "GPX, empty points": ("a.gpx", lambda: GPX + repeated(b'<trkpt lat="1" lon="2"/>') + GPX_END),
    "GPX, tracks of a point": (
        "a.gpx",
        lambda: b"<gpx>" + points(BELOW, f"<trk><trkseg>{POINT}</trkseg></trk>") + b"</gpx>",
    ),
    "GPX, not closed": ("a.gpx", lambda: GPX + points(BELOW, '<trkpt lat="38.7" lon="-9.1"><time>%s</time>')),
    "GPX, names without end": ("a.gpx", lambda: GPX + numbered("<trkpt><a%d/></trkpt>") + GPX_END),
    "GPX, an attribute of 62 MB": ("a.gpx", lambda: b'<gpx creator="' + b"x" * BELOW + b'">' + GPX_END),
    "GPX, attributes": ("a.gpx", lambda: GPX + b"<trkpt " + numbered('a%d="1" ') + b"/>" + GPX_END),
    "KML, a track of 62 MB": (
        "a.kml",
        lambda: (
            b'<kml xmlns="x"><Placemark><Track>'
            + repeated(b"<when>2025-05-04T08:00:00Z</when><coord>1 2 3</coord>")
            + b"</Track></Placemark></kml>"
        ),
    ),
    "KML, points of a placemark each": (
        "a.kml",
        lambda: (
            b'<kml xmlns="x">'
            + numbered(
                "<Placemark><TimeStamp><when>2025-05-04T08:00:%02dZ</when></TimeStamp><Point><coordinates>1,2"
                "</coordinates></Point></Placemark>",
                28_000_000,
            )
            + b"</kml>"
        ),
    ),
    "KMZ in a ZIP": (
        "a.zip",
        lambda: zipped(
            (
                f"{n}.kmz",
                zipped(
                    [("doc.kml", b'<kml xmlns="x"><Track>' + repeated(b"<when>2025-05-04T08:00:00Z</when>", BELOW))]
                ),
            )
            for n in range(3)
        ),
    ),
    "GPX, starts of points without end": ("a.gpx", lambda: GPX + repeated(b"<trkpt ") + GPX_END),
    "GPX, points without times": ("a.gpx", lambda: GPX + repeated(b'<trkpt lat="1.5" lon="2.5"></trkpt>') + GPX_END),
    "Apple, a route without times": (
        "export.zip",
        lambda: apple(GPX + repeated(b'<trkpt lat="1.5" lon="2.5"></trkpt>') + GPX_END),
    ),
    "Apple, a route of openings": ("export.zip", lambda: apple(repeated(b"<trkseg "))),
    "Apple, sleep's name without end": (
        "export.xml",
        lambda: HEALTH + repeated(b'HKCategoryTypeIdentifierSleepAnalysis" ', 300_000_000),
    ),
    "Apple, an attribute's name without end": (
        "export.xml",
        lambda: HEALTH + b"<StateOfMind " + repeated(b"a", 3_000_000) + b"></HealthData>",
    ),
    "ZIP, names of 60,000 signs": ("a.zip", lambda: zipped((f"{n}" + ".x" * 30_000, b"") for n in range(400))),
    "plan, descriptions of empty lines": (
        "a.ics",
        lambda: (
            b"BEGIN:VCALENDAR\n"
            + numbered(
                "BEGIN:VEVENT\nUID:%d\nDTSTART:20260504T080000Z\nRRULE:FREQ=DAILY\nSUMMARY:Run\nDESCRIPTION:"
                + r" \n" * 2500
                + "\nEND:VEVENT\n",
                460_000,
            )
            + b"END:VCALENDAR\n"
        ),
    ),
    "JSON, a figure of a million digits": (
        "a.json",
        lambda: b'[{"mood": ' + b"9" * 1_000_000 + b', "kind": "evening"}]',
    ),
    "JSON, blanks": ("a.json", lambda: repeated(b" ")),
    "table, a cell of 60 MB": ("mood.csv", lambda: b"date,mood,note\n2025-05-04,7," + b"x" * 60_000_000 + b"\n"),
    "table, a date of a million digits": ("mood.csv", lambda: b"date,mood\n" + b"2" * 1_000_000 + b",7\n"),
    "table, blanks": ("a.csv", lambda: repeated(b" ")),
    "check-ins, a sheet of 15 MB": (
        "a.csv",
        lambda: b"date,kind,mood,note\n" + numbered("2025-05-04,evening,7,n%d\n", 15_900_000),
    ),
    "check-ins, all of them faulty": (
        "a.json",
        lambda: b"[" + numbered('{"mood": 99, "energy": 5, "at": "x%d"},', 15_000_000) + b"{}]",
    ),
    "TCX, laps": (
        "a.tcx",
        lambda: b"<TrainingCenterDatabase><Activities><Activity>" + repeated(b"<Lap><Track/></Lap>"),
    ),
    "FIT, a definition of a billion records": (
        "a.fit",
        lambda: fit(FILE_ID + definition(1, 20, []) + repeated(b"\x01")),
    ),
    "FIT, records of a time alone": (
        "a.fit",
        lambda: fit(FILE_ID + definition(1, 20, [(253, 4, 134)]) + repeated(b"\x01\x00\x10\x20\x30")),
    ),
    "FIT, two kinds in turn": (
        "a.fit",
        lambda: fit(FILE_ID + definition(1, 20, []) + definition(2, 19, []) + repeated(b"\x01\x02")),
    ),
    "FIT, 255 fields of a developer": ("a.fit", developer_fields),
    "FIT, definitions": ("a.fit", definitions),
    "FIT, headers without end": ("a.fit", lambda: repeated(fit(b""))),
    "table, 62 MB": (
        "activities.csv",
        lambda: (
            b"Activity ID,Activity Date,Activity Name,Activity Type,Distance,Filename\n"
            + numbered('%d,"May 4, 2025, 8:00:00 AM",Run,Run,5.0,activities/1.fit.gz\n')
        ),
    ),
    "table, moods": ("mood.csv", lambda: b"date,mood,note\n" + repeated(b"2025-05-04 08:00,7,well\n")),
    "table, commas": ("a.csv", lambda: b"date,mood\n" + repeated(b",")),
    "table, quotes": ("a.csv", lambda: b"date,mood\n" + repeated(b'"')),
    "JSON, 300 MB": ("a.json", lambda: b"[" + repeated(b'{"a": 1},', 300_000_000) + b"1]"),
    "JSON, 62 MB of lists": ("a.json", lambda: b"[" + repeated(b"[],") + b"1]"),
    "JSON, deep": ("a.json", lambda: repeated(b"[")),
    "ZIP, three deep, gzip inside": ("a.zip", lambda: nested(3, zipped([("a.fit.gz", gzip.compress(bytes(BELOW)))]))),
    "ZIP, a thousand gzips of 64 MB": ("a.zip", bombs),
    "ZIP, 100,000 members": ("a.zip", lambda: zipped((f"{n}.fit", b"") for n in range(100_000))),
    "ZIP, 64 GB of zeros": ("a.zip", lambda: zipped([("a.fit", bytes(1 << 30))])),
    "gzip, 10 GB of zeros": ("a.fit.gz", lambda: gzip.compress(bytes(1 << 30), 1) * 10),
    "Apple, a workout without end": (
        "export.xml",
        lambda: HEALTH + b"<Workout " + repeated(b'a="b" ', 300_000_000),
    ),
    "Apple, workouts": (
        "export.xml",
        lambda: HEALTH + repeated(b'<Workout workoutActivityType="HKWorkoutActivityTypeRunning"/>', 300_000_000),
    ),
    "calendar": (
        "a.ics",
        lambda: (
            b"BEGIN:VCALENDAR\n" + numbered("BEGIN:VEVENT\nUID:%d\nDTSTART:20250504T080000Z\nSUMMARY:Run\nEND:VEVENT\n")
        ),
    ),
    "calendar, daily for ever": (
        "a.ics",
        lambda: (
            b"BEGIN:VCALENDAR\n"
            + numbered(
                "BEGIN:VEVENT\nUID:%d\nDTSTART:20150504T080000Z\nRRULE:FREQ=DAILY\nSUMMARY:Run\nEND:VEVENT\n", 5_500
            )
            + b"END:VCALENDAR\n"
        ),
    ),
    "calendar, a line of 60 MB": (
        "a.ics",
        lambda: b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Run " + b"5 " * 30_000_000 + b"\nEND:VEVENT\n",
    ),
    "calendar, a folded line without end": (
        "a.ics",
        lambda: b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20250504\nSUMMARY:Run" + repeated(b"\n x") + b"\nEND:VEVENT\n",
    ),
}


def main() -> None:
    """Make each file, import it, and tell what it cost."""
    wanted = sys.argv[1:]
    print(f"{'':40} {'MB':>5} {'CPU s':>6} {'MB held':>7}  told")
    for title, (name, make) in FILES.items():
        if wanted and not any(word in title for word in wanted):
            continue
        with tempfile.TemporaryDirectory(prefix="runmood-bench-") as scratch:
            path = Path(scratch) / name
            path.write_bytes(make())
            way = "plan" if name.endswith(".ics") else "import"
            command = [sys.executable, "-m", "runmood.cli.main", "--home", str(Path(scratch) / "home"), way, name]
            cost = cost_of(command, Path(scratch), {"PYTHONPATH": str(ROOT)})
            over = " <- beyond the bar" if cost.cpu_s > MOST_S or cost.peak_mb > MOST_MB else ""
            told = " / ".join(cost.said.splitlines()[1:3])[:100]
            print(
                f"{title:40} {path.stat().st_size / 1e6:5.0f} {cost.cpu_s:6.1f} {cost.peak_mb:7.0f}  {told}{over}",
                flush=True,
            )


if __name__ == "__main__":
    main()
