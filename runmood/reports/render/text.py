"""The characters that charts are drawn with."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from runmood.core.i18n import DASH
from runmood.reports.charts.distributions import dot_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingLine, FindingView, Goal, NoticeGroup, Section, Unread
    from runmood.reports.models import (
        Bar,
        Bars,
        Calendar,
        Cell,
        Dots,
        Grid,
        HeatmapChart,
        LegendItem,
        Panel,
        Pile,
        Slopes,
        Tick,
        Tile,
        TrendChart,
    )
    from runmood.reports.run import Figure, RunView, StripChart
    from runmood.reports.summary_model import Summary


BLOCKS = "▁▂▃▄▅▆▇█"
EIGHTHS = len(BLOCKS)
SIGNS = {"run": "●", "run_on_rest": "◐", "rest": "~", "missed": "○", "none": "·", "unknown": "?", "outside": ""}
MARGIN = 8  # holds a date or an axis label, unless they need more
MOST_MOOD = 10
BLANK = " "
KEEP = "\N{NO-BREAK SPACE}"  # holds a sign and its words on one line


def mood_block(mood: float) -> str:
    """A mood as a block, higher for a better one."""
    return BLOCKS[min(EIGHTHS - 1, int(mood / MOST_MOOD * EIGHTHS))]


def block(share: float | None, line: int, height: int) -> str:
    """The piece of one bar on one line of several, counted from the lowest."""
    if share is None:
        return "?" if line == 0 else BLANK
    eighths = round(share * height * EIGHTHS) - line * EIGHTHS
    return BLANK if eighths <= 0 else BLOCKS[min(eighths, EIGHTHS) - 1]


def flat_bar(share: float, room: int) -> str:
    """A bar that lies, of at least one character."""
    return "▇" * max(1, round(share * room))


def margin(labels: Sequence[str], gap: int) -> int:
    """Room for the widest label and a gap."""
    return max(MARGIN, gap + max(map(len, labels)))


def row(label: str, values: Sequence[str], room: int, beside: int) -> str:
    """Values side by side, each with the same room, after a label."""
    return label.ljust(beside) + "".join(value.ljust(room) for value in values)


# --- The calendars in characters: two lines a week, or two lines a month or year.

ROOMY = 7  # characters a day, from which the mood's block and a distance with its decimal fit
WIDEST_DAY, WIDEST_TILE = 10, 4
GAP = 2  # after a date
EVERY = 5  # days of a month between two labels


def calendar_lines(calendar: Calendar, width: int) -> list[str]:
    """Two lines a week: what was run, and the evening's mood."""
    beside = margin(calendar.mondays, GAP)
    room = min(WIDEST_DAY, (width - beside) // len(calendar.weekdays))
    rest = calendar.rest if room >= ROOMY else SIGNS["rest"]
    lines = [row("", calendar.weekdays, room, beside)]
    for monday, week in zip(calendar.mondays, calendar.weeks, strict=True):
        lines.append(row(monday, [_ran(cell, room, rest) for cell in week], room, beside))
        felt = [_felt(cell, room) for cell in week]
        lines += [row("", felt, room, beside), ""] if any(felt) else [""]
    signs = [sign for sign in calendar.legend if sign.mark != "rest" or rest != calendar.rest]
    return lines + _wrapped((_legend(signs, calendar.mood_legend), "", calendar.sentence), width)


def tiles_lines(tiles: HeatmapChart, width: int) -> list[str]:
    """Two lines a month or year: what was run, and how it felt, a character or more for each tile."""
    beside = margin([name for name, _ in tiles.rows], GAP)
    room = max(1, min(WIDEST_TILE, (width - beside) // len(tiles.columns)))
    lines = [row("", _columns(tiles.columns), room, beside)]
    for name, places in tiles.rows:
        lines.append(row(name, ["" if tile is None else SIGNS[tile.mark] for tile in places], room, beside))
        felt = [_mood(tile) for tile in places]
        lines += [row("", felt, room, beside)] if any(felt) else []
    lines.append("")
    return lines + _wrapped((_legend(tiles.legend, tiles.mood_legend), "", tiles.sentence), width)


def _columns(names: Sequence[str]) -> list[str]:
    """Every fifth day of a month by the last figure of its number; months by their letter."""
    if not names[0].isdigit():
        return list(names)
    return [name[-1] if int(name) % EVERY == 0 else "" for name in names]


def _mood(tile: Tile | None) -> str:
    return "" if tile is None or tile.mood is None else mood_block(tile.mood)


def _legend(signs: Sequence[LegendItem], mood_legend: str) -> str:
    told = [f"{SIGNS[sign.mark]} {sign.words}" for sign in signs]
    told += [f"{BLOCKS[0]}…{BLOCKS[-1]} {mood_legend}"] if mood_legend else []
    return "   ".join(sign.replace(" ", KEEP) for sign in told)


def _wrapped(paragraphs: Sequence[str], width: int) -> list[str]:
    return [line.replace(KEEP, " ") for words in paragraphs for line in textwrap.wrap(words, width) or [""]]


def _ran(cell: Cell, room: int, rest: str) -> str:
    sign = rest if cell.mark == "rest" else SIGNS[cell.mark]
    if not cell.distance:
        return sign
    return f"{sign} {cell.distance}" if room >= ROOMY else f"{sign}{cell.distance_short}"


def _felt(cell: Cell, room: int) -> str:
    if cell.mood is None:
        return ""
    return f"{mood_block(cell.mood)} {cell.mood_label}" if room >= ROOMY else cell.mood_label


# --- Things counted, in characters: dots in columns, bars that lie, and how mood changed over runs.

WIDEST_BAR, NAME = 30, 28


def dot_lines(say: Translator, dots: Dots, width: int) -> list[str]:
    """Three columns of dots, one line a mood; where a column is full, one dot stands for several evenings."""
    room = (width - 6) // len(dots.piles)
    tallies = [_whole(pile) for pile in dots.piles]
    fullest = max(max(tally.values(), default=1) for tally in tallies)
    share = -(-fullest // (room - 3))
    scores = [score for tally in tallies for score in tally]
    lines = [
        _columns_counts("", [pile.title for pile in dots.piles], room),
        _columns_counts("", [pile.count for pile in dots.piles], room),
    ]
    for score in range(max(scores), min(scores) - 1, -1):
        piles = ["•" * -(-tally[score] // share) for tally in tallies]
        lines += [_columns_counts(f"{score:>2}", piles, room)]
    told = f"{dots.sentence} {dot_note(say, share)}"
    return [*lines, "", *textwrap.wrap(told, width, initial_indent="  ", subsequent_indent="  ")]


def bar_lines(say: Translator, bars: Bars, width: int) -> list[str]:
    """A line a thing: its name, its bar, its count."""
    return [*textwrap.wrap(bars.sentence, width), "", *_flat(say, bars.bars, width)]


def slope_lines(say: Translator, slopes: Slopes, width: int) -> list[str]:
    """How many runs went with how much of a change in mood."""
    return [*textwrap.wrap(slopes.sentence, width), "", *_flat(say, slopes.changes, width)]


def _flat(say: Translator, bars: Sequence[Bar], width: int) -> list[str]:
    wide = min(NAME, max(len(bar.name) for bar in bars))
    room = min(WIDEST_BAR, width - wide - 5 - max(len(say.whole(bar.count)) for bar in bars))
    return [f"  {bar.name[:wide]:<{wide}}  {flat_bar(bar.share, room)} {say.whole(bar.count)}" for bar in bars]


def _whole(pile: Pile) -> Counter[int]:
    """Evenings by whole mood; halves go up."""
    counts: Counter[int] = Counter()
    for mood, count in pile.tally:
        counts[int(mood + 0.5)] += count
    return counts


def _columns_counts(label: str, values: Sequence[str], room: int) -> str:
    return "  " + label.ljust(4) + "".join(value[: room - 1].ljust(room) for value in values).rstrip()


# --- The long view in characters: a chart of bars a panel, one column a week.

LINES = {"bars": 4, "line": 3, "faint line": 3}


def long_view_lines(view: TrendChart, width: int) -> list[str]:
    """Every panel as bars; a week of which nothing is known shows a question mark."""
    count = len(view.panels[0].columns)
    each = 2 if 2 * count <= width - MARGIN else 1
    shown = min(count, (width - MARGIN) // each)
    months = _months(view.months, view.panels[0], shown, each)
    lines = [
        line
        for panel in view.panels
        for line in (*textwrap.wrap(panel.title, width), *_panel(panel, shown, each), months, "")
    ]
    return [*lines, *textwrap.wrap(f"{view.sentence} {view.note}", width)]


def _panel(panel: Panel, shown: int, each: int) -> list[str]:
    height = LINES[panel.form]
    least = 1 / (height * EIGHTHS) if panel.form != "bars" else 0.0  # the lowest mood is still one
    shares = [None if column.share is None else max(least, column.share) for column in panel.columns[-shown:]]
    low, high = (tick.words for tick in panel.ticks)
    lines = []
    for line in reversed(range(height)):
        label = low if line == 0 else high if line == height - 1 else ""
        blocks = "".join(block(share, line, height) * (each - 1 or 1) + BLANK * (each - 1) for share in shares)
        lines.append(f"{label:>{MARGIN - 2}}  {blocks}".rstrip())
    return lines


def _months(ticks: Sequence[Tick], panel: Panel, shown: int, each: int) -> str:
    """The months' names under their first week, where there is room."""
    places = {column.x: number for number, column in enumerate(panel.columns[-shown:])}
    line = ""
    for tick in ticks:
        at = places.get(tick.at, -1) * each
        if at >= len(line) and at + len(tick.words) <= shown * each:
            line = line.ljust(at) + tick.words + BLANK
    return BLANK * MARGIN + line


# --- One run for a terminal: figures, small charts in blocks, tables.

NARROWEST = 40
NAMES = 12  # characters for the name of a figure
ENDS = 14  # characters for the ends of a chart
GAP_TEXT = "  "


def run_as_text(view: RunView, width: int = 80) -> str:
    """The run as lines of at most `width` characters (40 at least), tables apart, ending in a line break."""
    width = max(width, NARROWEST)
    head = [view.heading, "═" * len(view.heading), *textwrap.wrap(view.kind, width)]
    tables = [_table(grid) for grid in (view.splits, view.laps, view.fastest) if grid]
    blocks = [head, *figures_and_course(view, width), *tables]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def figures_and_course(view: RunView, width: int) -> tuple[list[str], list[str]]:
    """The figures of a run, and its course in small charts, as lines."""
    figures = [line for figure in view.figures for line in _figure(figure, width)]
    zones = _figure_line(view.zones_title, GAP_TEXT.join(f"{zone.number} · {zone.value}" for zone in view.zones))
    course = [line for strip in view.course for line in _strip(strip, width)]
    return [*figures, *([zones] if view.zones else [])], course


def _figure(figure: Figure, width: int) -> list[str]:
    told = f"{figure.value} ({figure.note})" if figure.note else figure.value
    return textwrap.wrap(_figure_line(figure.name, told), width, subsequent_indent=" " * NAMES)


def _figure_line(name: str, words: str) -> str:
    return f"{name:<{NAMES}}{words}"


def _strip(strip: StripChart, width: int) -> list[str]:
    """Two lines of blocks, so that sixteen heights can be told apart; the ends stand before them."""
    room = width - ENDS
    heights = _fewer(strip.heights, room)
    upper = "".join(_block(height, EIGHTHS) for height in heights)
    lower = "".join(_block(height, 0) for height in heights)
    return [strip.title, f"{strip.high:>{ENDS - 2}}  {upper}", f"{strip.low:>{ENDS - 2}}  {lower}"]


def _block(height: float | None, floor: int) -> str:
    """The piece of one column on the upper or the lower line; an unknown piece stays empty."""
    eighths = 0 if height is None else 1 + round(height * (2 * EIGHTHS - 1)) - floor
    return " " if eighths <= 0 else BLOCKS[min(eighths, EIGHTHS) - 1]


def _fewer(heights: tuple[float | None, ...], room: int) -> list[float | None]:
    """The heights, each taken where it falls when there is less room than heights."""
    room = min(room, len(heights))
    return [heights[number * len(heights) // room] for number in range(room)]


def _table(grid: Grid) -> list[str]:
    """Columns as wide as what stands in them, to the right but for the first."""
    rows = [grid.columns, *grid.rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [GAP_TEXT.join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [grid.caption, *(f"{GAP_TEXT}{line}" for line in lines)]


# --- A summary for a terminal: plain characters, charts in blocks and digits, no line longer than the width.

Block = list[str]


def as_text(summary: Summary, width: int = 80) -> str:
    """The summary as lines of at most `width` characters (40 at least), ending in a line break."""
    width = max(width, NARROWEST)
    blocks = [*_words(summary, width), *_pictures(summary, width), *_rest(summary, width)]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def _words(summary: Summary, width: int) -> Iterator[Block]:
    """What is read first."""
    yield _head(summary, width)
    yield _invented(summary, width)
    if summary.news:
        points = [line for words in summary.news.lines for line in _wrapped_text(words, width, f"  {DASH} ")]
        yield [f"{summary.news.title}:", *points]
    yield _wrapped_text(" ".join(summary.opening), width)
    for passage in summary.in_short:
        yield _wrapped_text(f"{passage.heading}. {' '.join(passage.sentences)}", width)
    yield [line for step in summary.first_steps for line in _step(step.command, step.words, width)]


def _pictures(summary: Summary, width: int) -> Iterator[Block]:
    """The calendar and the weeks."""
    if summary.calendar:
        yield _titled(summary.calendar.title, calendar_lines(summary.calendar, width), width)
    if summary.tiles:
        yield _titled(summary.tiles.title, tiles_lines(summary.tiles, width), width)
    if summary.long_view:
        yield _titled(summary.long_view.title, long_view_lines(summary.long_view, width), width)


def _rest(summary: Summary, width: int) -> Iterator[Block]:
    """What the notes say, and all that is counted."""
    yield _answers(summary, width)
    if summary.slopes:
        yield _titled(summary.slopes.title, slope_lines(summary.say, summary.slopes, width), width)
    for bars in (*summary.plan, summary.helped):
        if bars:
            yield _titled(bars.title, bar_lines(summary.say, bars, width), width)
    goals = [line for goal in summary.goals for line in _goal(goal, width)]
    yield _titled(summary.goals_title, goals, width) if goals else []
    if summary.last_run:
        yield _titled(summary.last_run_title, _run(summary.last_run, width), width)
    yield _unread(summary.unread, width) if summary.unread else []
    yield _foot(summary, width)


def _wrapped_text(words: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    indent = " " * len(first) if rest is None else rest
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)


def _head(summary: Summary, width: int) -> list[str]:
    lines, whose_and_when = (
        _wrapped_text(summary.heading, width),
        " · ".join(filter(None, (summary.whose, summary.period))),
    )
    return [*lines, "═" * max(map(len, lines)), *_wrapped_text(whose_and_when, width)]


def _titled(title: str, lines: list[str], width: int) -> list[str]:
    return [_rule(title, width), "", *lines]


def _rule(title: str, width: int) -> str:
    return f"── {title} ".ljust(width, "─")[:width]


def _invented(summary: Summary, width: int) -> list[str]:
    if not summary.invented:
        return []
    truths = [line for truth in summary.invented.truths for line in _wrapped_text(truth, width, "  • ")]
    told = [f"{summary.invented.truths_title}:", *truths] if truths else []
    return [*_wrapped_text(summary.invented.sentence, width), *told]


def _step(command: str, words: str, width: int) -> list[str]:
    return [f"  {command}", *_wrapped_text(words, width, "      ")]


def _answers(summary: Summary, width: int) -> list[str]:
    told = ["\n".join(_answer(summary.say, answer, width)) for answer in summary.answers]
    lines = [line for each in summary.also for line in _also(each, width)]
    also = "\n".join([f"{summary.also_title}:", *lines]) if lines else ""
    blocks = "\n\n".join(filter(None, (*told, also)))
    return [_rule(summary.answers_title, width), "", *blocks.split("\n")] if blocks else []


def _also(also: FindingLine, width: int) -> list[str]:
    return _wrapped_text(f"{also.title} · {also.state}. {also.words}", width, "◇ ")


def _answer(say: Translator, answer: FindingView, width: int) -> list[str]:
    lines = [*_wrapped_text(f"{answer.title} · {answer.state}", width, "◆ " if answer.seen else "◇ ")]
    first, *others = answer.passages
    dots = ["", *dot_lines(say, answer.dots, width), *([""] if others else [])] if answer.dots else []
    passages = [line for passage in others for line in _passage(passage, width)]
    return [*lines, *_passage(first, width), *dots, *passages]


def _passage(passage: Section, width: int) -> list[str]:
    if not passage.listed:
        return _wrapped_text(f"{passage.heading}. {' '.join(passage.sentences)}", width, "  ")
    points = [line for sentence in passage.sentences for line in _wrapped_text(sentence, width, f"  {DASH} ")]
    return [*_wrapped_text(f"{passage.heading}:", width, "  "), *points]


def _goal(goal: Goal, width: int) -> list[str]:
    stands = [line for words in goal.stands for line in _wrapped_text(words, width, "    ")]
    return [*_wrapped_text(f"{goal.words} ({goal.kind})", width, "• "), *stands]


def _run(view: RunView, width: int) -> list[str]:
    figures, course = figures_and_course(view, width)
    kind = _wrapped_text(view.kind, width)
    return [*_wrapped_text(view.heading, width), *kind, "", *figures, *([""] if course else []), *course]


def _unread(unread: Unread, width: int) -> list[str]:
    lines = [line for fault in unread.faults for line in _fault(fault, width)]
    remarks = _wrapped_text(f"{unread.remarks_title}.", width) if unread.remarks_title else []
    return [_rule(unread.title, width), "", *lines, *remarks]


def _fault(fault: NoticeGroup, width: int) -> list[str]:
    return [*_wrapped_text(fault.sentence, width, "• "), *(f"  {_cut(name, width - 2)}" for name in fault.files)]


def _cut(name: str, room: int) -> str:
    """A name on one line; of a long one the end, which tells most."""
    return name if len(name) <= room else f"…{name[1 - room :]}"


def _foot(summary: Summary, width: int) -> list[str]:
    foot = summary.foot
    paragraphs = [_wrapped_text(words, width) for words in (foot.help_words, foot.statement, foot.made_here)]
    return ["─" * width, "", *paragraphs[0], "", *paragraphs[1], *paragraphs[2]]
