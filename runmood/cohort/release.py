"""What people show together, released once a week: rounded, of twelve or more, and never of who came or left.

A figure of twelve people and the same figure of eleven tell the twelfth's. So a figure is of the same people as the
week before, or of at least five others: who has just joined waits for four more, and where one to four have left, the
figure of before stands until more have.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from runmood.cohort.folder import CohortError, week_of
from runmood.core.enums import FindingState
from runmood.core.files import make_folder, read_kept, replace_private
from runmood.core.i18n import message
from runmood.core.json_records import read_record
from runmood.findings.stats.pooling import EFFECTS, PooledEffect, pool_effects, share_interval, standardize
from runmood.warehouse.cohort import read_cohort
from runmood.warehouse.ddl import load_sql
from runmood.workflow.pooled_effects import PooledEffects

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from runmood.cohort.folder import Cohort


LEAST_PEOPLE = 12
LEAST_CELL = 10
LEAST_CHANGE = 5
COUNT_STEP = 5
DECIMALS = 1
SHARE_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Membership:
    """Of whom a figure is this week: of these people; or, where it is null, it stands as it was."""

    people: frozenset[str] | None


def choose_people(now: frozenset[str], before: frozenset[str], count_before: int) -> Membership:
    """Choose of whom a figure may be.

    Args:
        now: who has something to give this week.
        before: of whom the last figure was, as far as they still give anything.
        count_before: of how many that was, those who have left since included; 0 where there was none.

    Returns:
        The people, or that the figure of before stands.
    """
    if not count_before:
        return Membership(now)
    stayed = now & before
    left, joined = count_before - len(stayed), len(now - before)
    if 0 < left < LEAST_CHANGE:
        return Membership(None)
    return Membership(now if joined == 0 or joined >= LEAST_CHANGE else stayed)


def round_count(count: int) -> int:
    """Return a count of people to the nearest five."""
    return COUNT_STEP * round(count / COUNT_STEP)


def split_count(part: int, whole: int) -> int | None:
    """Return a part of people, rounded; null where it or the rest is so small that it would tell of few."""
    if part < LEAST_CELL or whole - part < LEAST_CELL:
        return None
    return round_count(part)


def round_interval(mean: float, least: float, most: float) -> tuple[float, float, float]:
    """Return a mean rounded, and its interval rounded outwards."""
    step = 10**DECIMALS
    return round(mean, DECIMALS) + 0.0, math.floor(least * step) / step, math.ceil(most * step) / step


def round_share(share: float | None) -> float | None:
    """Return a share to the nearest twentieth."""
    return None if share is None else round(SHARE_STEP * round(share / SHARE_STEP), 2)


def suppress_cells(counts: Sequence[int]) -> list[bool]:
    """Return which cells of a table with a known total are withheld.

    A cell of fewer than ten is, and where that is one cell alone, which the total would tell, the next smallest too.
    """
    withheld = [0 < count < LEAST_CELL for count in counts]
    if sum(withheld) == 1:
        others = [place for place, hidden in enumerate(withheld) if not hidden and counts[place]]
        if others:
            withheld[min(others, key=lambda place: counts[place])] = True
    return withheld


SHARES = ("A5",)
QUESTIONS = (*EFFECTS, *SHARES)
KEPT = "last-release.json"
AT_SITE = "site "  # stands before a site's name where last figures are kept
MOST, LEAST_ERROR = 5.0, 0.02  # own standard deviations: no diary shows more, and none is so exact
PLAUSIBLE = (
    pl.all_horizontal(pl.col("estimate", "standard_error", "sigma", "freedom").is_finite())
    & (pl.col("sigma") > 0)
    & (pl.col("freedom") >= 1)
    & (pl.col("estimate").abs() <= MOST * pl.col("sigma"))
    & (pl.col("standard_error") >= LEAST_ERROR * pl.col("sigma"))
)  # a home is somebody else's input, and one made-up answer is not to move the mean of all


@dataclass(frozen=True, slots=True)
class PooledFigure:
    """A question over people: `mean`, `least` and `most` in own standard deviations, or a share of people for a rule.

    `people` is rounded to five; without figures too few people have something to give. `seen` is how many were told of
    it; null where that is too few to be told, or too many. `week` is when it was last worked out.
    """

    question: str
    week: str
    people: int = 0
    mean: float | None = None
    least: float | None = None
    most: float | None = None
    spread: float | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class SiteFigure:
    """A site: people rounded to five, shares to a twentieth; all null where its people are too few to be told of."""

    site: str
    people: int | None = None
    rated_share: float | None = None
    known_share: float | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """What is released of a week."""

    week: str
    day: str
    name: str
    people: int | None
    figures: tuple[PooledFigure, ...] = ()
    sites: tuple[SiteFigure, ...] = ()


@dataclass(slots=True)
class _Memory:
    """Of whom the last figure of a question or a site was: how many, and those of them who still give something."""

    count: int = 0
    people: list[str] = field(default_factory=list)
    figure: PooledFigure | SiteFigure | None = None


def release_week(cohort: Cohort, day: dt.date) -> Release:
    """Release what people show together in the week of a day, unless that has been done; forget who has left.

    Returns:
        The release of that week.
    """
    answers = read_cohort(cohort.database, load_sql("cohort/answers"))
    memory = forget_leavers(cohort, answers)
    week = week_of(day)
    path = cohort.releases / f"{week}.json"
    if made := read_release(path):
        return made
    figures = tuple(
        _figure(question, answers.filter(question=question), memory[question], week) for question in QUESTIONS
    )
    persons = read_cohort(cohort.database, load_sql("cohort/site_persons"))
    people = round_count(persons.height) if persons.height >= LEAST_PEOPLE else None
    release = Release(week, f"{day}", cohort.settings.name, people, figures, _sites(persons, memory) if people else ())
    _remember(cohort.work / KEPT, memory)
    make_folder(cohort.releases)
    replace_private(path, json.dumps(asdict(release), indent=1, ensure_ascii=False))
    return release


def forget_leavers(cohort: Cohort, answers: pl.DataFrame | None = None) -> dict[str, _Memory]:
    """Forget the pseudonyms of who gives nothing any more; only how many they were is kept.

    Args:
        cohort: the cohort, its database made anew.
        answers: what people give, where it has been read already.

    Returns:
        Of whom the last figures were, as far as they still give anything.
    """
    now = read_cohort(cohort.database, load_sql("cohort/answers")) if answers is None else answers
    persons = read_cohort(cohort.database, load_sql("cohort/site_persons"))
    memory = _remembered(cohort.work / KEPT)
    for name, each in memory.items():
        of_site = persons.filter(pl.lit(AT_SITE) + pl.col("site") == name)
        still = set((now.filter(question=name) if name in QUESTIONS else of_site)["person"])
        each.people = [person for person in each.people if person in still]
    _remember(cohort.work / KEPT, memory)
    return memory


def read_release(path: Path) -> Release | None:
    """Return a release as it was made; null where there is none, or none that is legible."""
    try:
        return read_record(Release, json.loads(read_kept(path)))
    except (OSError, ValueError, RecursionError):
        return None


def last_release(releases: Path) -> Release | None:
    """Return the latest release in a folder that is legible; null before the first."""
    newest_first = sorted(releases.glob("*.json"), reverse=True)
    return next((made for path in newest_first if (made := read_release(path))), None)


def pooled_effects(release: Release | None) -> PooledEffects | None:
    """Return the effects of a release as they are handed back to people; null where there is none."""
    effects = {}
    for figure in release.figures if release else ():
        mean, least, most, spread = figure.mean, figure.least, figure.most, figure.spread
        if mean is None or least is None or most is None or spread is None or figure.question not in EFFECTS:
            continue
        effects[figure.question] = PooledEffect(figure.people, mean, least, most, spread)
    return PooledEffects(release.week, effects) if release and effects else None


def _figure(question: str, answers: pl.DataFrame, memory: _Memory, week: str) -> PooledFigure:
    """Return this week's figure of a question, and remember of whom it is."""
    usable = answers.filter(PLAUSIBLE) if question in EFFECTS else answers
    usable = usable.filter(usable["state"] != FindingState.NOT_ENOUGH_EVIDENCE)
    chosen = choose_people(frozenset(usable["person"]), frozenset(memory.people), memory.count).people
    if chosen is None:
        return memory.figure if isinstance(memory.figure, PooledFigure) else PooledFigure(question, week)
    if len(chosen) < LEAST_PEOPLE:
        return PooledFigure(question, week)
    of_them = usable.filter(usable["person"].is_in(list(chosen)))
    figure = _effect(question, of_them, week) if question in EFFECTS else _share(question, of_them, week)
    memory.count, memory.people, memory.figure = len(chosen), sorted(chosen), figure
    return figure


