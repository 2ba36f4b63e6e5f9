"""Activities of GPX and TCX: what a file calls them, what belongs together, and what is none."""

from __future__ import annotations

import datetime as dt

import pytest
from readers.xml_drawn import EIGHT, activity, gpx, lap, only_run, point, tcx, timed, track, trackpoint, values

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import message
from runmood.core.notices import NOT_AN_ACTIVITY
from runmood.core.recordings import Totals
from runmood.readers.xml import read_xml
from runmood.schema.tables import LAPS

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
        assert activities[0].points["sampled_at"][0] <= activities[1].points["sampled_at"][0]


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
    LAPS.frame([{"recording_id": "x", **row} for row in run.laps])


def test_a_treadmill_without_samples_has_its_two_ends() -> None:
    """Laps alone tell when it began, how long it took and how far it was."""
    run = only_run(activity(lap(told=FIRST + HEART), lap("", told=SECOND)))
    assert run.points["sampled_at"].to_list() == [EIGHT, EIGHT + dt.timedelta(seconds=400.5)]
    assert run.points["distance_m"].to_list() == [0.0, 1200.0]
    assert run.totals.timer_s == 400.5


# --- something else ----------------------------------------------------------------------------------------

ROUTE = "instead.route"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (gpx("<rte><rtept lat='1' lon='2'><time>2025-05-04T08:00:00Z</time></rtept></rte>"), ROUTE),
        (gpx("<wpt lat='1' lon='2'/>"), ROUTE),
        (gpx(track(point(""), point("<ele>5</ele>"))), ROUTE),
        (tcx(f"<Courses><Course><Name>x</Name><Track>{trackpoint()}</Track></Course></Courses>"), "instead.course"),
        (tcx("<Workouts><Workout Sport='Running'><Name>x</Name></Workout></Workouts>"), "instead.workout"),
    ],
)  # fmt: skip
def test_what_is_no_activity_is_said_to_be_something_else(content: bytes, what: str) -> None:
    """Routes, courses and plans are set aside, not refused."""
    decoded = read_xml(content)
    assert decoded.activities == ()
    assert decoded.notices == (NOT_AN_ACTIVITY(what=message(what)),)


@pytest.mark.parametrize(
    "content",
    [
        gpx(),
        gpx("<trk><trkseg/></trk>"),
        gpx(track(point("<time>never</time>"))),
        gpx("<trk><type>running</type><trkseg/></trk>"),
        gpx("<metadata><time>2025-05-04T08:00:00Z</time></metadata><trk><type>cycling</type><trkseg/></trk>"),
        tcx(""),
    ],
)
def test_an_activity_without_a_sample_is_refused(content: bytes) -> None:
    """Nothing can be said of what names no run, or no moment."""
    with pytest.raises(UnreadableFileError) as refused:
        read_xml(content)
    assert refused.value.notice.code == "no-samples"


MOMENT = "<metadata><time>2025-05-04T08:00:00Z</time></metadata>"


@pytest.mark.parametrize(
    "content",
    [
        gpx(f"{MOMENT}<trk><type>treadmill_running</type><trkseg/></trk>"),
        gpx(f"{MOMENT}<trk><name>Laufen am Abend</name></trk>"),
        activity(),
        activity(lap(trackpoint().replace("2025", "20x5"))),
    ],
)
def test_a_run_without_a_sample_is_its_moment(content: bytes) -> None:
    """A file that names a run and when it was is a run of which no more is known."""
    (run,) = read_xml(content).activities
    assert run.points["sampled_at"].to_list() == [dt.datetime(2025, 5, 4, 8, tzinfo=dt.UTC)]
    assert run.points["distance_m"].to_list() == [None]
