"""Other explanations of what was seen, at least two for each, with the person's own counts where these tell more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runmood.summary.answers.told import Told
    from runmood.summary.share.words.findings.seen import Saying

WORTH_SAYING = 0.1  # between the shares of rated evenings
OTHERWISE = {
    "A1": "It may have been a race, a day out or a longer way than meant; the weeks before may have been quiet.",
    "A5": "An infection on its way, short sleep, heat, a full time elsewhere or a hard block may look alike.",
    "A6": "Heat, hills, a cold on its way or runs of another kind may explain as much.",
    "A7": "Figures to look at; no line is drawn.",
    "B3": "Other things may have helped without being noted, or low days had little room for them.",
    "B5": "The mark may stand for another time of the day, or the run was short and agreed with a professional.",
    "B6": "More running has reasons of its own, and who feels well before a run has less room to feel better.",
    "B7": "The plan may not have been kept up to date, or a friend, the weather or a race moved the days.",
    "B8": "Not tested. Rest, illness, travel or a full time may have come with such days.",
    "C1": (
        "Daylight, company or a thing well done may have had their part, and the runs with both moods noted may be "
        "the ones worth noting."
    ),
    "C2": "Kinds often come together, and may have been chosen on days that were good, or hard, already.",
    "C4": "A good evening makes one notice more of what helped, and hard days may call for some of these things.",
    "S1": "Weeks can be heavy for reasons no diary holds, and tired evenings are often noted lower than the day was.",
}


def others(saying: Saying) -> str:
    """What else may be behind it."""
    return OTHERWISE.get(saying.finding.question) or _of_missed_runs(saying.finding)


def _of_missed_runs(finding: Told) -> str:
    """Low mood first, or a full day; and evenings that were rated unevenly."""
    order = (
        "Low mood may have come first, though the morning's mood was held equal where it was noted"
        if finding.facts.get("morning_used")
        else "Low mood may have come first; the notes cannot tell"
    )
    missed, run = (finding.facts.get(f"rated_{kind}_share") for kind in ("missed", "run"))
    uneven = ""
    if missed is not None and run is not None and abs(missed - run) > WORTH_SAYING:
        uneven = f" {missed:.0%} of the evenings of missed runs were rated and {run:.0%} of those of runs done."
    return f"{order}. A full day may explain both, the missed run and the evening.{uneven}"
