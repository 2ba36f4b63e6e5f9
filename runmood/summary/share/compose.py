"""The page as a whole: what always stands on it, then what the person chose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.summary.remarked import in_front
from runmood.summary.share.chosen import INCLUDED, MOST
from runmood.summary.share.parts import Block, Offered, SharedPage
from runmood.summary.share.picture.steps import dense
from runmood.summary.share.words import around, included, own, pictured, tallies
from runmood.summary.share.words.findings import findings
from runmood.terms.notices import CannotBeDoneError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from runmood.summary.share.chosen import Choice, Material
    from runmood.summary.share.parts import Item

LISTED_BY = {
    "finding": "`runmood findings` lists them; one that is new may wait for its turn.",
    "goal": "`runmood goal --all` lists them.",
    "note": "`runmood said` lists what you said.",
}


def offered(material: Material, choice: Choice) -> Offered:
    """What may be chosen, by name, each as it would stand on the page; notes of the period, the newest first.

    A finding that the person hid or disputes is not offered; it may still be named.
    """
    notes = own.notes(material, choice.first, choice.last)
    in_sight = replace(material, findings=in_front(material.findings, material.remarks))
    return Offered(findings(in_sight, choice), own.goals(material), notes)


def compose(material: Material, choice: Choice) -> SharedPage:
    """The page of a choice; the same choice of the same notes gives the same page."""
    if strange := set(choice.include) - set(INCLUDED):
        raise CannotBeDoneError(f"--include {min(strange)}: there is {', '.join(INCLUDED)}.")
    say, days = material.say, dense(material.days, choice.first, choice.last)
    return SharedPage(
        file=say("shared.file", first=f"{choice.first}", last=f"{choice.last}"),
        title=say("shared.title"),
        period=say.span(choice.first, choice.last),
        made_by=around.made_by(say, choice.name),
        invented=say("invented.sentence") if material.invented else "",
        question=own.question(say, choice.question),
        picture=pictured.picture(say, days),
        tallies=(tallies.helped(say, material.helped, days, choice), tallies.answered(say, days)),
        blocks=_blocks(material, choice, days),
        quality=around.quality(say, days, choice.findings),
        statement=say("statement"),
        last=choice.last,
        say=say,
    )


def _blocks(material: Material, choice: Choice, days: pl.DataFrame) -> tuple[Block, ...]:
    found = _picked("finding", findings(material, choice), choice.findings)
    goals = _picked("goal", own.goals(material), choice.goals)
    notes = _picked("note", own.notes(material), choice.notes)
    say, more = material.say, included.sentences(material.say, days, choice)
    blocks = (
        Block(say("shared.findings", day=choice.last), found),
        Block(say("shared.goals"), goals, beside=True),
        Block(say("shared.notes"), notes, beside=True),
        Block(say("shared.more"), more, beside=True),
    )
    return tuple(block for block in blocks if block.items)


def _picked(noun: str, offers: Mapping[str, Item], chosen: tuple[str, ...]) -> tuple[Item, ...]:
    """The offers whose names begin as chosen, each once; at most as many as a page holds."""
    names = tuple(dict.fromkeys(_named(noun, offers, which) for which in chosen))
    most = MOST[f"{noun}s"]
    if len(names) > most:
        raise CannotBeDoneError(f"One page holds {most} {noun}s, and {len(names)} were chosen. Leave some for later.")
    return tuple(offers[name] for name in names)


def _named(noun: str, offers: Mapping[str, Item], which: str) -> str:
    """The one offer meant: a finding by its code, a goal or a note by the beginning of its name."""
    found = [name for name in offers if name.startswith(which.lower())]
    if noun == "finding":
        found = [name for name in offers if name == which.upper()]
    if len(found) == 1:
        return found[0]
    fault = f"{len(found)} begin so; give more of the name" if found else "there is none of that name"
    raise CannotBeDoneError(f"--{noun} {which}: {fault}. {LISTED_BY[noun]}")
