"""GPX and TCX, drawn small: what each way of writing means."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from runmood.decode.xml import read_xml
from runmood.terms import columns
from runmood.terms.notices import UnreadableFile
from runmood.terms.records import DecodedRun, Totals

EIGHT = dt.datetime(2025, 5, 4, 8, tzinfo=dt.UTC)


def point(inside: str = "<time>2025-05-04T08:00:00Z</time>", place: str = 'lat="48.1" lon="11.5"') -> str:
    """A track point."""
    return f"<trkpt {place}>{inside}</trkpt>"


def timed(minutes: float, inside: str = "") -> str:
    """A track point so many minutes after eight."""
    at = EIGHT + dt.timedelta(minutes=minutes)
    return point(f"<time>{at:%Y-%m-%dT%H:%M:%SZ}</time>{inside}")


def track(*points: str, head: str = "") -> str:
    """A track of one segment."""
    return f"<trk>{head}<trkseg>{''.join(points)}</trkseg></trk>"


def gpx(*parts: str, attributes: str = 'creator="Watch"') -> bytes:
    """A GPX file."""
    return f'<?xml version="1.0"?><gpx version="1.1" {attributes}>{"".join(parts)}</gpx>'.encode()


def tcx(inside: str) -> bytes:
    """A TCX file."""
    return f'<TrainingCenterDatabase xmlns:ns3="x">{inside}</TrainingCenterDatabase>'.encode()


def activity(*laps: str, sport: str = "Running", tail: str = "") -> bytes:
    """A TCX file with one activity."""
    head = f'<Activity Sport="{sport}"><Id>2025-05-04T08:00:00Z</Id>'
    return tcx(f"<Activities>{head}{''.join(laps)}{tail}</Activity></Activities>")


def trackpoint(seconds: float = 0, inside: str = "") -> str:
    """A TCX point so many seconds after eight."""
    at = EIGHT + dt.timedelta(seconds=seconds)
    return f"<Trackpoint><Time>{at:%Y-%m-%dT%H:%M:%SZ}</Time>{inside}</Trackpoint>"


def lap(*tracks: str, start: str = "2025-05-04T08:00:00Z", told: str = "") -> str:
    """A TCX lap; each of the tracks is a text of points."""
    body = "".join(f"<Track>{points}</Track>" for points in tracks)
    return f'<Lap StartTime="{start}">{told}{body}</Lap>'


def only_run(content: bytes) -> DecodedRun:
    """The one activity in a file."""
    (run,) = read_xml(content).activities
    columns.RECORDED.check(run.points)
    return run


def values(content: bytes, column: str) -> list[Any]:
    """One column of the one activity."""
    return only_run(content).points[column].to_list()


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
    assert run.points["at"].to_list() == [dt.datetime.fromisoformat(expected).replace(tzinfo=dt.UTC)]
    assert run.utc_offset_s == offset


@pytest.mark.parametrize("text", ["", " ", "yesterday", "2025-13-01T00:00:00Z", "2025-05-04", "2025-05-04T08:00:00Q"])
def test_a_point_without_a_usable_time_is_left_out(text: str) -> None:
    """It is counted, and the others stay."""
    run = only_run(gpx(track(timed(0), point(f"<time>{text}</time>"), point(""), timed(1))))
    assert run.points.height == 2
    assert [notice.sentence for notice in run.notices] == ["2 samples without a usable time were left out."]


def test_the_offset_in_the_metadata_serves_where_the_points_have_none() -> None:
    """Gadgetbridge writes its offset there only."""
    head = "<metadata><time>2025-05-04T10:00:00+02:00</time></metadata>"
    assert only_run(gpx(head, track(timed(0)))).utc_offset_s == 7200


# --- numbers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12.5", 12.5), (" 12.5\n", 12.5), ("-3", -3.0), ("0", 0.0), ("1e2", 100.0), ("", None), ("  ", None),
     ("NaN", None), ("inf", None), ("12,5", None), ("high", None), ("9" * 400, None)],
)  # fmt: skip
def test_a_text_that_is_no_number_is_null(text: str, expected: float | None) -> None:
    """Sea level is 0, and blank, NaN, a decimal comma or a word spoil that value only."""
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
        ('lat="48,1" lon="11,5"', (None, None)),
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


# --- sports and names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "sport", "sub_sport"),
    [
        ("running", "running", None),
        ("Run", "running", None),
        ("9", "running", None),
        ("trail_running", "running", "trail"),
        ("TrailRun", "running", "trail"),
        ("Trail Running", "running", "trail"),
        ("treadmill_running", "running", "treadmill"),
        ("Treadmill", "running", "treadmill"),
        ("track_running", "running", "track"),
        ("VirtualRun", "running", "virtual"),
        ("1", "cycling", None),
        ("Ride", "cycling", None),
        ("road_biking", "cycling", None),
        ("HIKING", "hiking", None),
        ("10", "walking", None),
        ("lap_swimming", "swimming", None),
        ("Kitesurf", "kitesurf", None),
        ("99", None, None),
        ("other", None, None),
        ("", None, None),
    ],
)
def test_sports_have_one_word(said: str, sport: str | None, sub_sport: str | None) -> None:
    """Words and Strava's numbers, in any spelling; what a file leaves open stays null."""
    run = only_run(gpx(track(timed(0), head=f"<type>{said}</type>")))
    assert (run.sport, run.sub_sport) == (sport, sub_sport)


