"""Rows of any layout as check-ins: all of them, or none and a sentence that says why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.journal.clock import DAY_ENDS, USUAL_CLOCK, usual_kind
from runmood.journal.imports.export import Export
from runmood.journal.imports.sheets import NUMBER, at_place, clock_of, date_of, each_once, number_of
from runmood.terms.entries import CheckIn, Said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from runmood.journal.imports.layouts import Asked, Layout
    from runmood.journal.imports.sheets import Row

LIKELY_YEARS = range(1990, 2100)


def read_rows(rows: Iterable[Row], layout: Layout, zone: ZoneInfo) -> Export:
    """The check-ins of the rows that tell a mood, in their order, and remarks that count the others."""
    every = tuple(rows)
    of_mood = [row for row in every if _tells_of_mood(row, layout)]
    with_mood = [row for row in of_mood if _answer(row, layout, layout.items["mood"])]
    wanted = [row for row in with_mood if not _is_left_out(row, layout)]
    entries = []
    for row in wanted:
        with at_place(row.place):
            entries.append(_said(row, layout, zone))
    silent = sum(_is_silence(row, layout, asked) for row in of_mood for asked in layout.items.values())
    counted = (
        (len(every) - len(of_mood), "{} of other things than mood {} left out"),
        (len(of_mood) - len(with_mood), "{} without a mood {} left out"),
        (len(with_mood) - len(wanted), "{} with a word that your mapping leaves out {} left out"),
    )
    remarks = [_counted(count, sentence) for count, sentence in counted if count]
    remarks += [f"Answers of 0 are no answers there; left out: {silent}."] * bool(silent)
    return Export(layout.source, tuple(entries), layout.how_sure, (*remarks, *layout.remarks * bool(entries)))


def unknown_words(rows: Iterable[Row], layout: Layout) -> list[str]:
    """The words for a mood whose number nobody has said, in the order in which they first occur."""
    asked = layout.items["mood"]
    if asked.scale:
        return []
    said = each_once(word for row in rows for word in _words(row, layout))
    return [word for word in said if word.casefold() not in layout.labels]


def fits_a_shorter_scale(rows: Iterable[Row], layout: Layout) -> bool:
    """Whether a source of uncertain scale gives no mood high enough to tell its scale from a shorter one."""
    moods = [row.cells.get(layout.items["mood"].column, "") for row in rows if _tells_of_mood(row, layout)]
    numbers = [number_of(mood) for mood in moods if NUMBER.fullmatch(mood)]
    return layout.sure_above is not None and bool(numbers) and max(numbers) <= layout.sure_above


def cells_of(row: Row, columns: Iterable[str]) -> list[str]:
    """The cells that stand under the columns, in their order."""
    return [row.cells[column] for column in columns if column in row.cells]


def _counted(count: int, sentence: str) -> str:
    subject, verb = ("1 row", "was") if count == 1 else (f"{count} rows", "were")
    return sentence.format(subject, verb) + "."


def _tells_of_mood(row: Row, layout: Layout) -> bool:
    if not layout.only:
        return True
    column, word = layout.only
    return row.cells.get(column, "").casefold() == word


def _is_silence(row: Row, layout: Layout, asked: Asked) -> bool:
    return layout.zero_is_silence and row.cells.get(asked.column, "").strip("0.") == "" and asked.column in row.cells


def _answer(row: Row, layout: Layout, asked: Asked) -> str:
    """What the row answers to an item; empty where it says nothing."""
    return "" if _is_silence(row, layout, asked) else row.cells.get(asked.column, "")


def _words(row: Row, layout: Layout) -> list[str]:
    cell = row.cells.get(layout.items["mood"].column, "")
    return _split([cell], layout.between_words)


def _split(cells: list[str], mark: str) -> list[str]:
    parts = (part for cell in cells for part in (cell.split(mark) if mark else [cell]))
    return [part.strip() for part in parts if part.strip()]


def _is_left_out(row: Row, layout: Layout) -> bool:
    """Whether the person wants none of the words of this row."""
    if layout.items["mood"].scale:
        return False
    return not [word for word in _words(row, layout) if layout.labels[word.casefold()] is not None]


def _said(row: Row, layout: Layout, zone: ZoneInfo) -> Said:
    at, kind = _moment(row, layout, zone)
    if at.year not in LIKELY_YEARS:
        raise ValueError(f"the year {at.year} cannot be right")
    scores = {item: _score(row, layout, item) for item, asked in layout.items.items() if _answer(row, layout, asked)}
    check_in = CheckIn(
        at=at,
        kind=kind,
        tags=tuple(dict.fromkeys(_split(cells_of(row, layout.tags), layout.between_tags))),
        note="\n".join(_notes(row, layout)) or None,
        source=layout.source,
        raw=_raw(row, layout),
        **scores,  # type: ignore[arg-type]  # the items are fields of a check-in, each a number
    )
    return Said(at, check_in)


def _score(row: Row, layout: Layout, item: str) -> float:
    asked = layout.items[item]
    if asked.scale:
        return asked.scale.of_ten(item, number_of(row.cells[asked.column]))
    worths = [layout.labels[word.casefold()] for word in _words(row, layout)]
    numbers = [worth for worth in worths if worth is not None]
    return round(sum(numbers) / len(numbers), 2)


def _notes(row: Row, layout: Layout) -> list[str]:
    """The notes; a comma that was not put in quotes has pushed the rest of the last one beyond the header."""
    if row.beyond and row.last_column not in layout.notes:
        raise ValueError("it has more cells than the header")
    return [*cells_of(row, layout.notes), *row.beyond]


def _raw(row: Row, layout: Layout) -> str:
    """The answers as the file has them, such as `mood=2 of 1-4; motivation=1`."""
    answered = [asked for asked in layout.items.values() if _answer(row, layout, asked)]
    scales = {asked.column: f" of {asked.scale}" if asked.scale else "" for asked in answered}
    kept = [column for column in layout.kept if column in row.cells]
    return "; ".join(f"{column}={row.cells[column]}{scales.get(column, '')}" for column in [*scales, *kept])


def _moment(row: Row, layout: Layout, zone: ZoneInfo) -> tuple[dt.datetime, str]:
    """When it was said, by the clock of the place, and which kind of check-in it is."""
    moment, with_clock = date_of(" ".join(cells_of(row, layout.date)), layout.date_formats)
    part = row.cells.get(layout.time, "") if layout.time else ""
    kind = layout.parts_of_day.get(part.casefold(), layout.kind)
    if part and part.casefold() not in layout.parts_of_day:
        moment, with_clock = dt.datetime.combine(moment.date(), clock_of(part)), True
    if not with_clock and not kind:
        raise ValueError("it has no time of day")
    at = _at_the_place(moment, zone).replace(microsecond=0)
    after_midnight = layout.whole_day and dt.timedelta(hours=at.hour, minutes=at.minute) < DAY_ENDS
    if not with_clock or after_midnight:
        at = dt.datetime.combine(at.date(), USUAL_CLOCK[kind], at.tzinfo)
    return at, kind or usual_kind(at)


def _at_the_place(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """A local time gets the home's zone, a time in UTC is turned to it, any other offset is that of the place."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    return moment if moment.utcoffset() else moment.astimezone(zone)
