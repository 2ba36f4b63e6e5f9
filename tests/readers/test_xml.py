"""Samples of GPX and TCX: what each way of writing a value means."""

from __future__ import annotations

import datetime as dt

import pytest
from readers.xml_drawn import activity, gpx, lap, only_run, point, timed, track, trackpoint, values

from runmood.core.notices import SAMPLES_DROPPED

# --- times -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected", "offset"),
    [
        ("2025-05-04T08:00:00Z", "2025-05-04T08:00:00", None),
        ("2025-05-04T08:00:00z", "2025-05-04T08:00:00", None),
        ("2025-05-04T08:00:00", "2025-05-04T08:00:00", None),
        ("2025-05-04 08:00:00Z", "2025-05-04T08:00:00", None),
        ("2025-05-04T10:00:00+02:00", "2025-05-04T08:00:00", 7200),
        ("2025-05-04T10:00:00+0200", "2025-05-04T08:00:00", 7200),
        ("2025-05-04T10:00:00+02", "2025-05-04T08:00:00", 7200),
        ("2025-05-04T02:30:00.5-05:30", "2025-05-04T08:00:00.500000", -19800),
        ("2025-05-04T08:00:00+00:00", "2025-05-04T08:00:00", None),
        ("2025-05-04T08:00:00.1Z", "2025-05-04T08:00:00.100000", None),
        ("2025-05-04T08:00:00.123456789Z", "2025-05-04T08:00:00.123456", None),
        ("2025-05-04T08:00:00,250Z", "2025-05-04T08:00:00.250000", None),
        ("\n  2025-05-04T08:00:00Z\t", "2025-05-04T08:00:00", None),
        ("1999-12-31T23:59:59Z", "1999-12-31T23:59:59", None),
    ],
)
def test_times_are_read_as_they_are_written(text: str, expected: str, offset: int | None) -> None:
    """Z, an offset or nothing, up to nine digits after the second: all are UTC; an offset is remembered."""
    run = only_run(gpx(track(point(f"<time>{text}</time>"))))
    assert run.points["sampled_at"].to_list() == [dt.datetime.fromisoformat(expected).replace(tzinfo=dt.UTC)]
    assert run.utc_offset_s == offset


@pytest.mark.parametrize("text", ["", " ", "yesterday", "2025-13-01T00:00:00Z", "2025-05-04", "2025-05-04T08:00:00Q"])
def test_a_point_without_a_usable_time_is_left_out(text: str) -> None:
    """It is counted, and the others stay."""
    run = only_run(gpx(track(timed(0), point(f"<time>{text}</time>"), point(""), timed(1))))
    assert run.points.height == 2
    assert run.notices == (SAMPLES_DROPPED(count=2),)


def test_the_offset_in_the_metadata_serves_where_the_points_have_none() -> None:
    """Gadgetbridge writes its offset there only."""
    head = "<metadata><time>2025-05-04T10:00:00+02:00</time></metadata>"
    assert only_run(gpx(head, track(timed(0)))).utc_offset_s == 7200


# --- numbers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12.5", 12.5), (" 12.5\n", 12.5), ("-3", -3.0), ("0", 0.0), ("1e2", 100.0), ("", None), ("  ", None),
     ("NaN", None), ("inf", None), ("12,5", 12.5), ("1,234.5", None), ("high", None), ("9" * 400, None)],
)  # fmt: skip
def test_a_text_that_is_no_number_is_null(text: str, expected: float | None) -> None:
    """Sea level is 0, a comma may stand for the point, and blank, NaN or a word spoil that value only."""
    assert values(gpx(track(timed(0, f"<ele>{text}</ele>"), timed(1, "<ele>1</ele>"))), "altitude_m") == [expected, 1.0]


def test_an_empty_element_is_null() -> None:
    """`<ele/>` says nothing."""
    assert values(gpx(track(timed(0, "<ele/>"), timed(1, "<ele>1</ele>"))), "altitude_m") == [None, 1.0]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ('lat="48.1" lon="11.5"', (48.1, 11.5)),
        ("lon='11.5' lat='48.1'", (48.1, 11.5)),
        ('lat="0" lon="0"', (0.0, 0.0)),
        ('lat="91" lon="11.5"', (None, None)),
        ('lat="48.1" lon="-180.1"', (None, None)),
        ('lat="48.1"', (None, None)),
        ('lat="48,1" lon="11,5"', (48.1, 11.5)),
        ('lat="NaN" lon="NaN"', (None, None)),
        ("", (None, None)),
    ],
)
def test_a_position_off_the_globe_is_null(place: str, expected: tuple[float | None, float | None]) -> None:
    """Half a position is none; the sample stays for its other values."""
    run = only_run(gpx(track(point(place=place))))
    assert (run.points["latitude_deg"][0], run.points["longitude_deg"][0]) == expected


