"""Damaged files give what can be read; files made to do harm give nothing and do none."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runmood.core.errors import UnreadableFileError
from runmood.readers.xml import parser, read_xml
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedRun


def point(second: int) -> str:
    """A track point with a heart rate."""
    place = f'lat="48.{second:04d}" lon="11.5"'
    heart = f"<extensions><x:TPE><x:hr>{100 + second}</x:hr></x:TPE></extensions>"
    return f"<trkpt {place}>\n <ele>500.5</ele>\n <time>2025-05-04T08:00:{second:02d}Z</time>\n {heart}\n</trkpt>\n"


def gpx(*points: str, name: str = "Run") -> bytes:
    """A GPX file of one track."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx creator="Watch">'
    return f"{head}<trk><name>{name}</name><trkseg>{''.join(points)}</trkseg></trk></gpx>".encode()


def tcx(count: int = 20) -> bytes:
    """A TCX file of two laps."""
    points = [
        f"<Trackpoint><Time>2025-05-04T08:00:{second:02d}.000Z</Time><DistanceMeters>{second * 3}</DistanceMeters>"
        f"<HeartRateBpm><Value>{100 + second}</Value></HeartRateBpm></Trackpoint>\n"
        for second in range(count)
    ]
    halves = (points[: count // 2], points[count // 2 :])
    laps = "".join(
        '<Lap StartTime="2025-05-04T08:00:00Z"><TotalTimeSeconds>10</TotalTimeSeconds>'
        f"<DistanceMeters>30</DistanceMeters><Track>{''.join(half)}</Track></Lap>"
        for half in halves
    )
    activity = f'<Activity Sport="Running"><Id>2025-05-04T08:00:00Z</Id>{laps}</Activity>'
    return f"<TrainingCenterDatabase><Activities>{activity}</Activities></TrainingCenterDatabase>".encode()


POINTS = [point(second) for second in range(30)]
WHOLE = gpx(*POINTS)


def only_run(content: bytes) -> DecodedRun:
    """The one activity in a file."""
    (run,) = read_xml(content).activities
    RAW_SAMPLES.check(run.points)
    return run


def codes(run: DecodedRun) -> list[str]:
    """The kinds of its notices."""
    return [notice.code for notice in run.notices]


# --- damage ------------------------------------------------------------------------------------------------


def test_a_torn_file_gives_what_stands_before_the_tear() -> None:
    """Every whole sample is kept, the run is marked partial, and the notice says how many there are."""
    torn = WHOLE[: WHOLE.index(b"08:00:20") + 4]
    run = only_run(torn)
    assert run.points["heart_bpm"].drop_nulls().to_list() == list(range(100, 120))
    assert run.partial
    (notice,) = run.notices
    told = dict(notice.message.values)
    assert (notice.code, told["format"], told["samples"]) == ("damaged", "GPX", run.points.height)


def test_a_torn_tcx_tells_no_totals() -> None:
    """The laps that are lost would be missing in them."""
    content = tcx()
    run = only_run(content[: content.rindex(b"<Trackpoint>")])
    assert (run.points.height, run.partial, run.totals.distance_m) == (19, True, None)
    assert len(run.laps) == 2
    assert only_run(content).totals.distance_m == 60


def test_only_the_run_with_the_damage_is_partial() -> None:
    """What stood whole before it stays whole."""
    far = point(1).replace("2025", "2026")
    content = gpx(point(0)).removesuffix(b"</gpx>") + f"<trk><trkseg>{far}<trkpt".encode()
    assert [run.partial for run in read_xml(content).activities] == [False, True]


@pytest.mark.parametrize("name", ["Run & fun", "fish &nbsp; chips", "AT&T;", "bell\x07", "zero\x00"])
def test_small_breaches_are_mended(name: str) -> None:
    """A lone ampersand, an entity of the web or a control character costs no sample, and is said."""
    run = only_run(gpx(*POINTS, name=name))
    assert (run.points.height, run.partial, codes(run)) == (30, False, ["mended"])
    assert run.name is not None
    assert run.name.replace("\x07", "").startswith(name[:3])


def test_bytes_of_another_encoding_are_mended() -> None:
    """Old writers declare UTF-8 and write Western European."""
    run = only_run(gpx(*POINTS, name="Läufe").replace("ä".encode(), b"\xe4"))
    assert (run.name, run.points.height, codes(run)) == ("Läufe", 30, ["mended"])


def test_a_wrong_encoding_is_mended() -> None:
    """An encoding that nobody knows is not believed."""
    assert only_run(WHOLE.replace(b"UTF-8", b"WATCH-8")).points.height == 30


def test_a_mended_breach_in_the_middle_saves_the_rest() -> None:
    """The samples after it are there too."""
    broken = [*POINTS[:10], "<cmt>a & b</cmt>", *POINTS[10:]]
    assert only_run(gpx(*broken)).points.height == 30


@pytest.mark.parametrize("head", ["<trk><name>I <3 running</name><trkseg>", "<gpx version=1><trk><trkseg>", "</gpx>"])
def test_reading_goes_on_after_a_damaged_beginning(head: str) -> None:
    """When nothing could be read before the damage, the first whole sample after it is where reading begins."""
    run = only_run(f"<gpx>{head}{''.join(POINTS)}</trkseg></trk></gpx>".encode())
    assert (run.points.height, run.partial) == (30, True)
    assert codes(run) == ["damaged"]


def test_a_file_without_its_beginning_is_read() -> None:
    """As after a disk's repair."""
    run = only_run(WHOLE[WHOLE.index(b"08:00:04") :])
    assert run.points["heart_bpm"].to_list() == list(range(105, 130))


def test_a_tcx_without_its_beginning_is_read() -> None:
    """From the first whole lap or sample on."""
    content = tcx()
    assert only_run(content[content.index(b"08:00:05") :]).points.height == 14


@pytest.mark.parametrize("tail", [b"\x00" * 4096, b"\n\n", b" \x00\r\n"])
def test_zeros_and_blanks_after_the_end_are_nothing(tail: bytes) -> None:
    """A full disk leaves zeros; nothing is lost by them."""
    run = only_run(WHOLE + tail)
    assert (run.points.height, run.partial, run.notices) == (30, False, ())


def test_blanks_before_the_beginning_are_nothing() -> None:
    """Strava writes ten of them before a TCX."""
    run = only_run(b"          " + b'<?xml version="1.0"?>' + tcx())
    assert (run.points.height, run.partial, run.notices) == (20, False, ())


@pytest.mark.parametrize("content", [b"<gpx", b"<gpx><trk><trkseg><trkpt lat='1'", b"<trkpt lat=", b"<Trackpoint><Ti"])
def test_a_file_of_which_nothing_is_left_is_refused(content: bytes) -> None:
    """With a word on what is wrong."""
    with pytest.raises(UnreadableFileError) as refused:
        read_xml(content)
    assert refused.value.notice.code == "broken-file"


# --- harm --------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE gpx [<!ENTITY l0 "ha">{LAUGHS}]>',
        f'<!DOCTYPE gpx [<!ENTITY l8 "{"a" * 100_000}">]>',
        '<!DOCTYPE gpx [<!ENTITY l8 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE gpx SYSTEM "http://example.org/gpx.dtd">',
        '<!DOCTYPE gpx [<!ENTITY l8 "small">]>',
        "<!DOCTYPE gpx>",
    ],
)
@pytest.mark.parametrize("blanks", [0, 10_000])
def test_a_doctype_is_refused(doctype: str, blanks: int) -> None:
    """Entities that explode, or that read other files, are never expanded, however late they stand."""
    content = f"<?xml version='1.0'?>{' ' * blanks}{doctype}".encode() + gpx(*POINTS, name="&l8;")[38:]
    with pytest.raises(UnreadableFileError) as refused:
        read_xml(content)
    assert refused.value.notice.code == "forbidden-xml"


