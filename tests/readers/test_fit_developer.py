"""Fields that apps and sensors add stand in for columns the watch leaves empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readers.fit_bytes import (
    RECORD,
    RECORD_FIELDS,
    START,
    TEXT,
    UINT8,
    UINT16,
    UINT32,
    Triple,
    data,
    definition,
    file_id,
    fit,
    session,
)

from runmood.readers.fit import read_fit

if TYPE_CHECKING:
    import polars as pl

    from runmood.core.recordings import DecodedRun


def only(content: bytes) -> DecodedRun:
    """The one activity in a file."""
    (activity,) = read_fit(content).activities
    return activity


def described(number: int, base: int, name: str, units: str, *, native: int = 0xFF) -> bytes:
    """A developer's description of one field."""
    fields = [(0, 1, UINT8), (1, 1, UINT8), (2, 1, UINT8), (3, 16, TEXT), (8, 8, TEXT), (15, 1, UINT8)]
    return definition(5, 206, fields) + data(5, "BBB16s8sB", 0, number, base, name.encode(), units.encode(), native)


def developed(*descriptions: bytes, native: list[Triple] | None = None, values: list[tuple[Any, ...]]) -> pl.DataFrame:
    """A run whose records carry developer fields of two bytes."""
    fields = [(253, 4, UINT32), *(native or [])]
    developer = [(number, 2, 0) for number in range(len(descriptions))]
    made = b"".join(descriptions) + definition(0, RECORD, fields, developer=developer)
    return only(fit(file_id(), made, *(data(0, *each) for each in values), session())).points


def test_a_developer_field_fills_an_empty_column_by_its_native_number() -> None:
    """Power from a foot pod stands where the watch has none."""
    points = developed(
        described(0, UINT16, "Watt", "?", native=7), values=[("IH", START, 250), ("IH", START + 1, 0xFFFF)]
    )
    assert points["power_w"].to_list() == [250.0, None]


def test_a_developer_field_fills_an_empty_column_by_name_and_unit() -> None:
    """Without a native number its name tells, if the unit fits: steps of both feet stay what they are."""
    points = developed(
        described(0, UINT16, "Power", "Watts"),
        described(1, UINT16, "Cadence", "spm"),
        values=[("IHH", START, 250, 172)],
    )
    assert points["power_w"].to_list() == [250.0]
    assert points["cadence_spm"].to_list() == [172.0]


def test_a_developer_field_of_another_unit_fills_nothing() -> None:
    """A "Distance" in kilometres is not our distance."""
    points = developed(described(0, UINT16, "Distance", "km"), values=[("IH", START, 5)])
    assert points["distance_m"].to_list() == [None]


def test_a_developer_field_never_overwrites_the_native_one() -> None:
    """The watch's own power stays."""
    points = developed(
        described(0, UINT16, "Power", "Watts", native=7), native=[(7, 2, UINT16)], values=[("IHH", START, 300, 250)]
    )
    assert points["power_w"].to_list() == [300.0]


def test_a_developer_field_of_no_size_is_stepped_over() -> None:
    """Some apps declare fields of zero bytes."""
    made = described(0, 0x88, "Power", "Watts", native=7)
    made += definition(0, RECORD, RECORD_FIELDS, developer=[(0, 0, 0)]) + data(0, "IIBB", START, 0, 140, 85)
    assert only(fit(file_id(), made, session())).points["power_w"].to_list() == [None]