# --- extensions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "column", "expected"),
    [
        (
            "<extensions><g:TrackPointExtension><g:hr>142.0</g:hr></g:TrackPointExtension></extensions>",
            "heart_bpm",
            142,
        ),
        ("<extensions><hr>142</hr></extensions>", "heart_bpm", 142),
        ("<extensions><gpxdata:hr>142</gpxdata:hr></extensions>", "heart_bpm", 142),
        ("<hr>142</hr>", "heart_bpm", 142),
        ("<extensions><heartrate>142</heartrate></extensions>", "heart_bpm", 142),
        ("<extensions><ns3:TPE><ns3:atemp>21.5</ns3:atemp></ns3:TPE></extensions>", "temperature_c", 21.5),
        ("<extensions><gpxdata:temp>-4</gpxdata:temp></extensions>", "temperature_c", -4),
        ("<extensions><power>250</power></extensions>", "power_w", 250),
        ("<extensions><pwr:PowerInWatts>250</pwr:PowerInWatts></extensions>", "power_w", 250),
        ("<speed>3.5</speed>", "speed_m_s", 3.5),
        ("<extensions><osmand:speed>3.5</osmand:speed></extensions>", "speed_m_s", 3.5),
        ("<extensions><gpxdata:distance>1234.5</gpxdata:distance></extensions>", "distance_m", 1234.5),
        ("<extensions><g:TPE><g:cad>85</g:cad></g:TPE></extensions>", "cadence_spm", 170),
        ("<extensions><gpxdata:cadence>85</gpxdata:cadence></extensions>", "cadence_spm", 170),
        ("<hdop>9</hdop><extensions><x:hr_zone>3</x:hr_zone></extensions>", "heart_bpm", None),
    ],
)
def test_extensions_are_known_by_their_local_names(inside: str, column: str, expected: float | None) -> None:
    """Garmin's, Cluetrust's, OsmAnd's and plain elements, with or without a prefix, declared or not."""
    assert values(gpx(track(timed(0, inside))), column) == [expected]


def test_prefixed_gpx_and_other_encodings_are_read() -> None:
    """Every element may carry a prefix, and the text any encoding that the file declares."""
    text = f'<g:gpx creator="Läufer"><g:trk><g:name>Größe</g:name><g:trkseg>{timed(0)}</g:trkseg></g:trk></g:gpx>'
    text = text.replace("<trkpt", "<g:trkpt").replace("</trkpt", "</g:trkpt")
    for encoding in ("UTF-8", "ISO-8859-1", "windows-1252", "UTF-16"):
        run = only_run(f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding))
        assert (run.name, run.device, run.points.height) == ("Größe", "Läufer", 1)


def test_comments_and_cdata_are_no_samples() -> None:
    """A track point in a comment was not run."""
    hidden = f"<!-- {timed(5)} --><name><![CDATA[{timed(6)}]]></name>"
    run = only_run(gpx(track(timed(0), timed(1), head=hidden)))
    assert run.points.height == 2
    assert run.name == timed(6)


# --- cadence -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sport", "written", "expected"),
    [
        ("running", [80, 85, 90], [160, 170, 180]),
        ("", [80, 85, 90], [160, 170, 180]),
        ("walking", [55, 56, 57], [110, 112, 114]),
        ("running", [160, 170, 180], [160, 170, 180]),
        ("running", [0, 90, 170], [0, 90, 170]),
        ("cycling", [80, 85, 90], [80, 85, 90]),
    ],
)
def test_cadence_is_of_both_feet(sport: str, written: list[int], expected: list[int]) -> None:
    """One leg is doubled; a writer whose fastest tenth is above 120 counted both; a bicycle has no steps."""
    points = [timed(minute, f"<cad>{cadence}</cad>") for minute, cadence in enumerate(written)]
    assert values(gpx(track(*points, head=f"<type>{sport}</type>")), "cadence_spm") == expected


def test_tcx_cadence_of_a_run_is_of_one_leg() -> None:
    """In whichever of its two elements it stands."""
    extension = (
        "<Extensions><ns3:TPX><ns3:Speed>2.5</ns3:Speed><ns3:RunCadence>85</ns3:RunCadence></ns3:TPX></Extensions>"
    )
    content = activity(lap(trackpoint(0, "<Cadence>80</Cadence>") + trackpoint(1, extension)))
    assert values(content, "cadence_spm") == [160, 170]
    assert values(content, "speed_m_s") == [None, 2.5]
