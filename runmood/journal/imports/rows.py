"""Rows of any layout as check-ins: those that can be read, those set aside with their reason, and what was left out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.errors import CsvFormatError, WrongValueError, as_message
from runmood.core.i18n import message
from runmood.journal.checkin_days import DAY_ENDS, USUAL_CLOCK, default_checkin_kind
from runmood.journal.codec import from_line, id_of, to_line
from runmood.journal.imports.compare import Export
from runmood.journal.imports.documents import plain_text
from runmood.journal.imports.formats import LEFT_OUT, OffScaleError
from runmood.journal.imports.moments import clock_of, moment_of
from runmood.journal.imports.sheets import NUMBER, SetAside, by_frequency, cells_of, number_of, split_cells

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from runmood.journal.imports.formats import ExportFormat, FieldMapping, Part
    from runmood.journal.imports.sheets import Row


LIKELY_YEARS = range(1990, 2100)
MOST_OFF_SCALE = 0.1  # of the answers; where more lie beyond a scale, it is another scale


def read_part(part: Part, zone: ZoneInfo) -> Export:
    """Return the check-ins of the rows that tell a mood, in their order, and remarks that count the others.

    Raises:
        CsvFormatError: more rows cannot be read than can, so that the file is probably not what it was taken for.
    """
    layout, every = part.layout, part.sheet.rows
    of_mood = [row for row in every if _tells_of_mood(row, layout)]
    with_mood = [row for row in of_mood if _answer(row, layout, layout.items["mood"])]
    wanted = [row for row in with_mood if not _is_left_out(row, layout)]
    entries: list[NewEntry] = []
    by_clock: set[str] = set()
    set_aside, off_scale = list(part.sheet.set_aside), 0
    for row in wanted:
        try:
            entry, is_local = _said(row, layout, zone)
        except (ValueError, OverflowError, TypeError) as fault:
            off_scale += isinstance(fault, OffScaleError)
            set_aside.append(SetAside(row.place, as_message(fault), row.cells))
        else:
            entries.append(entry)
            by_clock |= {id_of(entry)} if is_local else set()
    _refuse_strangers(entries, set_aside, off_scale)
    silent = sum(_is_silence(row, layout, asked) for row in of_mood for asked in layout.items.values())
    counted = (
        (len(every) - len(of_mood), "import.moods.of_other_things"),
        (len(of_mood) - len(with_mood), "import.moods.without_a_mood"),
        (len(with_mood) - len(wanted), "import.moods.left_out_by_you"),
        (silent, "import.moods.silent"),
    )
    remarks = [message(name, count=count) for count, name in counted if count]
    remarks += layout.remarks * bool(entries)
    return Export(
        layout.source, tuple(entries), layout.how_sure, tuple(remarks), tuple(set_aside), frozenset(by_clock), (layout,)
    )


def unknown_words(rows: Iterable[Row], layout: ExportFormat) -> list[str]:
    """Return the words for a mood whose number nobody has said, the most frequent first."""
    said = by_frequency(word for row in rows if _tells_of_mood(row, layout) for word in _words(row, layout))
    return [word for word in said if word.casefold() not in layout.labels.keys() | layout.undecided]


def numbers_of(rows: Iterable[Row], layout: ExportFormat) -> list[float]:
    """Return the moods that are numbers."""
    column = layout.items["mood"].column
    moods = [row.cells.get(column, "") for row in rows if _tells_of_mood(row, layout)]
    return [number_of(mood) for mood in moods if NUMBER.fullmatch(mood)]


def fits_a_shorter_scale(rows: Iterable[Row], layout: ExportFormat) -> bool:
    """Return whether a source of uncertain scale gives no mood high enough to tell its scale from a shorter one."""
    numbers = numbers_of(rows, layout)
    return layout.sure_above is not None and bool(numbers) and max(numbers) <= layout.sure_above


def dates_in(rows: Iterable[Row], layout: ExportFormat) -> list[str]:
    """Return the dates of the rows as they are written."""
    return [" ".join(cells_of(row, layout.date)) for row in rows]


def _refuse_strangers(entries: list[NewEntry], set_aside: list[SetAside], off_scale: int) -> None:
    """Refuse a file of which less can be read than not, or whose answers fit another scale."""
    rows = len(entries) + len(set_aside)
    if len(set_aside) > len(entries) or (off_scale > 1 and off_scale > rows * MOST_OFF_SCALE):
        first = set_aside[0]
        if rows > 1:
            where = {"place": first.place, "fault": first.reason}
            raise CsvFormatError(message("error.moods.at_several", **where, faulty=len(set_aside), rows=rows))
        raise CsvFormatError(message("error.moods.at", place=first.place, fault=first.reason))


def _tells_of_mood(row: Row, layout: ExportFormat) -> bool:
    if not layout.only:
        return True
    column, word = layout.only
    return row.cells.get(column, "").casefold() == word


def _is_silence(row: Row, layout: ExportFormat, asked: FieldMapping) -> bool:
    return layout.zero_is_silence and row.cells.get(asked.column, "").strip("0.") == "" and asked.column in row.cells


def _answer(row: Row, layout: ExportFormat, asked: FieldMapping) -> str:
    """Return what the row answers to an item; empty where it says nothing."""
    return "" if _is_silence(row, layout, asked) else row.cells.get(asked.column, "")


def _words(row: Row, layout: ExportFormat) -> list[str]:
    """Return the words of a mood; where it has a scale, numbers are none."""
    asked = layout.items["mood"]
    words = split_cells([row.cells.get(asked.column, "")], layout.between_words)
    return [word for word in words if not (asked.scale and NUMBER.fullmatch(word))]


def _is_left_out(row: Row, layout: ExportFormat) -> bool:
    """Return whether a word of this row is undecided, or the person wants none of them and there is nothing else."""
    words = [word.casefold() for word in _words(row, layout)]
    if not layout.undecided.isdisjoint(words):
        return True
    return bool(words) and all(layout.labels.get(word, 0) is LEFT_OUT for word in words)


def _said(row: Row, layout: ExportFormat, zone: ZoneInfo) -> tuple[NewEntry, bool]:
    """Return the check-in of a row, and whether its moment is a clock without a zone.

    Raises:
        WrongValueError: something in the row cannot be understood.
    """
    at, kind, is_local = _moment(row, layout, zone)
    if at.year not in LIKELY_YEARS:
        raise WrongValueError("unlikely_year", year=f"{at.year}")
    scores = {item: _score(row, layout, item) for item, asked in layout.items.items() if _answer(row, layout, asked)}
    check_in = CheckIn(
        at=at,
        kind=kind,
        tags=tuple(dict.fromkeys(split_cells(cells_of(row, layout.tags), layout.between_tags))),
        note="\n".join(filter(None, _notes(row, layout))) or None,
        source=layout.source,
        raw=_raw(row, layout),
        **scores,  # type: ignore[arg-type]  # the items are fields of a check-in, each a number
    )
    said = NewEntry(at, check_in)
    from_line(to_line(said))  # the journal's own parser is the judge of what may stand in it
    return said, is_local


def _score(row: Row, layout: ExportFormat, item: str) -> float:
    asked = layout.items[item]
    words = _words(row, layout) if item == "mood" else []
    if words or not asked.scale:
        worths = [layout.labels[word.casefold()] for word in words]
        numbers = [worth for worth in worths if worth is not None]
        return round(sum(numbers) / len(numbers), 2)
    number = number_of(row.cells[asked.column])
    return asked.scale.of_ten(item, number)


def _notes(row: Row, layout: ExportFormat) -> list[str]:
    """Return the notes; a comma that was not put in quotes has pushed the rest of the last one beyond the header."""
    if row.beyond and row.last_column not in layout.notes:
        raise WrongValueError("more_cells")
    return [plain_text(note, markup=layout.markup) for note in [*cells_of(row, layout.notes), *row.beyond]]


def _raw(row: Row, layout: ExportFormat) -> str:
    """Return the answers as the file has them, such as `mood=2 of 1-4; motivation=1`."""
    answered = [asked for asked in layout.items.values() if _answer(row, layout, asked)]
    scales = {
        asked.column: f" of {asked.scale}" if asked.scale and NUMBER.fullmatch(row.cells[asked.column]) else ""
        for asked in answered
    }
    kept = [column for column in layout.kept if column in row.cells]
    return "; ".join(f"{column}={row.cells[column]}{scales.get(column, '')}" for column in [*scales, *kept])


def _moment(row: Row, layout: ExportFormat, zone: ZoneInfo) -> tuple[dt.datetime, str, bool]:
    """Return when it was said by the local clock, which kind of check-in it is, and whether the file names no zone."""
    moment, with_clock = moment_of(" ".join(cells_of(row, layout.date)), layout.date_order, layout.date_format)
    part = ":".join(cell.zfill(len(layout.time) and 2) for cell in cells_of(row, layout.time))
    kind = layout.parts_of_day.get(part.casefold(), layout.kind)
    if part and part.casefold() not in layout.parts_of_day:
        moment, with_clock = dt.datetime.combine(moment.date(), clock_of(part), moment.tzinfo), True
    if not with_clock and not kind:
        raise WrongValueError("without_time")
    at = _at_the_place(moment, zone).replace(microsecond=0)
    after_midnight = layout.whole_day and dt.timedelta(hours=at.hour, minutes=at.minute) < DAY_ENDS
    if not with_clock or after_midnight:
        at = dt.datetime.combine(at.date(), USUAL_CLOCK[kind], at.tzinfo)
    return at, kind or default_checkin_kind(at), moment.tzinfo is None


def _at_the_place(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Give a local time the home's zone and turn a time in UTC to it; any other offset is that of the place."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    return moment if moment.utcoffset() else moment.astimezone(zone)
