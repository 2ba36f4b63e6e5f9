"""Compose a shared page from what the person selected: picture, counts, own words, data quality."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.enums import DAY_TAGS, DayKind
from runmood.core.errors import UserError
from runmood.core.i18n import capital, message, readable
from runmood.findings import QUESTIONS
from runmood.findings.answers import read_findings
from runmood.findings.stats.changes import find_mood_change
from runmood.reports.findings import in_front, unsaid_questions
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
WEEK = 7
NAMES_SHOWN = 6
THINGS_SHOWN = 6
KINDS = {
    "run": RUN_KINDS,
    "rest": (DayKind.PLANNED_REST,),
    "missed": (DayKind.MISSED_RUN,),
    "ill": (DayKind.ILL_OR_INJURED,),
    "away": (DayKind.AWAY,),
    "other": (DayKind.NO_RUN, DayKind.UNKNOWN),
}
NOT_KNOWN = "\N{EN DASH}"
FROM_IMPORTS = ("runs", "rest", "missed")  # what is unknown on a day that no import covers
TABLE_STEP: dict[Pace, Pace] = {"day": "week", "week": "month", "month": "month"}


def offered(data: ShareData, selection: ShareSelection) -> ShareOptions:
    """Return what may be selected, by name, each as it would stand on the page.

    A finding that the person hid or disputes, or that says nothing yet, is not offered, nor one that denies a hard
    time; it may still be named.

    Args:
        data: the person's notes.
        selection: the period; notes outside it are not offered.

    Returns:
        Findings by code, goals and notes by their names, the newest note first.
    """
    notes = models.notes(data, selection.first, selection.last)
    in_sight = replace(data, findings=in_front(data.findings, data.finding_feedback))
    rows = [row for row in read_findings(in_sight.findings) if row.night <= selection.last]
    unsaid = unsaid_questions(data.days, rows, selection.last) - {row.question for row in rows if row.seen}
    told = {
        code: item for code, item in findings(in_sight, selection).items() if not item.too_early and code not in unsaid
    }
    return ShareOptions(told, models.goals(data), notes)


def is_noted(data: ShareData, selection: ShareSelection) -> bool:
    """Return whether the period holds anything to share: a known day or a check-in."""
    days = data.days.filter(pl.col("local_date").is_between(selection.first, selection.last))
    return not days.filter(pl.col("runs").is_not_null() | (pl.col("check_ins") > 0)).is_empty()


def compose(data: ShareData, selection: ShareSelection) -> SharedPage:
    """Compose the page of a selection; the same selection of the same notes gives the same page.

    Args:
        data: the person's notes.
        selection: what is to stand on the page.

    Returns:
        The page, ready to be laid out.

    Raises:
        UserError: something selected does not exist, is ambiguous, or is more than a page holds.
    """
    if strange := set(selection.include) - set(INCLUDED):
        raise UserError(message("error.share.include", item=min(strange), known=", ".join(INCLUDED)))
    say, days = data.say, dense(data.days, selection.first, selection.last)
    return SharedPage(
        file=say("shared.file", first=f"{selection.first}", last=f"{selection.last}"),
        title=say("shared.title"),
        period=say.span(selection.first, selection.last),
        made_by=made_by(say, selection.name),
        invented=say("invented.sentence") if data.invented else "",
        question=models.question(say, selection.question),
        picture=picture(say, days),
        tallies=(helped(say, data.check_in_helped, days, selection), answered(say, days)),
        blocks=_blocks(data, selection, days),
        quality=quality(say, days, selection.findings),
        statement=say("statement"),
        last=selection.last,
        say=say,
    )


def _blocks(data: ShareData, selection: ShareSelection, days: pl.DataFrame) -> tuple[Block, ...]:
    found = _picked("finding", findings(data, selection), selection.findings)
    goals = _picked("goal", models.goals(data), selection.goals)
    notes = _picked("note", models.notes(data), selection.notes)
    say, more = data.say, included_items(data.say, days, selection)
    blocks = (
        Block(say("shared.findings", day=selection.last), found),
        Block(say("shared.goals"), goals, beside=True),
        Block(say("shared.notes"), notes, beside=True),
        Block(say("shared.more"), more, beside=True),
    )
    return tuple(block for block in blocks if block.items)


def _picked(noun: str, offers: Mapping[str, Item], chosen: tuple[str, ...]) -> tuple[Item, ...]:
    """Return the offers selected, each once; raise UserError for more than a page holds."""
    names = tuple(dict.fromkeys(_named(noun, offers, which) for which in chosen))
    most = MOST[f"{noun}s"]
    if len(names) > most:
        raise UserError(message(f"error.share.many.{noun}", most=most, chosen=len(names)))
    return tuple(offers[name] for name in names)


def _named(noun: str, offers: Mapping[str, Item], which: str) -> str:
    """Return the one offer meant: a finding by its code, a goal or a note by the beginning of its name."""
    found = [name for name in offers if name.startswith(which.lower())]
    if noun == "finding":
        found = [name for name in offers if name == which.upper()]
    if len(found) == 1:
        return found[0]
    fault = message("error.share.several", count=len(found)) if found else message("error.share.none")
    raise UserError(message(f"error.share.which.{noun}", which=which, fault=fault))


def made_by(say: Translator, name: str | None) -> str:
    """Write who made the page and from what; a name where the person gave one."""
    shown = " ".join(readable(name or "").split())[:LONGEST_NAME].strip()
    return say("shared.made_by_name", who=shown) if shown else say("shared.made_by")


def quality(say: Translator, days: pl.DataFrame, findings: tuple[str, ...]) -> Block:
    """Return how much of the time is known, how findings were tested, and what was not looked at."""
    sentences = (
        _known(say, days),
        _tested(say, {code.upper() for code in findings}),
        say("shared.quality.not_looked_at"),
    )
    return Block(say("shared.quality.title"), tuple(Item("", words) for words in sentences if words))


def _known(say: Translator, days: pl.DataFrame) -> str:
    """Write for how many days running is known, and how many evenings are rated."""
    known, rated = (int(days[name].is_not_null().sum()) for name in ("runs", "mood_evening"))
    counts = {"known": known, "rated": rated, "days": days.height, "share": rated / days.height}
    late = int(days["mood_evening_late"].fill_null(value=False).sum())
    return say("shared.quality.known_late", **counts, late=late) if late else say("shared.quality.known", **counts)


def _tested(say: Translator, codes: set[str]) -> str:
    """Write how the findings were tested, and which are counts; empty without findings."""
    if not codes & TESTED:
        return say("shared.quality.only_counts") if codes else ""
    tested = say("shared.quality.tested")
    return " ".join((tested, say("shared.quality.also_counts"))) if codes - TESTED else tested


def included_items(say: Translator, days: pl.DataFrame, selection: ShareSelection) -> tuple[Item, ...]:
    """Return a sentence for each thing ticked, always in the same order."""
    writers: dict[str, Callable[[], str | None]] = {
        "distance": lambda: _distance(say, days),
        "pace": lambda: _pace(say, days),
        "kinds": lambda: _kinds(say, days, selection),
        "reasons": lambda: _reasons(say, days, selection),
        "sleep": lambda: _scale(say, "sleep", days),
        "stress": lambda: _scale(say, "stress", days),
    }
    return tuple(
        Item(say(f"shared.included.title.{name}"), write() or say("shared.included.nothing"))
        for name, write in writers.items()
        if name in selection.include
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


def _kinds(say: Translator, days: pl.DataFrame, selection: ShareSelection) -> str | None:
    tags = days.select(pl.col("tags").explode().drop_nulls())["tags"]
    other = say("shared.included.other_kind")
    return _counts(
        say, "kinds", [shown_name(say, "tags", tag, selection, other) for tag in tags if tag not in DAY_TAGS]
    )


def _reasons(say: Translator, days: pl.DataFrame, selection: ShareSelection) -> str | None:
    missed = days.filter(pl.col("day_kind") == DayKind.MISSED_RUN)["skip_reason"].drop_nulls()
    other = say.choice("skip_reason", "other")
    return _counts(say, "reasons", [shown_name(say, "skip_reason", reason, selection, other) for reason in missed])


def _counts(say: Translator, which: str, names: list[str]) -> str | None:
    """Write the names noted most often, each with how often."""
    counts = {name: names.count(name) for name in sorted(set(names))}
    shown = sorted(counts.items(), key=lambda each: -each[1])[:NAMES_SHOWN]
    named = [say("shared.included.of_several", what=name, count=count) for name, count in shown]
    return say(f"shared.included.words.{which}", named=named) if named else None


def _scale(say: Translator, which: str, days: pl.DataFrame) -> str | None:
    rated = days[which].drop_nulls()
    if rated.is_empty():
        return None
    return say(f"shared.included.words.{which}", score=float(rated.sum()) / rated.len(), days=rated.len())


def helped(say: Translator, things: pl.DataFrame, days: pl.DataFrame, selection: ShareSelection) -> Tally:
    """Count the days on which each thing was noted as a help, most often first; own words only where ticked."""
    noted, title = (
        things.filter(pl.col("local_date").is_between(selection.first, selection.last)),
        say("shared.helped.title"),
    )
    if noted.is_empty():
        return Tally(title, (), say("shared.helped.nothing"))
    other = say.choice("helped", "other")
    names = {thing: shown_name(say, "helped", thing, selection, other) for thing in noted["thing"].unique()}
    named = noted.with_columns(pl.col("thing").replace_strict(names)).unique(["local_date", "thing"])
    counts = named["thing"].value_counts().sort(["count", "thing"], descending=[True, False]).rows()
    counts.sort(key=lambda row: row[0] == say.choice("helped", "nothing"))  # what did help is read first
    rows = [Item(thing, say("shared.helped.days", days=count)) for thing, count in counts[:THINGS_SHOWN]]
    note = [say("shared.helped.noted", days=int(days["helped"].is_not_null().sum()))]
    if left := counts[THINGS_SHOWN:]:
        note.append(say("shared.helped.less_often", things=len(left)))
    return Tally(title, tuple(rows), " ".join(note))


def answered(say: Translator, days: pl.DataFrame) -> Tally:
    """Count how many mornings and evenings were rated, the evenings by kind of day."""
    of_kinds = {name: days.filter(pl.col("day_kind").is_in(kinds)) for name, kinds in KINDS.items()}
    rows = [
        ("mornings", days, "mood_morning"),
        ("evenings", days, "mood_evening"),
        *((name, of_kind, "mood_evening") for name, of_kind in of_kinds.items() if of_kind.height),
    ]
    items = tuple(Item(say(f"shared.noted.{name}"), _rate(say, some[mood])) for name, some, mood in rows)
    return Tally(say("shared.noted.title"), items, say("shared.noted.note"))


def _rate(say: Translator, moods: pl.Series) -> str:
    rated = moods.count()
    return say("shared.noted.rate", rated=rated, days=moods.len(), share=rated / moods.len())


def picture(say: Translator, days: pl.DataFrame) -> Picture:
    """Describe mood, energy and running over the period; a caption only where there is a line to read."""
    course = course_of(days, pace_of(days))
    return Picture(
        heading=say("shared.picture.heading"),
        sentence=f"{_felt(say, days)} {_held(say, days)}",
        course=course,
        caption=say(f"shared.caption.{course.pace}") if course.rated else "",
        shows=say(f"shared.shows.{course.pace}"),
        grid=_grid(say, days, course),
    )


def _held(say: Translator, days: pl.DataFrame) -> str:
    """Write what the time held, planned rest beside running."""
    counts = days.select(**{lane: test.sum() for lane, test in LANES.items()}).row(0, named=True)
    known = days["runs"].is_not_null().any()
    runs = "runs" if counts["runs"] and known else "no_runs" if known else "runs_unknown"
    counts["other"] = days.height - sum(counts.values())
    held = [runs, *(lane for lane in ("rest", "missed", "ill", "away", "unknown", "other") if counts[lane])]
    parts = [say(f"shared.held.{name}", days=counts.get(name, 0)) for name in held]
    if known:
        return capital(f"{say.listed(parts)}.")
    apart = [parts[0], *([say.listed(parts[1:])] if parts[1:] else [])]  # a whole sentence is no item of a list
    return " ".join(capital(f"{part}.") for part in apart)


def format_change(say: Translator, days: pl.DataFrame) -> str:
    """Write since when the evenings have been at another level, with both levels; empty where they have not."""
    rated = days.filter(pl.col("mood_evening").is_not_null())
    change = find_mood_change(rated["local_date"].to_list(), rated["mood_evening"].to_list())
    if change is None:
        return ""
    last = days["local_date"][-1]
    told = {
        "before": change.before, "until": say.date_near(change.until, last), "rated_before": change.rated_before,
        "now": change.now, "rated_since": change.rated_since,
    }  # fmt: skip
    if first := change.earlier:
        fell = say.date_near(first.since, last)
        return say("shared.felt.changed_twice", **told, fell=fell, at_first=first.before)
    return say("shared.felt.changed", **told)


def _felt(say: Translator, days: pl.DataFrame) -> str:
    """Write how its evenings were rated."""
    moods, energies = (days[f"{name}_evening"].drop_nulls().sort() for name in ("mood", "energy"))
    if moods.is_empty():
        return say("shared.felt.nothing")
    if changed := format_change(say, days):
        return changed  # a mean over a fall would hide it
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
    """Return the picture as a table, by weeks or months."""
    pace = TABLE_STEP[course.pace]
    series = course_of(days, pace)
    head = (*(say(f"shared.table.{name}") for name in (pace, "mood", "energy")),
            *(say(f"shared.lane.{lane}") for lane, _ in series.lanes))  # fmt: skip
    rows = tuple(
        (say.date(step.start), _shown(say, step.mood), _shown(say, step.energy), *_lanes(say, step, series))
        for step in series.steps
    )
    return Grid(say("shared.table.caption"), head, rows)


def _lanes(say: Translator, step: Step, series: DaySeries) -> list[str]:
    """Return the days in each lane; a dash where no day of the step is known."""
    held = dict(zip((lane for lane, _ in series.lanes), step.lanes, strict=True))
    silent = FROM_IMPORTS if held.get("unknown") == step.days else ()
    return [NOT_KNOWN if lane in silent else say.whole(count) for lane, count in held.items()]


def _shown(say: Translator, value: float | None) -> str:
    return NOT_KNOWN if value is None else say.figure(value)
