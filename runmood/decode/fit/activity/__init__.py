"""The messages of one FIT file in, its activities out: one for each session.

is_activity(part) -> bool
clock_was_unset(part) -> bool
read_activities(part, hearts) -> list[DecodedRun]
"""

from __future__ import annotations

from runmood.decode.fit.activity.clock import clock_was_unset
from runmood.decode.fit.activity.sessions import is_activity, read_activities

__all__ = ["clock_was_unset", "is_activity", "read_activities"]
