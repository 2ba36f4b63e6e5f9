"""GPX and TCX: one reader, two tables of names.

    read_xml(content) -> DecodedFile

`parser` gathers the texts of a file through expat, of a damaged one too, and `fast_path` faster where samples look
alike. `formats` names the elements of each format, `frames` converts texts to samples, `activities` builds the runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Message, Name, message
from runmood.core.notices import BROKEN_FILE, NO_SAMPLES, NOT_AN_ACTIVITY
from runmood.core.recordings import DecodedFile
from runmood.readers.detect import unknown_file_notice, xml_format
from runmood.readers.registry import reader
from runmood.readers.xml.activities import to_activities
from runmood.readers.xml.fast_path import parse_regular_xml
from runmood.readers.xml.formats import TABLES
from runmood.readers.xml.frames import samples
from runmood.readers.xml.parser import collect_elements, repair

if TYPE_CHECKING:
    from runmood.readers.xml.parser import ParsedXml


MOST_TAGS = 6_000_000  # a tag and what it says take some 25 bytes, and a file has 64 MB at most


def _is_gpx(content: bytes) -> bool:
    return xml_format(content) == "gpx"


def _is_tcx(content: bytes) -> bool:
    return xml_format(content) == "tcx"


@reader("gpx", version=2, files=[r".*\.gpx(?:\.(?:gz|txt|xml))?"], accepts=_is_gpx)
@reader("tcx", version=2, files=[r".*\.tcx(?:\.(?:gz|txt|xml))?"], accepts=_is_tcx)
def read_xml(content: bytes) -> DecodedFile:
    """Return the activities in a GPX or TCX file, or a notice that says what it is instead: a route, a course.

    A damaged file gives every sample that can be read, marked partial.

    Returns:
        The activities and the notices about the file.

    Raises:
        UnreadableFileError: The file is no GPX or TCX, or has no sample that can be read.
    """
    content = _trimmed(content)
    format_ = xml_format(content)
    if format_ is None:
        raise UnreadableFileError(unknown_file_notice(content))
    names = TABLES[format_]
    if content.count(b"<") > MOST_TAGS:
        fault = message("xml_fault.too_much.tags", most=MOST_TAGS)
        raise UnreadableFileError(BROKEN_FILE(format=Name(names.title), fault=fault))
    gathered = parse_regular_xml(content, names) or collect_elements(content, names)
    if gathered.fault and not gathered.is_too_much:
        gathered = repair(content, gathered)
    name = gathered.names.format
    runs = tuple(to_activities(gathered, samples(gathered)))
    if runs:
        return DecodedFile(name, runs)
    if gathered.fault:
        raise UnreadableFileError(BROKEN_FILE(format=Name(gathered.names.title), fault=gathered.fault))
    what = _instead(gathered)
    if what is None:
        raise UnreadableFileError(NO_SAMPLES(format=Name(gathered.names.title)))
    return DecodedFile(name, (), (NOT_AN_ACTIVITY(what=what),))


def _trimmed(content: bytes) -> bytes:
    """Strip the blanks that some exports write before a TCX, and the zeros that a full disk leaves after the end."""
    wide = b"\x00" in content[:4]
    return content if wide else content.lstrip().rstrip(b" \t\r\n\x00")


def _instead(gathered: ParsedXml) -> Message | None:
    """Return what a file without a usable sample is; null when it is an activity that lost them."""
    if gathered.names.format == "gpx":
        untimed = gathered.samples and "sampled_at" not in gathered.texts.keys() | gathered.marked.keys()
        return message("instead.route") if untimed or gathered.elements & {"wpt", "rte"} else None
    if any(activity.element == "Course" for activity in gathered.activities):
        return message("instead.course")
    return message("instead.workout") if "Workout" in gathered.elements else None
