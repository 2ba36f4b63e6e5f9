"""Build the chart of trends: distance, load and evening mood, week by week or month by month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.core.checkin_items import LEAST, MOST
from runmood.core.i18n import DASH, capital
from runmood.reports.context import WEEKS_IN_COLUMNS, Period, baseline_range, last_six_weeks
from runmood.reports.models import Grid, Panel, Tick, TrendChart, WeekBar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from runmood.core.i18n import Translator
    from runmood.reports.context import ReportData
    from runmood.reports.models import Form

    Row = dict[str, Any]


LEFT, RIGHT, WIDTH = 36.0, 2.0, 360.0
FIRST_TOP, GAP, MONTHS_HEIGHT = 20.0, 34.0, 20.0
LABEL_ROOM = 24.0
SMALL_TOPS = (1, 2, 4, 6, 8, 10)  # ends of an axis up to 10, whose half is to be a whole number too
TOPS = (1, 2, 3, 4, 5, 6, 8, 10)  # of a longer axis, times a power of ten
SHOWN = 52
FEWEST = 8  # weeks; fewer tell nothing that the calendar does not
DISTANCE_HEIGHT, LOAD_HEIGHT, MOOD_HEIGHT = 84.0, 50.0, 66.0
MOOD_SCALE = (float(LEAST), float(MOST))
WIDEST, WIDTH_SHARE = 18.0, 0.72  # of a bar
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """What one panel draws: values with their sentences, the ends of its scale, its height, the usual range if any."""

    title: str
    form: Form
    values: tuple[float | None, ...]
    words: tuple[str, ...]
    scale: tuple[float, float]
    high: float
    usual: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The rows of the chart, and whether one row is a week or a month."""

    noun: str
    rows: list[Row]

    def values(self, name: str) -> tuple[float | None, ...]:
        """Return one column; running of which nothing is known is null."""
        return tuple(None if name == "distance_m" and row["runs"] is None else row[name] for row in self.rows)

    def whole(self) -> list[bool]:
        """Return for each row whether every day of it is known."""
        return [row["known_days"] == _days_in(row["start"], self.noun) for row in self.rows]


def build_trend_chart(
    data: ReportData, period: Period | None = None, *, tell_unknown: bool = True
) -> TrendChart | None:
    """Return a year of weeks up to the period's end, or all of a longer period; None where a calendar shows as much.

    Args:
        data: what the page is made of.
        period: its days; those of the data where none is given.
        tell_unknown: whether the sentence says of how many weeks nothing is known.
    """
    period = period or data.period or last_six_weeks(data.as_of)
    span = _select_span(data, period)
    if len(span.rows) < FEWEST or not (any(span.values("distance_m")) or any(span.values("mood_evening"))):
        return None
    say, whole = data.say, span.whole()
    specs = tuple(_panel_specs(span, data, period))
    drawn = _build_panels(say, specs, [row["start"] for row in span.rows], whole)
    return TrendChart(
        title=_title(say, span, period),
        sentence=" ".join(_span_sentences(say, span, whole, tell_unknown=tell_unknown)),
        note=say("long_view.load_note") if any(spec.form == "faint line" for spec in specs) else "",
        drawn_as=tuple(_drawing_notes(say, span, whole, usual=any(spec.usual for spec in specs))),
        panels=drawn,
        bar_width=round(min(WIDEST, _column_width(len(span.rows)) * WIDTH_SHARE), 2),
        months=_label_columns(say, drawn[0].columns, years=span.noun == "month"),
        grid=_span_grid(say, span),
        left=LEFT,
        width=WIDTH,
        height=drawn[-1].bottom + MONTHS_HEIGHT,
    )


def _title(say: Translator, span: Span, period: Period) -> str:
    if span.noun == "month" or period.kind == "year":
        return say(f"long_view.{span.noun}.title")
    if len(span.rows) == SHOWN:
        return say("long_view.year")
    return capital(say("long_view.weeks", weeks=len(span.rows)))


def _drawing_notes(say: Translator, span: Span, whole: list[bool], *, usual: bool) -> Iterator[str]:
    """Yield how to read the picture: pale bars, hatched bars, the band of the usual."""
    if any(far and not full for far, full in zip(span.values("distance_m"), whole, strict=True)):
        yield say(f"long_view.{span.noun}.paler")
    if any(span.values("distance_m")) and any(row["runs"] is None for row in span.rows):
        yield say(f"long_view.{span.noun}.hatched")
    if usual:
        yield say("long_view.usual")