@pytest.mark.parametrize(
    ("said", "sport"), [("Running", "running"), ("Biking", "cycling"), ("Other", None), ("", None)]
)
def test_tcx_sports_have_the_same_words(said: str, sport: str | None) -> None:
    """`Other` says nothing."""
    assert only_run(activity(lap(trackpoint()), sport=said)).sport == sport


def test_name_and_device_come_from_where_the_format_keeps_them() -> None:
    """The track's name before the file's; a link's or an author's name is neither."""
    author = "<metadata><author><name>Ann</name></author><name>Of the file</name></metadata>"
    link = "<link href='x'><type>text/html</type><text>y</text></link>"
    named = only_run(gpx(author, track(timed(0), head=f"{link}<name> Sunday &amp; sun </name>")))
    assert (named.name, named.device, named.sport) == ("Sunday & sun", "Watch", None)
    assert only_run(gpx(author, track(timed(0)), attributes="")).name == "Of the file"
    assert only_run(gpx(author, track(timed(0)), attributes="")).device is None
    tail = "<Notes>Easy</Notes><Creator><Name>Forerunner</Name></Creator>"
    run = only_run(activity(lap(trackpoint()), tail=tail))
    assert (run.name, run.device) == ("Easy", "Forerunner")


# --- what belongs together ---------------------------------------------------------------------------------


def test_segments_count_up() -> None:
    """From nought, at each segment that has samples."""
    content = gpx(f"<trk><trkseg>{timed(0)}{timed(1)}</trkseg><trkseg/><trkseg>{timed(9)}</trkseg></trk>")
    assert values(content, "segment") == [0, 0, 1]


def test_a_new_lap_is_no_pause() -> None:
    """Within a lap a new Track is a pause; at a lap's beginning only when the watch stood still."""
    content = activity(
        lap(trackpoint(0) + trackpoint(1), trackpoint(60)),
        lap(trackpoint(61)),
        lap(trackpoint(300), trackpoint(301)),
    )
    assert values(content, "segment") == [0, 0, 1, 1, 2, 3]


@pytest.mark.parametrize(
    ("first", "second", "runs"),
    [
        ((0, "running"), (20, "running"), 1),
        ((0, "running"), (35, "running"), 1),
        ((0, "running"), (50, "running"), 2),
        ((50, "running"), (0, "running"), 2),
        ((0, "running"), (5, "running"), 1),
        ((0, "running"), (20, "cycling"), 2),
        ((0, ""), (20, ""), 1),
    ],
)
def test_tracks_far_apart_or_of_other_sports_are_other_runs(
    first: tuple[int, str], second: tuple[int, str], runs: int
) -> None:
    """Tracks of ten minutes, the second begins so late: half an hour between, or another sport, parts them."""
    tracks = [track(timed(at), timed(at + 10), head=f"<type>{sport}</type>") for at, sport in (first, second)]
    activities = read_xml(gpx(*tracks)).activities
    assert len(activities) == runs
    if runs == 1:
        assert activities[0].points["segment"].to_list() == [0, 0, 1, 1]
    else:
        assert [run.points["segment"].to_list() for run in activities] == [[0, 0], [0, 0]]
        assert activities[0].points["at"][0] <= activities[1].points["at"][0]


