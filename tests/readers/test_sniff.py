"""What a file is, told from its bytes."""

from __future__ import annotations

import gzip

import pytest

from runmood.core.errors import UnreadableFileError
from runmood.readers import decode
from runmood.readers.detect import xml_format
from runmood.readers.xml import read_xml

GPX = "<gpx><trk/></gpx>"
TCX = "<TrainingCenterDatabase/>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (GPX.encode(), "gpx"),
        (b'<?xml version="1.0" encoding="UTF-8"?>\n' + GPX.encode(), "gpx"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>" + GPX.encode(), "gpx"),
        (b"          <?xml version='1.0'?>" + TCX.encode(), "tcx"),
        (('<?xml version="1.0" encoding="UTF-16"?>' + GPX).encode("utf-16"), "gpx"),
        (('<?xml version="1.0" encoding="UTF-16BE"?>' + TCX).encode("utf-16-be"), "tcx"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><!-- L\xe4ufe -->" + GPX.encode(), "gpx"),
        (b"<!-- a comment with <TrainingCenterDatabase> in it -->" + GPX.encode(), "gpx"),
        (b"<g:gpx xmlns:g='x'/>", "gpx"),
        (b"<t:TrainingCenterDatabase xmlns:t='x'/>", "tcx"),
        (b"1.0' encoding='UTF-8'?><gpx version='1.1'>", "gpx"),
        (b'.5" lon="8"><ele>1</ele></trkpt><trkpt lat="1" lon="2">', "gpx"),
        (b"<Activities><Activity Sport='Running'>", "tcx"),
        (b"\x00\x81garbage<Trackpoint><Time>", "tcx"),
    ],
)
def test_watch_files_are_known_by_their_content(content: bytes, expected: str) -> None:
    """Byte order marks, leading blanks, encodings, comments, prefixes and a lost beginning hide nothing."""
    assert xml_format(content) == expected


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "a web page"),
        (b"\r\n<html lang='de'><head>", "a web page"),
        (b"<HTML><BODY>an example: <gpx></BODY></HTML>", "a web page"),
        (b'{"error": "unauthorized"}', "JSON"),
        (b"[1, 2]", "JSON"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n0000", "a picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (gzip.compress(b"x", mtime=0), "a gzip file that cannot be unpacked"),
        (b"date,mood\n2025-01-01,7\n", "text"),
        ("Läufe und mehr".encode(), "text"),
        (bytes(range(256)), "an unknown kind of file"),
        (b"\x0e\x10\xd9\x07\x00\x00\x00\x00.FIT\x00\x00", "an unknown kind of file"),
        (b"<kml><Placemark/></kml>", "XML of another kind (<kml>)"),
        (b"<?xml version='1.0'?><rss version='2'/>", "XML of another kind (<rss>)"),
    ],
)
def test_other_files_are_named(content: bytes, looks_like: str) -> None:
    """A file from elsewhere is refused with a word on what it is."""
    with pytest.raises(UnreadableFileError) as refused:
        read_xml(content)
    assert refused.value.notice.code == "not-a-watch-file"
    assert str(dict(refused.value.notice.message.values)["looks_like"]) == looks_like


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", b"\x00" * 5000])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    """Nothing, blanks and zeros are an empty file."""
    with pytest.raises(UnreadableFileError) as refused:
        read_xml(content)
    assert refused.value.notice.code == "empty-file"


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE gpx SYSTEM "file:///etc/passwd"><gpx/>',
        b"<!doctype TrainingCenterDatabase [<!ENTITY a 'b'>]><TrainingCenterDatabase/>",
        b"<!-- harmless --><!DOCTYPE gpx><gpx/>",
    ],
)
def test_a_doctype_is_refused_before_anything_is_read(content: bytes) -> None:
    """No watch writes a DOCTYPE, and it can do harm."""
    with pytest.raises(UnreadableFileError) as refused:
        read_xml(content)
    assert refused.value.notice.code == "forbidden-xml"


def test_a_blank_before_a_fit_file_is_no_crash() -> None:
    """A FIT file that a form feed was put before is refused with a sentence, whatever else strips blanks."""
    with pytest.raises(UnreadableFileError) as refused:
        decode(b"\x0c" + b"\x0e\x10\xd9\x07\x00\x00\x00\x00.FIT\x00\x00")
    assert refused.value.notice.code == "not-a-watch-file"
