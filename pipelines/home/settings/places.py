"""The country of a time zone, from the list that comes with the time zones themselves."""

from __future__ import annotations

LIST = ("tzdata", "zoneinfo", "zone.tab")  # lines of: country, position, zone


def country_of(time_zone: str) -> str | None:
    """Two letters, such as PT for Europe/Lisbon; null for a zone of no country, such as UTC."""
    from importlib.resources import files  # noqa: PLC0415 - a check-in does not wait for it

    lines = files(LIST[0]).joinpath(*LIST[1:]).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == time_zone), None)
