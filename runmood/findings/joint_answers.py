"""How questions that look at several things at once are worded: which stood out, with counts, size and range."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

from runmood.core.i18n import readable
from runmood.findings.answers import Claim, answered_view
from runmood.findings.multiplicity import strength_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.question import RenderContext, ShareContext


def standing_out(finding: FindingRow) -> Iterator[dict[str, Any]]:
    """Yield the things that are seen, the strongest first."""
    return (thing for thing in finding.facts.get("things") or () if thing.get("seen"))


def claim_of(finding: FindingRow, thing: dict[str, Any]) -> Claim:
    """Return what the notes claim of one thing, on its own evidence."""
    e_value, since = float(thing["e_value"]), thing.get("since")
    return Claim(
        hypothesis=f"{finding.question} {thing['thing']}",
        night=finding.night,
        side="higher",
        estimate=float(thing["effect"]),
        least=thing.get("effect_least"),
        most=thing.get("effect_most"),
        e_value=e_value,
        strength=strength_of(math.log(e_value)),
        since=dt.date.fromisoformat(since) if since else None,
        both_sides=True,
    )


def values(say: Translator, finding: FindingRow, thing: dict[str, Any]) -> dict[str, object]:
    """Return the size of a thing's difference with its range, and on how many entries it was noted and not noted."""
    claimed = claim_of(finding, thing).values(say)
    return claimed | {"among": int(thing["with"]), "others": int(thing["without"])}


def render(finding: FindingRow, context: RenderContext, choices: str, others: Iterable[str]) -> FindingView:
    """Word the things on the page, each with its own evidence; their names are from `choices`, or the person's own."""
    say, code = context.say, finding.question
    saw, sure = [], []
    for thing in standing_out(finding):
        claim, told, name = claim_of(finding, thing), values(say, finding, thing), _name(say, choices, thing)
        saw.append(say(f"questions.{code}.{told['side']}", thing=name, **told))
        strength = say.choice("strength", claim.strength)
        since = say.date_near(claim.since, context.as_of) if claim.since else ""
        sure.append(
            say("things.tonight_since" if since else "things.tonight", strength=strength, since=since, thing=name)
        )
    return answered_view(
        say,
        f"questions.{code}.title",
        saw=saw,
        sure=[*sure, say("things.together"), say("things.withdrawn")],
        others=others,
        some_do=[say("things.some_do")],
    )


def share(finding: FindingRow, context: ShareContext, choices: str, otherwise: str) -> str:
    """Word the things for a shared page; `otherwise` stands for a name of the person's own that is not ticked."""
    say, told = context.say, []
    for thing in standing_out(finding):
        name = context.name(choices, str(thing["thing"]), otherwise)
        told.append(say(f"questions.{finding.question}.share.thing", thing=name, **values(say, finding, thing)))
    return say("things.share", things="; ".join(told))


def good(say: Translator, finding: FindingRow, choices: str) -> str:
    """Word the things that went with better moods; empty without any."""
    better = [thing for thing in standing_out(finding) if thing["effect"] > 0]
    names = [say("things.good_thing", thing=_name(say, choices, thing)) for thing in better]
    return say("things.good", names=names) if names else ""


def _name(say: Translator, choices: str, thing: dict[str, Any]) -> str:
    return readable(say.choice(choices, str(thing["thing"])))