def _effect(question: str, answers: pl.DataFrame, week: str) -> PooledFigure:
    """Return the pooled effect of people's estimates, rounded."""
    columns = (answers[name].to_numpy() for name in ("estimate", "standard_error", "sigma", "freedom"))
    pooled = pool_effects(*standardize(*columns))
    mean, least, most = round_interval(pooled.mean, pooled.least, pooled.most)
    seen = split_count(int((answers["state"] == "seen").sum()), answers.height)
    return PooledFigure(question, week, round_count(answers.height), mean, least, most, round(pooled.spread, 1), seen)


def _share(question: str, answers: pl.DataFrame, week: str) -> PooledFigure:
    """Return the share of people for whom a rule holds, rounded; nothing but their number where that is too few."""
    count, people = int((answers["state"] == "seen").sum()), answers.height
    seen = split_count(count, people)
    if seen is None:
        return PooledFigure(question, week, round_count(people))
    least, most = share_interval(count, people)
    ends = round_share(count / people), round_share(least), round_share(most)
    return PooledFigure(question, week, round_count(people), *ends, seen=seen)


def _sites(persons: pl.DataFrame, memory: dict[str, _Memory]) -> tuple[SiteFigure, ...]:
    """Return what is told of each site, of the same people as last time or of five others, and remember of whom it is.

    Args:
        persons: one row a person with their site.
        memory: of whom the last figures were; what this week's are is written into it.
    """
    chosen = {}
    for (site,), of_site in persons.group_by("site", maintain_order=True):
        before = memory.setdefault(f"{AT_SITE}{site}", _Memory())
        people = choose_people(frozenset(of_site["person"]), frozenset(before.people), before.count).people
        chosen[str(site)] = (people, before)
    counts = [before.count if people is None else len(people) for people, before in chosen.values()]
    withheld = dict(zip(chosen, suppress_cells(counts), strict=True))
    return tuple(
        SiteFigure(site) if withheld[site] else _site(site, persons, people, before)
        for site, (people, before) in chosen.items()
    )