def _select_span(data: ReportData, period: Period) -> Span:
    """Return a year of weeks, or all weeks or months of a longer time, from the first that holds anything."""
    if data.weeks.is_empty() or data.days.is_empty():
        return Span("week", [])
    begun = max(data.days["local_date"].sort()[0], period.first or dt.date.min)
    by_months = period.kind == "all" and (period.last - begun).days > WEEKS_IN_COLUMNS
    spans = (
        _fill_gaps(data.months, "month_start", period.last)
        if by_months
        else _fill_gaps(data.weeks, "week_start", period.last)
    )
    if period.kind == "year":
        spans = spans.filter(pl.col("start") > begun - WEEK)
    elif period.kind != "all":
        spans = spans.tail(SHOWN)
    rows = spans.to_dicts()
    known = [number for number, row in enumerate(rows) if row["runs"] is not None or row["mood_evening"] is not None]
    return Span("month" if by_months else "week", rows[known[0] :] if known else [])


def _fill_gaps(frame: pl.DataFrame, key: str, last: dt.date) -> pl.DataFrame:
    """Return every week or month up to a day, none left out."""
    starts = pl.date_range(frame[key].sort()[0], last, interval="1w" if key == "week_start" else "1mo", eager=True)
    return starts.alias(key).to_frame().join(frame, on=key, how="left").sort(key).rename({key: "start"})


def _days_in(start: dt.date, noun: str) -> int:
    after = start + WEEK if noun == "week" else (start + dt.timedelta(days=31)).replace(day=1)
    return (after - start).days


def _panel_specs(span: Span, data: ReportData, period: Period) -> Iterator[PanelSpec]:
    """Yield distance, load and mood, each where it is known."""
    say = data.say
    far = tuple(None if value is None else say.in_units(value) for value in span.values("distance_m"))
    load, mood = span.values("load"), span.values("mood_evening")
    if any(far):
        title, sentences = (
            say(f"long_view.{span.noun}.distance", unit=say(f"unit.{say.units}")),
            _describe_each(say, span, _describe_distance),
        )
        yield PanelSpec(
            title, "bars", far, sentences, (0.0, axis_top(far)), DISTANCE_HEIGHT, _usual(data, period, span)
        )
    if len(load) - load.count(None) >= FEWEST and any(load):
        title, sentences = say(f"long_view.{span.noun}.load"), _describe_each(say, span, _describe_load)
        yield PanelSpec(title, "faint line", load, sentences, (0.0, axis_top(load)), LOAD_HEIGHT)
    if any(value is not None for value in mood):
        title, sentences = say(f"long_view.{span.noun}.mood"), _describe_each(say, span, _describe_mood)
        yield PanelSpec(title, "line", mood, sentences, MOOD_SCALE, MOOD_HEIGHT)


def _usual(data: ReportData, period: Period, span: Span) -> tuple[float, float] | None:
    """Return the range of the person's usual weeks; None where months are shown or too few weeks came before."""
    usual = baseline_range(data, period.first, "distance_m") if period.first and span.noun == "week" else None
    return usual and (data.say.in_units(usual[0]), data.say.in_units(usual[1]))


def _describe_each(say: Translator, span: Span, describe: Callable[[Translator, str, Row], str]) -> tuple[str, ...]:
    """Describe each week or month in a sentence."""
    return tuple(describe(say, _span_name(say, row, span.noun), row) for row in span.rows)


def _span_name(say: Translator, row: Row, noun: str) -> str:
    return say.month(row["start"]) if noun == "month" else say("long_view.week.of", day=row["start"])


def _describe_distance(say: Translator, when: str, row: Row) -> str:
    if row["runs"] is None or row["distance_m"] is None:
        return say("long_view.far_unknown", when=when)
    return say("long_view.far", when=when, far=say.distance(row["distance_m"]))


def _describe_load(say: Translator, when: str, row: Row) -> str:
    if row["load"] is None:
        return say("long_view.load_unknown", when=when)
    return say("long_view.load", when=when, load=say.whole(row["load"]))


def _describe_mood(say: Translator, when: str, row: Row) -> str:
    if row["mood_evening"] is None:
        return say("long_view.mood_unknown", when=when)
    return say("long_view.mood", when=when, mood=row["mood_evening"], evenings=row["rated_evenings"] or 0)


