"""An outing as TCX, with Garmin's activity extension for speed and cadence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.invent.watch.outing import laps, timer_s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.invent.watch.outing import Outing

SPORTS = {"running": "Running", "cycling": "Biking"}
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" \
xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Activities><Activity Sport="{sport}"><Id>{time}</Id>
"""
TAIL = """<Creator xsi:type="Device_t"><Name>{device}</Name></Creator></Activity></Activities>
</TrainingCenterDatabase>
"""
# The format wants calories; the runner's watch does not count them.
LAP = """<Lap StartTime="{time}"><TotalTimeSeconds>{timer:.1f}</TotalTimeSeconds>\
<DistanceMeters>{metres:.2f}</DistanceMeters><Calories>0</Calories>\
<AverageHeartRateBpm><Value>{heart:.0f}</Value></AverageHeartRateBpm>\
<Intensity>Active</Intensity><TriggerMethod>Distance</TriggerMethod>
"""
POINT = """<Trackpoint><Time>{time}</Time>{place}<DistanceMeters>{metres:.2f}</DistanceMeters>\
<HeartRateBpm><Value>{heart:.0f}</Value></HeartRateBpm>\
<Extensions><ns3:TPX><ns3:Speed>{speed:.3f}</ns3:Speed>{feet}</ns3:TPX></Extensions></Trackpoint>
"""
PLACE = """<Position><LatitudeDegrees>{latitude:.7f}</LatitudeDegrees>\
<LongitudeDegrees>{longitude:.7f}</LongitudeDegrees></Position><AltitudeMeters>{altitude:.1f}</AltitudeMeters>"""


def write_tcx(outing: Outing) -> bytes:
    """The outing as the bytes of a TCX activity; each pause begins a new track."""
    samples = outing.samples.with_columns(time=pl.col("sampled_at").dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    head = HEAD.format(sport=SPORTS[outing.sport], time=samples.item(0, "time"))
    return f"{head}{''.join(_laps(samples))}{TAIL.format(device=outing.device)}".encode()


def _laps(samples: pl.DataFrame) -> Iterator[str]:
    """Each lap, with its samples; the last of all belongs to the last lap."""
    for lap in laps(samples):
        inside = samples[lap.first : lap.last + 1]
        metres = inside.item(-1, "distance_m") - inside.item(0, "distance_m")
        heart = np.mean(inside["heart_bpm"].to_numpy())
        yield LAP.format(time=inside.item(0, "time"), timer=timer_s(inside), metres=metres, heart=heart)
        held = inside if lap.last == samples.height - 1 else inside[:-1]
        for track in held.partition_by("segment", maintain_order=True):
            yield f"<Track>\n{''.join(_points(track))}</Track>\n"
        yield "</Lap>\n"


def _points(samples: pl.DataFrame) -> Iterator[str]:
    """Each sample as a track point."""
    columns = ("time", "latitude_deg", "longitude_deg", "altitude_m", "distance_m", "heart_bpm", "speed_m_s")
    feet = samples["cadence_spm"].to_list()
    for row, spm in zip(samples.select(columns).iter_rows(), feet, strict=True):
        time, latitude, longitude, altitude, metres, heart, speed = row
        place = "" if latitude is None else PLACE.format(latitude=latitude, longitude=longitude, altitude=altitude)
        cadence = "" if spm is None else f"<ns3:RunCadence>{spm / 2:.0f}</ns3:RunCadence>"
        yield POINT.format(time=time, place=place, metres=metres, heart=heart, speed=speed, feet=cadence)