def _site(site: str, persons: pl.DataFrame, people: frozenset[str] | None, before: _Memory) -> SiteFigure:
    """Return the shares of all days of these people, rounded, or the figure that stands."""
    if people is None:
        return before.figure if isinstance(before.figure, SiteFigure) else SiteFigure(site)
    of_them = persons.filter(pl.col("person").is_in(list(people)))
    days, rated, known = (float(of_them[name].sum()) for name in ("days", "rated_days", "known_days"))
    shares = (rated / days, known / days) if days else (None, None)
    figure = SiteFigure(site, round_count(len(people)), *map(round_share, shares))
    before.count, before.people, before.figure = len(people), sorted(people), figure
    return figure


def _remembered(path: Path) -> dict[str, _Memory]:
    """Return of whom the last figures of questions and sites were.

    Raises:
        CohortError: it is not legible. A figure made without it could tell of one person who came or left.
    """
    try:
        kept = read_record(dict[str, _Memory], json.loads(read_kept(path)))
    except FileNotFoundError:
        kept = {}
    except (OSError, ValueError, RecursionError) as fault:
        raise CohortError(message("cohort.bad_memory", path=str(path))) from fault
    return {name: kept.get(name, _Memory()) for name in dict.fromkeys((*QUESTIONS, *kept))}


def _remember(path: Path, memory: dict[str, _Memory]) -> None:
    replace_private(path, json.dumps({name: asdict(each) for name, each in memory.items()}))
