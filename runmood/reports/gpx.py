"""Write points as GPX 1.1, the format that running programs share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from gpxpy import gpx

from runmood.core.errors import UserError
from runmood.core.i18n import message

if TYPE_CHECKING:
    import polars as pl


GARMIN = "http://www.garmin.com/xmlschemas/TrackPointExtension/v1"


class NoPlacesError(UserError):
    """A run without a single position, which GPX cannot hold."""


def as_gpx(points: pl.DataFrame, name: str) -> str:
    """Write a run as one GPX track, with a segment for each stretch without a pause.

    Args:
        points: rows of POINTS.
        name: the name of the track.

    Returns:
        The GPX document.

    Raises:
        NoPlacesError: no point has a position.
    """
    placed = points.drop_nulls(["latitude_deg", "longitude_deg"])
    if placed.is_empty():
        raise NoPlacesError(message("error.no_positions"))
    written: Any = gpx.GPX()
    track: Any = gpx.GPXTrack(name=name)
    written.creator = "runmood"
    written.nsmap["gpxtpx"] = GARMIN
    written.tracks.append(track)
    track.type = "running"
    for stretch in placed.partition_by("segment", maintain_order=True):
        track.segments.append(gpx.GPXTrackSegment([_point(row) for row in stretch.iter_rows(named=True)]))
    return str(written.to_xml("1.1"))


def _point(row: dict[str, Any]) -> gpx.GPXTrackPoint:
    point = gpx.GPXTrackPoint(row["latitude_deg"], row["longitude_deg"], row["altitude_m"], row["sampled_at"])
    extension = Element(f"{{{GARMIN}}}TrackPointExtension")
    if row["heart_bpm"] is not None:
        SubElement(extension, f"{{{GARMIN}}}hr").text = f"{row['heart_bpm']:.0f}"
    if row["cadence_spm"] is not None:
        SubElement(extension, f"{{{GARMIN}}}cad").text = f"{row['cadence_spm'] / 2:.0f}"  # GPX counts one foot
    if len(extension):
        point.extensions.append(extension)
    return point
