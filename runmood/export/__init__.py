"""A run in, a file for other programs out.

    as_gpx(points, name) -> GPX 1.1 as text, with heart rate and cadence; null values are left out, never 0

It holds places: whoever writes it into a file says so to the person.
"""

from runmood.export.gpx import NoPlacesError, as_gpx

__all__ = ["NoPlacesError", "as_gpx"]