def _span_sentences(say: Translator, span: Span, whole: list[bool], *, tell_unknown: bool) -> Iterator[str]:
    """Yield how far the whole weeks went, how they felt, and for how many nothing is known."""
    known, felt = span.values("distance_m"), span.values("mood_evening")
    far = [value for value, full in zip(known, whole, strict=True) if value is not None and full]
    moods = [mood for mood in felt if mood is not None]
    if any(far):
        most, middle = (say.distance(metres, whole=True) for metres in (max(far), median(far)))
        yield say(f"long_view.{span.noun}.held", least=say.bare_distance(min(far)), most=most, middle=middle)
    if moods and say.figure(min(moods)) != say.figure(max(moods)):
        yield say(f"long_view.{span.noun}.felt", low=min(moods), high=max(moods))
    if tell_unknown and None in known:
        yield say(f"long_view.{span.noun}.missing", count=known.count(None))


def _span_grid(say: Translator, span: Span) -> Grid:
    last, noun, unknown = span.rows[-1]["start"], span.noun, say("mark.unknown")
    rows = tuple(
        (
            say.month(row["start"]) if noun == "month" else say.date_near(row["start"], last),
            unknown if row["runs"] is None or row["distance_m"] is None else say.distance(row["distance_m"]),
            unknown if row["runs"] is None else str(row["runs"]),
            DASH if row["load"] is None else say.whole(row["load"]),
            DASH if row["mood_evening"] is None else say.figure(row["mood_evening"]),
        )
        for row in span.rows
    )
    columns = tuple(say(f"column.{name}") for name in ("distance", "runs", "load", "mood"))
    return Grid(say(f"long_view.{noun}.table"), (say(f"long_view.{noun}.column"), *columns), rows)


def _build_panels(
    say: Translator, specs: Iterable[PanelSpec], starts: Sequence[dt.date], whole: Sequence[bool]
) -> tuple[Panel, ...]:
    """Return the panels one below the other, each with a column for every start."""
    made: list[Panel] = []
    for spec in specs:
        top = made[-1].bottom + GAP if made else FIRST_TOP
        made.append(_panel(say, spec, top, zip(starts, whole, strict=True)))
    return tuple(made)


def _column_width(count: int) -> float:
    """Return how wide one column is."""
    return (WIDTH - LEFT - RIGHT) / count


def _panel(say: Translator, spec: PanelSpec, top: float, spans: Iterable[tuple[dt.date, bool]]) -> Panel:
    low, high = spec.scale
    wide = _column_width(len(spec.values))

    def place(share: float) -> float:
        return round(top + (1 - share) * spec.high, 1)

    shares = [None if value is None else (value - low) / (high - low) for value in spec.values]
    columns = tuple(
        WeekBar(
            start, round(LEFT + (number + 0.5) * wide, 1), None if share is None else place(share), share, full, words
        )
        for number, ((start, full), share, words) in enumerate(zip(spans, shares, spec.words, strict=True))
    )
    usual = spec.usual and tuple(place(min(1.0, (end - low) / (high - low))) for end in spec.usual)
    return Panel(
        title=spec.title,
        form=spec.form,
        columns=columns,
        lines=_lines(columns),
        ticks=(Tick(place(0.0), say.figure(low)), Tick(place(1.0), say.figure(high))),
        usual=(usual[0], usual[1]) if usual else None,
        top=top,
        bottom=top + spec.high,
    )


def _lines(columns: Iterable[WeekBar]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the stretches of known columns, broken where nothing is known."""
    lines: list[list[tuple[float, float]]] = [[]]
    for column in columns:
        if column.y is None:
            lines.append([])
        else:
            lines[-1].append((column.x, column.y))
    return tuple(tuple(line) for line in lines if line)


def axis_top(values: Iterable[float | None]) -> float:
    """Return the end of an axis from 0: a round figure that holds the highest value, and whose half is one too."""
    most = max((value for value in values if value is not None), default=0.0)
    size = 1.0
    while size * 10 < most:
        size *= 10
    return next(size * top for top in (TOPS if size > 1 else SMALL_TOPS) if size * top >= most)


def _label_columns(say: Translator, columns: Sequence[WeekBar], *, years: bool) -> tuple[Tick, ...]:
    """Label the first column of each month, or year, as far as there is room for the name."""
    ticks: list[Tick] = []
    for before, column in zip((None, *columns), columns, strict=False):
        name = str(column.start.year) if years else say.month_short(column.start)
        begins = before is None or (str(before.start.year) if years else say.month_short(before.start)) != name
        if begins and column.x < WIDTH - LABEL_ROOM / 2 and (not ticks or column.x - ticks[-1].at >= LABEL_ROOM):
            ticks.append(Tick(column.x, name))
    return tuple(ticks)
