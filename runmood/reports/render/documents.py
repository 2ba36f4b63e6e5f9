"""Lay out a summary as one file: HTML with styles and charts inside, no script, nothing fetched; or Markdown."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jinja2 import Template

    from runmood.findings.answers import FindingView, Section
    from runmood.reports.models import Bars, Grid, NoticeGroup, Summary
    from runmood.reports.run import RunView


SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
AT_START = re.compile(r"^(\d*)([-+=.)])")
SMALL = 3  # the level of a heading within a section


def as_markdown(summary: Summary) -> str:
    """Return the summary as plain Markdown (CommonMark with tables), ending in a line break."""
    parts = [*_opening_blocks(summary), *_charts(summary), *_answers(summary), *_counted(summary), *_end(summary)]
    return "\n\n".join(filter(None, parts)) + "\n"


def escaped(words: str) -> str:
    """Escape words so that Markdown shows them as they are, on one line."""
    return AT_START.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", " ".join(words.split())))


def _heading(level: int, words: str) -> str:
    return f"{'#' * level} {escaped(words)}"


def _paragraph(sentences: Iterable[str]) -> str:
    return escaped(" ".join(filter(None, sentences)))


def _points(lines: Iterable[str]) -> str:
    return "\n".join(f"- {escaped(line)}" for line in lines)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with every column but the first aligned right."""
    sides = [":--", *["--:"] * (len(columns) - 1)]
    lines = [map(escaped, columns), sides, *(map(escaped, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _grid(grid: Grid) -> str:
    return _table(grid.columns, grid.rows)


def _opening_blocks(summary: Summary) -> Iterator[str]:
    yield _heading(1, summary.heading)
    yield f"*{escaped(' · '.join(filter(None, (summary.whose, summary.period))))}*"
    if summary.invented:
        yield _paragraph([summary.invented.sentence])
        yield _points(summary.invented.truths)
    if summary.news:
        yield _heading(2, summary.news.title)
        yield _points(summary.news.lines)
    yield _paragraph(summary.opening)
    for passage in filter(None, (summary.asked, *summary.in_short)):
        end = "" if passage.heading.endswith("?") else "."
        yield f"**{escaped(passage.heading)}{end}** {_paragraph(passage.sentences)}"
    yield "\n".join(f"- `{step.command}` {escaped(step.words)}" for step in summary.first_steps)


def _charts(summary: Summary) -> Iterator[str]:
    for chart in (summary.calendar, summary.tiles, summary.long_view):
        if chart:
            yield _heading(2, chart.title)
            yield _paragraph((chart.sentence,))
            yield _grid(chart.grid)
    yield _paragraph((summary.long_view.note,)) if summary.long_view else ""


def _answers(summary: Summary) -> Iterator[str]:
    if summary.answers or summary.also:
        yield _heading(2, summary.answers_title)
    for answer in summary.answers:
        yield from _answer(answer)
    if summary.also:
        yield _heading(SMALL, summary.also_title)
        yield _points(f"{also.title} · {also.state}. {also.words}" for also in summary.also)


def _answer(answer: FindingView) -> Iterator[str]:
    yield _heading(SMALL, answer.title)
    yield f"*{escaped(answer.state)}*"
    for number, passage in enumerate(answer.passages):
        yield _passage(passage, alone=len(answer.passages) == 1)
        if answer.dots and not number:
            yield _paragraph((answer.dots.sentence,))
            yield _grid(answer.dots.grid)


def _passage(passage: Section, *, alone: bool) -> str:
    if passage.listed:
        return f"**{escaped(passage.heading)}:**\n\n{_points(passage.sentences)}"
    head = "" if alone else f"**{escaped(passage.heading)}.** "
    return head + _paragraph(passage.sentences)


def _counted(summary: Summary) -> Iterator[str]:
    if summary.slopes:
        yield _heading(2, summary.slopes.title)
        yield _paragraph((summary.slopes.sentence,))
        yield _grid(summary.slopes.grid)
    for bars in (*summary.plan, summary.helped):
        if bars:
            yield from _bars(bars)
    if summary.goals:
        yield _heading(2, summary.goals_title)
        yield _points(" ".join((f"{goal.words} ({goal.kind})", *goal.stands)) for goal in summary.goals)
    if summary.last_run:
        yield _heading(2, summary.last_run_title)
        yield from _run(summary.last_run)


def _bars(bars: Bars) -> Iterator[str]:
    yield _heading(2, bars.title)
    yield _paragraph((bars.sentence,))
    yield _table(bars.columns, [(bar.name, str(bar.count)) for bar in bars.bars])


def _run(view: RunView) -> Iterator[str]:
    yield f"**{escaped(view.heading)}**{f' · {escaped(view.kind)}' if view.kind else ''}"
    yield _points(f"{each.name}: {each.value}{f' ({each.note})' if each.note else ''}" for each in view.figures)
    yield _points(strip.words for strip in view.course)
    if view.splits:
        yield _heading(SMALL, view.splits.caption)
        yield _grid(view.splits)


def _end(summary: Summary) -> Iterator[str]:
    if summary.unread:
        yield _heading(2, summary.unread.title)
        yield "\n".join(map(_fault, summary.unread.faults))
        yield _paragraph([f"{summary.unread.remarks_title}."]) if summary.unread.remarks_title else ""
    foot = summary.foot
    yield "---"
    before, after = foot.help_words.split(foot.help_name)
    link = f"[{foot.help_name}]({foot.help_address})"
    yield f"{escaped(before)}{' ' * before.endswith(' ')}{link}{' ' * after.startswith(' ')}{escaped(after)}"
    yield escaped(foot.statement)
    yield escaped(foot.made_here)


def _fault(fault: NoticeGroup) -> str:
    files = f" ({escaped(', '.join(fault.files))})" if fault.files else ""
    return f"- {escaped(fault.sentence)}{files}"


def colours() -> str:
    """Return the colours of the page and of the local app, light and dark, as CSS variables on `:root`."""
    return files(__package__).joinpath("colours.css").read_text(encoding="utf-8")


def as_page(summary: Summary) -> str:
    """Return the page; every word from outside is escaped."""
    return _template().render(summary=summary, colours=colours())


@cache
def _template() -> Template:
    """Load the template, once."""
    # Jinja2 takes a tenth of a second to load, which a summary on the terminal need not wait for.
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - see above

    environment = Environment(
        loader=PackageLoader("runmood.reports.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2")
