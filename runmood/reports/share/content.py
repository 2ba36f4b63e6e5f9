"""What stands on every page: who made it from what, how far its figures carry, and what was not looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.enums import DAY_TAGS, DayKind
from runmood.core.errors import UserError
from runmood.core.i18n import capital, readable
from runmood.findings.registry import QUESTIONS
from runmood.reports.findings import in_front
from runmood.reports.models import Grid
from runmood.reports.share import models
from runmood.reports.share.chart import LANES, RUN_KINDS, course_of, dense, pace_of
from runmood.reports.share.findings import findings
from runmood.reports.share.models import (
    INCLUDED,
    MOST,
    Block,
    Item,
    Picture,
    SharedPage,
    ShareOptions,
    Tally,
    shown_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from runmood.core.i18n import Translator
    from runmood.reports.share.chart import DaySeries, Pace, Step
    from runmood.reports.share.models import ShareData, ShareSelection


LONGEST_NAME = 60
TESTED = {question.code for question in QUESTIONS if question.spec.kind == "tested"}


def made_by(say: Translator, name: str | None) -> str:
    """Who made the page and from what; a name where the person put it there."""
    told = " ".join(readable(name or "").split())[:LONGEST_NAME].strip()
    return say("shared.made_by_name", who=told) if told else say("shared.made_by")


def quality(say: Translator, days: pl.DataFrame, findings: tuple[str, ...]) -> Block:
    """How much of the time is known, how findings were tested, and what was not looked at."""
    told = (_known(say, days), _tested(say, {code.upper() for code in findings}), say("shared.quality.not_looked_at"))
    return Block(say("shared.quality.title"), tuple(Item("", words) for words in told if words))


def _known(say: Translator, days: pl.DataFrame) -> str:
    """How many of the days tell whether there was a run, and how many evenings are rated."""
    known, rated = (int(days[name].is_not_null().sum()) for name in ("runs", "mood_evening"))
    counts = {"known": known, "rated": rated, "days": days.height, "share": rated / days.height}
    late = int(days["mood_evening_late"].fill_null(value=False).sum())
    return say("shared.quality.known_late", **counts, late=late) if late else say("shared.quality.known", **counts)


def _tested(say: Translator, codes: set[str]) -> str:
    """How the findings were tested, and which were only counted; empty without findings."""
    if not codes & TESTED:
        return say("shared.quality.only_counts") if codes else ""
    told = say("shared.quality.tested")
    return " ".join((told, say("shared.quality.also_counts"))) if codes - TESTED else told


# --- What else of the time a person ticked, a sentence each.

WEEK = 7
NAMES_SHOWN = 6


def sentences(say: Translator, days: pl.DataFrame, choice: ShareSelection) -> tuple[Item, ...]:
    """A sentence for each thing ticked, in one order whichever was ticked first."""
    told: dict[str, Callable[[], str | None]] = {
        "distance": lambda: _distance(say, days),
        "pace": lambda: _pace(say, days),
        "kinds": lambda: _kinds(say, days, choice),
        "reasons": lambda: _reasons(say, days, choice),
        "sleep": lambda: _scale(say, "sleep", days),
        "stress": lambda: _scale(say, "stress", days),
    }
    return tuple(
        Item(say(f"shared.included.title.{name}"), tell() or say("shared.included.nothing"))
        for name, tell in told.items()
        if name in choice.include
    )


def _distance(say: Translator, days: pl.DataFrame) -> str | None:
    known = days.filter(pl.col("distance_m").is_not_null())
    far = float(known["distance_m"].sum())
    if not far:
        return None
    if known.height <= WEEK:
        return say("shared.included.words.distance", far=say.distance(far))
    weekly = say.distance(far * WEEK / known.height)
    return say("shared.included.words.distance_weekly", far=say.distance(far), weekly=weekly)


def _pace(say: Translator, days: pl.DataFrame) -> str | None:
    timed = days.filter(pl.col("distance_m") > 0, pl.col("moving_s") > 0)
    if timed.is_empty():
        return None
    seconds_a_km = 1000 * float(timed["moving_s"].sum()) / float(timed["distance_m"].sum())
    return say("shared.included.words.pace", pace=say.pace(seconds_a_km))


def _kinds(say: Translator, days: pl.DataFrame, choice: ShareSelection) -> str | None:
    tags = days.select(pl.col("tags").explode().drop_nulls())["tags"]
    other = say("shared.included.other_kind")
    return _counts(say, "kinds", [shown_name(say, "tags", tag, choice, other) for tag in tags if tag not in DAY_TAGS])


def _reasons(say: Translator, days: pl.DataFrame, choice: ShareSelection) -> str | None:
    missed = days.filter(pl.col("day_kind") == DayKind.MISSED_RUN)["skip_reason"].drop_nulls()
    other = say.choice("skip_reason", "other")
    return _counts(say, "reasons", [shown_name(say, "skip_reason", reason, choice, other) for reason in missed])


def _counts(say: Translator, which: str, names: list[str]) -> str | None:
    """The names noted most often, each with how often."""
    counts = {name: names.count(name) for name in sorted(set(names))}
    shown = sorted(counts.items(), key=lambda each: -each[1])[:NAMES_SHOWN]
    named = [say("shared.included.of_several", what=name, count=count) for name, count in shown]
    return say(f"shared.included.words.{which}", named=named) if named else None


def _scale(say: Translator, which: str, days: pl.DataFrame) -> str | None:
    rated = days[which].drop_nulls()
    if rated.is_empty():
        return None
    return say(f"shared.included.words.{which}", score=float(rated.sum()) / rated.len(), days=rated.len())


# --- What helped, and how often questions were answered: counts of days.

THINGS_SHOWN = 6
KINDS = {
    "run": RUN_KINDS,
    "rest": (DayKind.PLANNED_REST,),
    "missed": (DayKind.MISSED_RUN,),
    "other": (DayKind.NO_RUN, "unknown"),
}


def helped(say: Translator, things: pl.DataFrame, days: pl.DataFrame, choice: ShareSelection) -> Tally:
    """On how many days each thing was noted as a help, most often first; words of one's own only where ticked."""
    noted, title = things.filter(pl.col("local_date").is_between(choice.first, choice.last)), say("shared.helped.title")
    if noted.is_empty():
        return Tally(title, (), say("shared.helped.nothing"))
    other = say.choice("helped", "other")
    names = {thing: shown_name(say, "helped", thing, choice, other) for thing in noted["thing"].unique()}
    named = noted.with_columns(pl.col("thing").replace_strict(names)).unique(["local_date", "thing"])
    counts = named["thing"].value_counts().sort(["count", "thing"], descending=[True, False]).rows()
    rows = [Item(thing, say("shared.helped.days", days=count)) for thing, count in counts[:THINGS_SHOWN]]
    note = [say("shared.helped.noted", days=int(days["helped"].is_not_null().sum()))]
    if left := counts[THINGS_SHOWN:]:
        note.append(say("shared.helped.less_often", things=len(left)))
    return Tally(title, tuple(rows), " ".join(note))


