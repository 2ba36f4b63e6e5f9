"""Cutting out samples of one shape is only a faster way to the same reading."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.xml_readings import as_read

from runmood.readers.xml.fast_path import parse_regular_xml
from runmood.readers.xml.formats import GPX, TCX, FormatSpec
from runmood.readers.xml.parser import collect_elements


def point(number: int, inside: str = "<ele>1.5</ele><time>2025-05-04T08:00:00Z</time>") -> str:
    """A track point."""
    return f'<trkpt lat="48.{number}" lon="11.{number}">{inside}</trkpt>'


def gpx(inside: str) -> bytes:
    """A GPX file with one segment."""
    return f"<gpx><trk><name>x</name><trkseg>{inside}</trkseg></trk></gpx>".encode()


REGULAR = "".join(point(number) for number in range(20))


@pytest.mark.parametrize(
    "content",
    [
        gpx(REGULAR),
        gpx(REGULAR.replace("><", ">\r\n\t<")),
        gpx(f"{REGULAR}<cmt>\x7f`^~</cmt>"),
        gpx(REGULAR + point(1, "<time/>") + point(2, "") + REGULAR),
        gpx(REGULAR + "<trkpt lat='1' lon='2'/>" + REGULAR),
        gpx(f"{REGULAR}</trkseg><trkseg>{REGULAR}</trkseg></trk><trk><trkseg>{REGULAR}"),
        gpx(REGULAR.replace("trkpt", "g:trkpt").replace("ele>", "g:ele>")),
        b"\xef\xbb\xbf" + gpx(REGULAR),
        b"<?xml version='1.0' encoding='ISO-8859-1'?>" + gpx(f"<x>\xe4</x>{REGULAR}").replace(b"\xc3", b""),
    ],
)
def test_samples_of_one_shape_are_read_the_fast_way(content: bytes) -> None:
    """However the file is laid out, and whatever irregular samples lie between them."""
    shaped = parse_regular_xml(content, GPX)
    assert shaped is not None
    assert sum(len(letters) for _, letters in shaped.marks) >= 20
    assert as_read(shaped) == as_read(collect_elements(content, GPX))


@pytest.mark.parametrize(
    "content",
    [
        gpx(f"<!-- {REGULAR} -->{REGULAR}"),
        gpx(f"{REGULAR}<![CDATA[{REGULAR}]]>"),
        gpx(f"<cmt>{REGULAR}</cmt>"),
        gpx(REGULAR)[:-20],
        gpx(REGULAR.replace("</ele>", "</elf>")),
        gpx(REGULAR + "<a></b>"),
        gpx(f"<trkpt lat='1' lon='1'>{REGULAR}</trkpt>"),
        gpx("").decode().encode("utf-16"),
        gpx(REGULAR).decode().encode("utf-16"),
        gpx(f"{REGULAR}<cmt>\x7f`^~{{}}|</cmt>"),
        gpx(""),
    ],
)
def test_what_is_unlike_the_expected_is_left_to_the_plain_reader(content: bytes) -> None:
    """Samples in comments, in texts or in other samples, damage, every mark in use, other alphabets."""
    assert parse_regular_xml(content, GPX) is None


INSIDES = st.lists(
    st.sampled_from(
        [
            "<ele>1</ele>", "<ele> 2 </ele>", "<ele/>", "<ele></ele>", "<ele>1</ele><ele>3</ele>",
            "<ele>a&amp;b</ele>", "<time>2025-05-04T08:00:00Z</time>", "<time>\n2025-05-04T08:00:01Z\n</time>",
            "<extensions><hr>1</hr></extensions>", "<extensions><x:hr a='1'>140</x:hr></extensions>",
            "<hr>1<cad>2</cad>3</hr>", "<name>\xe4</name>", "\n  ", "text",
            "<hr>]]></hr>", "<?go on?>", "<a b='>'/>", "<hr>5</hr >", "<trkpt>", "</trkpt>", "&", "\x01",
        ]
    ),
    max_size=5,
).map("".join)  # fmt: skip
PLACES = st.sampled_from(
    ["", ' lat="1" lon="2"', " lat='1' lon='2'", ' lat = "1"\n lon="2" ele="7"', ' lat="&#49;"', ' lat="a>b"', " lat=1"]
)
BETWEEN = st.sampled_from(["", "\n", "x", "</trkseg><trkseg>", "<trkseg>", "</trkseg></trk><trk><trkseg>", "<wpt/>"])


@settings(max_examples=500, deadline=None)
@given(samples=st.lists(st.tuples(PLACES, INSIDES, BETWEEN, st.integers(1, 4)), min_size=1, max_size=5))
def test_both_ways_agree_on_any_samples(samples: list[tuple[str, str, str, int]]) -> None:
    """Well-formed or not, alike or not: the fast way gives the same, or nothing."""
    content = gpx(
        "".join(f"<trkpt{place}>{inside}</trkpt>" * times + between for place, inside, between, times in samples)
    )
    shaped, plain = parse_regular_xml(content, GPX), collect_elements(content, GPX)
    if shaped is not None:
        assert plain.fault is None
        assert as_read(shaped) == as_read(plain)


@pytest.mark.parametrize(("names", "root"), [(GPX, "gpx"), (TCX, "TrainingCenterDatabase")])
@pytest.mark.parametrize(
    "filling", ["<", "<a", "<trkpt ", "<Trackpoint>", "<trkpt>\n", '<trkpt lat="', "<trkpt></trkpt"]
)
def test_looking_for_shapes_takes_no_longer_than_the_file_is_long(names: FormatSpec, root: str, filling: str) -> None:
    """A megabyte of beginnings without ends is soon given up."""
    assert parse_regular_xml(f"<{root}>{filling * (1_000_000 // len(filling))}".encode(), names) is None
