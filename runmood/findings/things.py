"""How questions that look at several things at once are worded: which stood out, with counts, size and range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from runmood.core.enums import EvidenceStrength
from runmood.core.i18n import capital, readable
from runmood.findings.answers import describe_effect, seen_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.question import RenderContext, ShareContext


def standing_out(finding: FindingRow) -> Iterator[dict[str, Any]]:
    """Yield the things that are seen, the strongest first."""
    return (thing for thing in finding.facts.get("things") or () if thing.get("seen"))


def values(say: Translator, thing: dict[str, Any]) -> dict[str, object]:
    """Return the size of a thing's difference with its range, and on how many entries it was noted and not noted."""
    effect = describe_effect(say, float(thing["effect"]), thing.get("effect_least"), thing.get("effect_most"))
    return effect | {"among": int(thing["with"]), "others": int(thing["without"])}


def render(finding: FindingRow, context: RenderContext, choices: str, others: Iterable[str]) -> FindingView:
    """Word the things on the page; their names are from `choices`, or the person's own."""
    say, code = context.say, finding.question
    strength = capital(say.choice("strength", finding.strength or EvidenceStrength.SOME))
    since = say.date_near(finding.since, context.as_of) if finding.since else ""
    saw = []
    for thing in standing_out(finding):
        told = values(say, thing)
        saw.append(say(f"questions.{code}.{told['side']}", thing=_name(say, choices, thing), **told))
    return seen_view(
        say,
        f"questions.{code}.title",
        saw=saw,
        sure=[
            say("things.tonight_since" if since else "things.tonight", strength=strength, since=since),
            say("things.together"),
            say("things.withdrawn"),
        ],
        others=others,
        some_do=[say("things.some_do")],
    )


def share(finding: FindingRow, context: ShareContext, choices: str, otherwise: str) -> str:
    """Word the things for a shared page; `otherwise` stands for a name of the person's own that is not ticked."""
    say, told = context.say, []
    for thing in standing_out(finding):
        name = context.name(choices, str(thing["thing"]), otherwise)
        told.append(say(f"questions.{finding.question}.share.thing", thing=name, **values(say, thing)))
    return say("things.share", things="; ".join(told))


def good(say: Translator, finding: FindingRow, choices: str) -> str:
    """Word the things that went with better moods; empty without any."""
    better = [thing for thing in standing_out(finding) if thing["effect"] > 0]
    names = [say("things.good_thing", thing=_name(say, choices, thing)) for thing in better]
    return say("things.good", names=names) if names else ""


def _name(say: Translator, choices: str, thing: dict[str, Any]) -> str:
    return readable(say.choice(choices, str(thing["thing"])))
