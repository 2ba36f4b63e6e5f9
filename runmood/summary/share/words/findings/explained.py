"""Other explanations of what was seen, at least two for each, with the person's own counts where these tell more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runmood.summary.answers.told import Told
    from runmood.terms.speech import Speech

MISSED_RUNS = ("B1", "B2", "C3")
WORTH_SAYING = 0.1  # between the shares of rated evenings


def others(say: Speech, finding: Told) -> str:
    """What else may be behind it."""
    if finding.question in MISSED_RUNS:
        return _of_missed_runs(say, finding)
    return say(f"shared.otherwise.{finding.question}")


def _of_missed_runs(say: Speech, finding: Told) -> str:
    """Low mood first, or a full day; and evenings that were rated unevenly."""
    order = "low_first_held" if finding.facts.get("morning_used") else "low_first"
    told = [say(f"shared.otherwise.{order}"), say("shared.otherwise.full_day")]
    missed, run = (finding.facts.get(f"rated_{kind}_share") for kind in ("missed", "run"))
    if missed is not None and run is not None and abs(missed - run) > WORTH_SAYING:
        told.append(say("shared.otherwise.uneven", missed=float(missed), run=float(run)))
    return " ".join(told)