def answered(say: Translator, days: pl.DataFrame) -> Tally:
    """How many mornings and evenings were rated, the evenings by kind of day."""
    of_kinds = {name: days.filter(pl.col("day_kind").is_in(kinds)) for name, kinds in KINDS.items()}
    rows = [
        ("mornings", days, "mood_morning"),
        ("evenings", days, "mood_evening"),
        *((name, of_kind, "mood_evening") for name, of_kind in of_kinds.items() if of_kind.height),
    ]
    told = tuple(Item(say(f"shared.noted.{name}"), _rate(say, some[mood])) for name, some, mood in rows)
    return Tally(say("shared.noted.title"), told, say("shared.noted.note"))


def _rate(say: Translator, moods: pl.Series) -> str:
    rated = moods.count()
    return say("shared.noted.rate", rated=rated, days=moods.len(), share=rated / moods.len())


# --- The picture in words: a sentence, how to read it, and a table.

NOT_KNOWN = "\N{EN DASH}"
FROM_IMPORTS = ("runs", "rest", "missed")  # what cannot be told of a day that no import covers
TABLE_STEP: dict[Pace, Pace] = {"day": "week", "week": "month", "month": "month"}


def picture(say: Translator, days: pl.DataFrame) -> Picture:
    """Mood, energy and running over the period; how to read it only where there is a line to read."""
    course = course_of(days, pace_of(days))
    return Picture(
        heading=say("shared.picture.heading"),
        sentence=f"{_held(say, days)} {_felt(say, days)}",
        course=course,
        caption=say(f"shared.caption.{course.pace}") if course.rated else "",
        shows=say(f"shared.shows.{course.pace}"),
        grid=_grid(say, days, course),
    )


def _held(say: Translator, days: pl.DataFrame) -> str:
    """What the time held, planned rest beside running."""
    counts = days.select(**{lane: test.sum() for lane, test in LANES.items()}).row(0, named=True)
    known = days["runs"].is_not_null().any()
    runs = "runs" if counts["runs"] and known else "no_runs" if known else "runs_unknown"
    told = [runs, *(lane for lane in ("rest", "missed", "ill") if counts[lane])]
    parts = [say(f"shared.held.{name}", days=counts.get(name, 0)) for name in told]
    if known:
        return capital(f"{say.listed(parts)}.")
    apart = [parts[0], *([say.listed(parts[1:])] if parts[1:] else [])]  # a whole sentence is no item of a list
    return " ".join(capital(f"{part}.") for part in apart)


