"""Recordings, check-ins and plans from drawn rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from drawn import number

from runmood.core.recordings import FileStat
from runmood.schema.tables import POINTS
from runmood.warehouse.file_rows import FileRead, Recording
from runmood.warehouse.writer import Warehouse

if TYPE_CHECKING:
    from pathlib import Path

BATCH = "20250601-200000"


def moment(text: str) -> dt.datetime:
    """A moment in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def recording(row: dict[str, str]) -> Recording:
    """A recording as drawn: its name, when it began, minutes, kilometres, and what else the row says."""
    begins, seconds = moment(row["begins"]), 60 * float(row["minutes"])
    distance, heart = number(row["km"]), number(row.get("heart", ""))
    local = moment(row.get("clock") or row["begins"])
    measured = {
        "recording_id": row["file"],
        "content_hash": f"content of {row['file']}",
        "format": row.get("format", "") or "gpx",
        "started_at": begins,
        "ended_at": begins + dt.timedelta(seconds=seconds),
        "local_date": local.date(),
        "local_clock": f"{local:%H:%M}",
        "time_zone": "UTC" if row.get("zone", "home") == "home" else row["zone"],
        "zone_source": "home" if row.get("zone", "home") == "home" else "place",
        "status": row.get("status") or "run",
        "distance_m": distance and distance * 1000,
        "distance_source": row.get("by", "device") if distance else None,
        "elapsed_s": seconds,
        "moving_s": seconds,
        "pace_s_km": distance and seconds / distance,
        "ascent_m": number(row.get("climb", "")),
        "ascent_source": row.get("climb by") or None,
        "heart_bpm": heart,
        "heart_coverage": number(row.get("covered", "")) or (1.0 if heart else None),
        "heart_max_bpm": number(row.get("top", "")) or heart,
        "effort": number(row.get("effort", "")),
        "name": row.get("name") or None,
        "device": row.get("device") or None,
        "device_serial": row.get("serial") or None,
        "sub_sport": row.get("sub sport") or None,
        "samples": int(seconds),
        "partial": row.get("partial") == "yes",
        "start_latitude_deg": number(row.get("lat", "")),
        "start_longitude_deg": number(row.get("lon", "")),
    }
    times = [row.split(":") for row in row.get("heart times", "").split()]
    told = [
        {"recording_id": row["file"], "heart_bpm": int(bpm), "lasted_s": 60 * float(lasted)} for bpm, lasted in times
    ]
    return Recording(measured, POINTS.empty(), heart_rate_histogram=told)


def file_of(row: dict[str, str]) -> FileRead:
    """The file of a drawn recording."""
    name = f"inbox/{row['file']}"
    return FileRead(name, FileStat(1, moment("2025-01-01")), "run", f"content of {row['file']}", (recording(row),))


def open_store(folder: Path) -> Warehouse:
    """A warehouse in an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return Warehouse(folder, folder / "points")


def check_in(row: dict[str, str]) -> dict[str, object]:
    """A row of CHECK_INS as drawn."""
    felt_at = moment(row["felt"])
    told: dict[str, object] = {
        "check_in_id": f"{row['felt']} {row['kind']}",
        "local_clock": row["felt"][-5:],
        "utc_offset": "+00:00",
        "felt_at": felt_at,
        "local_date": dt.date.fromisoformat(row["of"]) if row.get("of") else felt_at.date(),
        "kind": row["kind"],
        "mood": number(row["mood"]),
        "late": row.get("late") == "yes",
        "source": row.get("source") or "hand",
        "edited": False,
    }
    optional = {
        "energy": number(row.get("energy", "")),
        "effort": number(row.get("effort", "")),
        "pain": number(row.get("pain", "")),
        "tags": row["tags"].split() if row.get("tags") else None,
        "skip_reason": row.get("skipped") or None,
    }
    return told | optional


def plan(row: dict[str, str]) -> dict[str, object]:
    """A row of PLANS as drawn."""
    far, minutes = number(row.get("km", "")), number(row.get("minutes", ""))
    return {
        "local_date": dt.date.fromisoformat(row["day"]),
        "planned": row["planned"],
        "name": row.get("name") or None,
        "distance_m": far and far * 1000,
        "planned_s": minutes and minutes * 60,
        "plan_source": "file",
        "said_at": moment(row.get("said") or "1970-01-01"),
        "versions": 1,
    }
