"""Build the charts of distributions: evenings by kind of day, mood before and after runs, things counted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from math import ceil, sqrt
from statistics import median
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.enums import DayKind
from runmood.core.i18n import capital, readable
from runmood.findings.questions.missed_runs import tested_days
from runmood.reports.models import Bar, Bars, Dots, Grid, Mark, Pile, Slope, Slopes, Tick

if TYPE_CHECKING:
    from runmood.core.i18n import Translator
    from runmood.reports.context import Period, ReportData


WIDTH, DOTS_LEFT, PILE_GAP = 360.0, 20.0, 8.0
DOTS_TOP, DOTS_POINT = 44.0, 19.0  # height of one mood point
DOTS_FEWEST_POINTS = 6  # of the scale, so that a small spread looks small
DOT_STEP, DOT_LINES = 6.4, 3  # dots of one mood stand in up to three lines
KINDS: dict[str, str] = {
    DayKind.MISSED_RUN: "missed_run",
    DayKind.PLANNED_RUN: "planned_run",
    DayKind.PLANNED_REST: "planned_rest",
}
PILE_WIDTH = (WIDTH - DOTS_LEFT - (len(KINDS) - 1) * PILE_GAP) / len(KINDS)
DOTS_A_LINE = int(PILE_WIDTH / DOT_STEP)  # dots in a line
FEWEST_KINDS = 2
HALF_YEAR = dt.timedelta(
    weeks=26
)  # a week or a month has few such runs: those of the half-year stand behind them, paler
SLOPES_LEFT, SLOPES_RIGHT, SLOPES_TOP, SLOPES_POINT = 78.0, 282.0, 26.0, 20.0
THINNEST, THICKEST = 1.4, 5.0
SLOPES_FEWEST_POINTS = 4
Pair = tuple[float, float]
MARK_OF_KIND: dict[str, Mark] = {
    DayKind.PLANNED_REST: Mark.REST,
    DayKind.RUN_ON_REST: Mark.RUN_ON_REST,
    DayKind.PLANNED_RUN: Mark.RUN,
    DayKind.PARTLY_MET: Mark.RUN,
    DayKind.MISSED_RUN: Mark.MISSED,
    DayKind.UNPLANNED_RUN: Mark.RUN,
    DayKind.ILL_OR_INJURED: Mark.ILL_OR_INJURED,
    DayKind.AWAY: Mark.AWAY,
}
PLANNED = (DayKind.PLANNED_REST, DayKind.RUN_ON_REST, DayKind.PLANNED_RUN, DayKind.PARTLY_MET, DayKind.MISSED_RUN)


def build_dots(say: Translator, days: pl.DataFrame, night: dt.date) -> Dots | None:
    """Return every evening that is compared, up to a night; None when fewer than two kinds of day have any."""
    rated = tested_days(days).filter(pl.col("local_date") <= night)
    moods = {kind: rated.filter(pl.col("day_kind") == kind)["mood_evening"].sort().to_list() for kind in KINDS}
    if sum(bool(values) for values in moods.values()) < FEWEST_KINDS:
        return None
    low, high = _dots_range([mood for values in moods.values() for mood in values])
    fullest = max(max(Counter(values).values(), default=0) for values in moods.values())
    share = ceil(fullest / (DOTS_A_LINE * DOT_LINES))
    return Dots(
        sentence=_dots_sentence(say, moods),
        dot_note=format_dot_note(say, share),
        piles=tuple(_pile(say, number, moods[kind], (high, share)) for number, kind in enumerate(KINDS)),
        ticks=tuple(Tick(_dots_y(mood, high), str(mood)) for mood in range(low, high + 1, 2)),
        pile_width=round(PILE_WIDTH, 1),
        grid=_dots_grid(say, moods),
        width=WIDTH,
        height=_dots_y(low, high) + DOTS_POINT / 2,
    )


def format_dot_note(say: Translator, share: int) -> str:
    """Return how many evenings one dot of the chart stands for."""
    return say("dots.each") if share == 1 else say("dots.several", evenings=share)


def _dots_range(moods: list[float]) -> tuple[int, int]:
    """Return the even scores around all evenings, at least six points apart."""
    low, high = int(min(moods) // 2) * 2, -int(-max(moods) // 2) * 2
    while high - low < DOTS_FEWEST_POINTS:
        low, high = max(0, low - 2), min(10, high + 2)
    return low, high


def _dots_y(mood: float, high: int) -> float:
    return round(DOTS_TOP + (high - mood) * DOTS_POINT + DOTS_POINT / 2, 1)


def _pile(say: Translator, number: int, moods: list[float], scale: tuple[int, int]) -> Pile:
    high, share = scale
    x = DOTS_LEFT + number * (PILE_WIDTH + PILE_GAP)
    tally = sorted(Counter(moods).items(), reverse=True)
    centre = x + PILE_WIDTH / 2
    return Pile(
        title=_titles(say)[number],
        count=say("dots.count", evenings=len(moods)),
        x=round(x, 1),
        dots=tuple(
            place for mood, count in tally for place in _spread((centre, _dots_y(mood, high)), ceil(count / share))
        ),
        tally=tuple(tally),
        middle=say("dots.middle", mood=median(moods)) if moods else "",
        middle_y=_dots_y(median(moods), high) if moods else None,
    )


def _spread(middle: tuple[float, float], count: int) -> list[tuple[float, float]]:
    """Return the places of evenings with one mood: side by side around the middle, in as few lines as hold them."""
    centre, height = middle
    lines = ceil(count / DOTS_A_LINE)
    each = ceil(count / lines)
    places = []
    for number in range(count):
        line, place = divmod(number, each)
        here = min(each, count - line * each)
        x = centre + (place - (here - 1) / 2) * DOT_STEP
        places.append((round(x, 1), round(height + (line - (lines - 1) / 2) * DOT_STEP, 1)))
    return places


def _titles(say: Translator) -> list[str]:
    return [say(f"dots.title.{name}") for name in KINDS.values()]


def _dots_sentence(say: Translator, moods: dict[str, list[float]]) -> str:
    parts = [
        say(f"dots.middle_of.{KINDS[kind]}", mood=median(values), evenings=len(values))
        for kind, values in moods.items()
        if values
    ]
    return say("dots.sentence", parts=parts)


def _dots_grid(say: Translator, moods: dict[str, list[float]]) -> Grid:
    tallies = [Counter(values) for values in moods.values()]
    scores = sorted(set().union(*tallies), reverse=True)
    rows = tuple((say.figure(score), *(str(tally[score]) for tally in tallies)) for score in scores)
    return Grid(say("dots.table"), (say("column.mood"), *map(capital, _titles(say))), rows)


def build_slopes(diary: ReportData, period: Period) -> Slopes | None:
    """Return the runs with a mood before and after, of the period and the half-year to its end; None without any."""
    say = diary.say
    first = min(period.first or dt.date.min, period.last - HALF_YEAR + dt.timedelta(days=1)) if period.first else None
    rated = _rated_runs(diary.run_moods, first, period.last)
    if rated.is_empty():
        return None
    lately = pl.col("local_date") >= (period.first or dt.date.min)
    now, earlier = _count_pairs(rated.filter(lately)), _count_pairs(rated.filter(~lately))
    low, high = _slopes_range(now + earlier)
    most = max((*now.values(), *earlier.values()))
    drawn = [
        *_draw_slopes(say, earlier, (high, most), lately=False),
        *_draw_slopes(say, now, (high, most), lately=True),
    ]
    return Slopes(
        title=say("slopes.title"),
        sentence=_slopes_sentence(say, rated, period.last),
        lines_note=_slopes_note(say, now, earlier),
        before=say("slopes.before"),
        after=say("slopes.after"),
        slopes=tuple(drawn),
        changes=_change_bars(say, now + earlier),
        left=SLOPES_LEFT,
        right=SLOPES_RIGHT,
        ticks=tuple(Tick(_slopes_y(score, high), str(score)) for score in range(low, high + 1)),
        grid=_slopes_grid(say, now + earlier),
        width=WIDTH,
        height=_slopes_y(low, high) + SLOPES_POINT / 2,
    )


def _rated_runs(moods: pl.DataFrame, first: dt.date | None, last: dt.date) -> pl.DataFrame:
    rated = moods.filter(pl.col("local_date") <= last).drop_nulls(["mood_before", "mood_after"])
    return rated.filter(pl.col("local_date") >= first) if first else rated


def _count_pairs(rated: pl.DataFrame) -> Counter[Pair]:
    return Counter(rated.select("mood_before", "mood_after").iter_rows())


def _slopes_range(pairs: Counter[Pair]) -> tuple[int, int]:
    scores = [score for pair in pairs for score in pair]
    low, high = int(min(scores)), -int(-max(scores) // 1)
    while high - low < SLOPES_FEWEST_POINTS:
        low, high = max(0, low - 1), min(10, high + 1)
    return low, high


def _slopes_y(score: float, high: int) -> float:
    return round(SLOPES_TOP + (high - score) * SLOPES_POINT + SLOPES_POINT / 2, 1)


def _draw_slopes(say: Translator, pairs: Counter[Pair], scale: tuple[int, int], *, lately: bool) -> list[Slope]:
    """Return one slope a pair of moods, the rare ones first, so that the frequent ones lie above them."""
    high, most = scale
    return [
        Slope(
            before,
            after,
            count,
            lately,
            _slopes_y(before, high),
            _slopes_y(after, high),
            round(THINNEST + (THICKEST - THINNEST) * sqrt((count - 1) / max(most - 1, 1)), 1),
            say("slopes.line", runs=count, before=before, after=after),
        )
        for (before, after), count in sorted(pairs.items(), key=lambda item: (item[1], item[0]))
    ]


def _change_bars(say: Translator, pairs: Counter[Pair]) -> tuple[Bar, ...]:
    """Count the runs by their change in mood, the largest rise first."""
    changes: Counter[float] = Counter()
    for (before, after), count in pairs.items():
        changes[after - before] += count
    most = max(changes.values())
    return tuple(Bar(_change_name(say, by), changes[by], changes[by] / most) for by in sorted(changes, reverse=True))


def _change_name(say: Translator, by: float) -> str:
    return say("slopes.higher" if by > 0 else "slopes.lower", points=abs(by)) if by else say("slopes.same")


def _slopes_sentence(say: Translator, rated: pl.DataFrame, last: dt.date) -> str:
    means = {name: float(rated[f"mood_{name}"].sum()) / rated.height for name in ("before", "after")}
    begun = say.date_near(rated["local_date"].sort()[0], last)
    if rated.height == 1:
        return say("slopes.one", begun=begun, **means)
    higher = rated.filter(pl.col("mood_after") > pl.col("mood_before")).height
    lower = rated.filter(pl.col("mood_after") < pl.col("mood_before")).height
    counts = {"runs": rated.height, "higher": higher, "lower": lower, "same": rated.height - higher - lower}
    return say("slopes.several", begun=begun, **counts, **means)


def _slopes_note(say: Translator, now: Counter[Pair], earlier: Counter[Pair]) -> str:
    notes = {"thick": len(now + earlier) > 1, "pale": now and earlier}
    return " ".join(say(f"slopes.{name}") for name, is_so in notes.items() if is_so)


def _slopes_grid(say: Translator, pairs: Counter[Pair]) -> Grid:
    rows = tuple((say.figure(before), say.figure(after), str(pairs[before, after])) for before, after in sorted(pairs))
    return Grid(say("slopes.table"), tuple(say(f"column.{name}") for name in ("before", "after", "runs")), rows)


def build_plan_bars(say: Translator, days: pl.DataFrame) -> tuple[Bars, ...]:
    """Count what became of planned rests and runs, and the reasons given; empty where nothing was planned."""
    kinds = Counter(days["day_kind"].to_list())
    planned = sum(kinds[kind] for kind in PLANNED)
    if not planned:
        return ()
    most = max(kinds[kind] for kind in MARK_OF_KIND)
    bars = tuple(
        Bar(say(f"plan.became.{kind}"), kinds[kind], kinds[kind] / most, mark)
        for kind, mark in MARK_OF_KIND.items()
        if kinds[kind]
    )
    outcomes = Bars(say("plan.title"), say("plan.sentence", days=planned), ("", say("column.days")), bars)
    return (outcomes, *_reason_bars(say, days))


def _reason_bars(say: Translator, days: pl.DataFrame) -> tuple[Bars, ...]:
    """Count why planned runs were skipped, where the person gave a reason."""
    missed = days.filter(day_kind=DayKind.MISSED_RUN)
    reasons = Counter(readable(say.choice("skip_reason", reason)) for reason in missed["skip_reason"].drop_nulls())
    if not reasons:
        return ()
    count = "several" if missed.height > 1 else "one"
    sentence = say(f"reasons.{count}", told=sum(reasons.values()), missed=missed.height)
    return (Bars(say("reasons.title"), sentence, (say("column.reason"), say("column.days")), _bars_of_counts(reasons)),)


def build_helped_bars(say: Translator, days: pl.DataFrame) -> Bars | None:
    """Count what the person said helped, by days; None where nothing did. Days on which nothing helped are no bar."""
    answered = days["helped"].drop_nulls()
    things = Counter(readable(say.choice("helped", thing)) for things in answered for thing in set(things))
    none_helped = things.pop(say.choice("helped", "nothing"), 0)
    if not things:
        return None
    columns = (say("column.noted"), say("column.days"))
    return Bars(
        say("helped_bars.title"),
        say("helped_bars.sentence", days=answered.len() - none_helped),
        columns,
        _bars_of_counts(things),
    )


def _bars_of_counts(things: Counter[str]) -> tuple[Bar, ...]:
    """Return a bar for each count, the most frequent first."""
    most = max(things.values())
    ordered = sorted(things.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Bar(name, count, count / most) for name, count in ordered)