def _felt(say: Translator, days: pl.DataFrame) -> str:
    """How its evenings were rated."""
    moods, energies = (days[f"{name}_evening"].drop_nulls().sort() for name in ("mood", "energy"))
    if moods.is_empty():
        return say("shared.felt.nothing")
    rated = moods.len()
    spread = {"least": float(moods[0]), "most": float(moods[-1])}
    evenings = (
        say("shared.felt.evenings_from", rated=rated, **spread)
        if rated > 1
        else say("shared.felt.evenings", rated=rated)
    )
    if energies.is_empty():
        return say("shared.felt.mood", mood=_mean(moods), evenings=evenings)
    return say("shared.felt.mood_and_energy", mood=_mean(moods), evenings=evenings, energy=_mean(energies))


def _mean(values: pl.Series) -> float:
    return float(values.sum()) / values.len()


def _grid(say: Translator, days: pl.DataFrame, course: DaySeries) -> Grid:
    """The picture as a table, by weeks or months."""
    pace = TABLE_STEP[course.pace]
    told = course_of(days, pace)
    head = (*(say(f"shared.table.{name}") for name in (pace, "mood", "energy")),
            *(say(f"shared.lane.{lane}") for lane, _ in told.lanes))  # fmt: skip
    rows = tuple(
        (say.date(step.start), _shown(say, step.mood), _shown(say, step.energy), *_lanes(say, step, told))
        for step in told.steps
    )
    return Grid(say("shared.table.caption"), head, rows)


def _lanes(say: Translator, step: Step, told: DaySeries) -> list[str]:
    """The days in each lane; where none of the step's days is known, nought would say too much."""
    held = dict(zip((lane for lane, _ in told.lanes), step.lanes, strict=True))
    silent = FROM_IMPORTS if held.get("unknown") == step.days else ()
    return [NOT_KNOWN if lane in silent else say.whole(count) for lane, count in held.items()]


def _shown(say: Translator, value: float | None) -> str:
    return NOT_KNOWN if value is None else say.figure(value)


# --- The page as a whole: what always stands on it, then what the person chose.

LISTED_BY = {
    "finding": "`runmood findings` lists them; one that is new may wait for its turn.",
    "goal": "`runmood goal --all` lists them.",
    "note": "`runmood log` lists what you said.",
}


def offered(material: ShareData, choice: ShareSelection) -> ShareOptions:
    """What may be chosen, by name, each as it would stand on the page; notes of the period, the newest first.

    A finding that the person hid or disputes is not offered; it may still be named.
    """
    notes = models.notes(material, choice.first, choice.last)
    in_sight = replace(material, findings=in_front(material.findings, material.finding_feedback))
    return ShareOptions(findings(in_sight, choice), models.goals(material), notes)


def compose(material: ShareData, choice: ShareSelection) -> SharedPage:
    """The page of a choice; the same choice of the same notes gives the same page."""
    if strange := set(choice.include) - set(INCLUDED):
        raise UserError(f"--include {min(strange)}: there is {', '.join(INCLUDED)}.")
    say, days = material.say, dense(material.days, choice.first, choice.last)
    return SharedPage(
        file=say("shared.file", first=f"{choice.first}", last=f"{choice.last}"),
        title=say("shared.title"),
        period=say.span(choice.first, choice.last),
        made_by=made_by(say, choice.name),
        invented=say("invented.sentence") if material.invented else "",
        question=models.question(say, choice.question),
        picture=picture(say, days),
        tallies=(helped(say, material.check_in_helped, days, choice), answered(say, days)),
        blocks=_blocks(material, choice, days),
        quality=quality(say, days, choice.findings),
        statement=say("statement"),
        last=choice.last,
        say=say,
    )


def _blocks(material: ShareData, choice: ShareSelection, days: pl.DataFrame) -> tuple[Block, ...]:
    found = _picked("finding", findings(material, choice), choice.findings)
    goals = _picked("goal", models.goals(material), choice.goals)
    notes = _picked("note", models.notes(material), choice.notes)
    say, more = material.say, sentences(material.say, days, choice)
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
        raise UserError(f"One page holds {most} {noun}s, and {len(names)} were chosen. Leave some for later.")
    return tuple(offers[name] for name in names)


def _named(noun: str, offers: Mapping[str, Item], which: str) -> str:
    """The one offer meant: a finding by its code, a goal or a note by the beginning of its name."""
    found = [name for name in offers if name.startswith(which.lower())]
    if noun == "finding":
        found = [name for name in offers if name == which.upper()]
    if len(found) == 1:
        return found[0]
    fault = f"{len(found)} begin so; give more of the name" if found else "there is none of that name"
    raise UserError(f"--{noun} {which}: {fault}. {LISTED_BY[noun]}")