def nested(count: int) -> str:
    """So many elements, each within the one before."""
    return "<a>" * count + "</a>" * count


@pytest.mark.parametrize(
    ("where", "samples"),
    [
        ("<gpx>{harm}</gpx>", 0),
        ("<gpx><trk><trkseg>{points}</trkseg></trk>{harm}</gpx>", 30),
        ("<gpx><trk><trkseg>{points}<trkpt lat='1' lon='1'>{harm}</trkpt></trkseg></trk></gpx>", 30),
        ("<gpx><trk><trkseg>{points}<trkpt lat='1' lon='1'><ele>{harm}</ele></trkpt></trkseg></trk></gpx>", 30),
    ],
)
@pytest.mark.parametrize("harm", [nested(300_000), "x" * 12_000_000], ids=["nested", "long"])
def test_depth_and_length_have_an_end(where: str, samples: int, harm: str) -> None:
    """Three hundred thousand nested elements, or a text of twelve megabytes: what stands before is kept."""
    content = where.format(harm=harm, points="".join(POINTS)).encode()
    tracemalloc.start()
    try:
        run = only_run(content) if samples else None
        if run is None:
            with pytest.raises(UnreadableFileError):
                read_xml(content)
        else:
            assert (run.points.height, run.partial) == (samples, True)
        assert tracemalloc.get_traced_memory()[1] < 12 * len(content)
    finally:
        tracemalloc.stop()