def test_each_tcx_activity_is_one_run() -> None:
    """In a list of activities, and in a session of several sports."""
    one = f'<Activity Sport="Running">{lap(trackpoint(0))}</Activity>'
    two = f'<Activity Sport="Biking">{lap(trackpoint(1))}</Activity>'
    several = read_xml(tcx(f"<Activities>{one}{two}</Activities>"))
    session = f"<MultiSportSession><FirstSport>{one}</FirstSport><NextSport>{two}</NextSport></MultiSportSession>"
    for decoded in (several, read_xml(tcx(f"<Activities>{session}</Activities>"))):
        assert [(run.sport, run.points.height) for run in decoded.activities] == [("running", 1), ("cycling", 1)]


# --- laps --------------------------------------------------------------------------------------------------

FIRST = "<TotalTimeSeconds>300</TotalTimeSeconds><DistanceMeters>1000</DistanceMeters>"
HEART = "".join(
    f"<{name}HeartRateBpm><Value>{value}</Value></{name}HeartRateBpm>"
    for name, value in (("Average", 150), ("Maximum", 180))
)
SECOND = "<TotalTimeSeconds>100.5</TotalTimeSeconds><DistanceMeters>200</DistanceMeters>"


def test_laps_and_totals_are_as_the_watch_told_them() -> None:
    """Each lap is a row of LAPS, and the totals are their sums."""
    second = lap(trackpoint(300), start="2025-05-04T10:05:00+02:00", told=SECOND)
    run = only_run(activity(lap(trackpoint(0), told=FIRST + HEART), second))
    common = {"elapsed_s": None}
    assert run.laps == (
        {"lap": 1, "started_at": EIGHT, "moving_s": 300.0, "distance_m": 1000.0, "heart_bpm": 150.0, **common},
        {
            "lap": 2,
            "started_at": EIGHT + dt.timedelta(minutes=5),
            "moving_s": 100.5,
            "distance_m": 200.0,
            "heart_bpm": None,
            **common,
        },
    )
    assert run.totals == Totals(distance_m=1200.0, timer_s=400.5, heart_bpm=150.0)
    columns.LAPS.frame([{"recording_id": "x", **row} for row in run.laps])


def test_a_treadmill_without_samples_has_its_two_ends() -> None:
    """Laps alone tell when it began, how long it took and how far it was."""
    run = only_run(activity(lap(told=FIRST + HEART), lap("", told=SECOND)))
    assert run.points["at"].to_list() == [EIGHT, EIGHT + dt.timedelta(seconds=400.5)]
    assert run.points["distance_m"].to_list() == [0.0, 1200.0]
    assert run.totals.timer_s == 400.5


# --- something else ----------------------------------------------------------------------------------------

ROUTE = "a route or course without times"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (gpx("<rte><rtept lat='1' lon='2'><time>2025-05-04T08:00:00Z</time></rtept></rte>"), ROUTE),
        (gpx("<wpt lat='1' lon='2'/>"), ROUTE),
        (gpx(track(point(""), point("<ele>5</ele>"))), ROUTE),
        (tcx(f"<Courses><Course><Name>x</Name><Track>{trackpoint()}</Track></Course></Courses>"), "a course"),
        (tcx("<Workouts><Workout Sport='Running'><Name>x</Name></Workout></Workouts>"), "a planned workout"),
    ],
)  # fmt: skip
def test_what_is_no_activity_is_said_to_be_something_else(content: bytes, what: str) -> None:
    """Routes, courses and plans are set aside, not refused."""
    decoded = read_xml(content)
    assert decoded.activities == ()
    assert [notice.code for notice in decoded.notices] == ["not-an-activity"]
    assert f"This is {what}," in decoded.notices[0].sentence


@pytest.mark.parametrize(
    "content",
    [
        gpx(),
        gpx("<trk><trkseg/></trk>"),
        gpx(track(point("<time>never</time>"))),
        tcx(""),
        activity(),
        activity(lap(trackpoint().replace("2025", "20x5"))),
    ],
)
def test_an_activity_without_a_sample_is_refused(content: bytes) -> None:
    """Nothing can be said of such a run."""
    with pytest.raises(UnreadableFile) as refused:
        read_xml(content)
    assert refused.value.notice.code == "no-samples"
