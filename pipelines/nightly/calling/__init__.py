"""Who calls the nightly: Prefect (`schedule`), or cron, systemd or launchd (`units`); and when it is due (`clock`).

    schedule.serve_nightly(home, rhythm)   a Prefect server and a process that calls the flow, until interrupted
    PRINTED[kind](home)                    a unit to put where the system looks for it
    is_due(home, last, now)                whether a night was missed, or tonight's has not been done

Each may call as often as it likes: two never run at once, and a night is done once.
"""

from pipelines.nightly.calling.clock import is_due, last_due
from pipelines.nightly.calling.units import PRINTED

__all__ = ["PRINTED", "is_due", "last_due"]