def test_samples_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a million samples are no run; the cap is lowered here."""
    monkeypatch.setattr(parser, "MOST_SAMPLES", 10)
    monkeypatch.setattr("runmood.readers.xml.fast_path.MOST_SAMPLES", 10)
    run = only_run(WHOLE)
    assert run.partial
    assert "more than 10 samples" in str(run.notices[0].message)


# --- any damage --------------------------------------------------------------------------------------------

FILES = st.sampled_from([WHOLE, tcx(), WHOLE.replace(b"\n", b""), gpx(*POINTS[:3], name="Läufe")])


@settings(max_examples=300, deadline=None)
@given(
    content=FILES,
    flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6),
    begin=st.integers(0, 200),
    keep=st.floats(0, 1),
)
def test_any_damage_gives_a_run_or_a_reason(
    content: bytes, flips: list[tuple[int, int]], begin: int, keep: float
) -> None:
    """Whatever bytes are changed, lost before or lost after: samples that keep the promise, or `UnreadableFile`."""
    damaged = bytearray(content)
    for place, value in flips:
        damaged[place % len(damaged)] = value
    torn = bytes(damaged[begin if begin > 100 else 0 : round(keep * len(damaged))])
    try:
        decoded = read_xml(torn)
    except UnreadableFileError:
        return
    for run in decoded.activities:
        RAW_SAMPLES.check(run.points)
        assert 0 < run.points.height <= 31


@settings(max_examples=100, deadline=None)
@given(keep=st.integers(0, len(WHOLE)))
def test_a_longer_piece_never_gives_less(keep: int) -> None:
    """Every sample that stands whole before the tear is read, with all its values."""
    whole_points = WHOLE[:keep].count(b"</trkpt>")
    if whole_points:
        run = only_run(WHOLE[:keep])
        assert run.points["heart_bpm"].drop_nulls().to_list()[:whole_points] == list(range(100, 100 + whole_points))


def test_tracks_without_end_are_read_so_far_as_watches_write() -> None:
    """A million tracks of a point each are no recording; the first twenty thousand are read and it is said."""
    track = f"<trk><trkseg>{point(1)}</trkseg></trk>"
    (run,) = read_xml(f"<gpx>{track * 12_000}</gpx>".encode()).activities
    assert run.partial
    assert len(run.points) in range(10_000, 12_000)


def test_names_without_end_are_read_so_far_as_writers_name() -> None:
    """A file in which every sample has names of its own is read up to where no writer has so many."""
    odd = "".join(f"{point(1)[:-9]}<a{number}/></trkpt>" for number in range(30_000))
    (run,) = read_xml(gpx(odd)).activities
    assert run.partial
    assert len(run.points) < 30_000


@pytest.mark.parametrize("begins", [b'<gpx creator="', b"<gpx><!--", b"<gpx "])
def test_a_tag_without_end_is_not_read(begins: bytes) -> None:
    """The parser would look at it from its beginning again with each portion, and note every attribute."""
    with pytest.raises(UnreadableFileError, match="one tag is longer than 1,024 kB"):
        read_xml(begins + b"".join(b'a%d="1" ' % number for number in range(300_000)).replace(b'"', b"'"))


def test_tags_without_end_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that holds little but tags would take a minute for each way to read it."""
    monkeypatch.setattr("runmood.readers.xml.MOST_TAGS", 10)
    with pytest.raises(UnreadableFileError, match="more than 10 XML tags"):
        read_xml(WHOLE)
