"""Records that were kept as JSON, read back by their types: every value is as it is declared, or there is no record.

What stands in a file that a home keeps for itself may be anything: a disk, a sync program or a hand may have changed
it. Whoever reads it uses values as keys, names, moments and numbers; so each is checked here, once, before it is used.
"""

from __future__ import annotations

import datetime as dt
import math
import types
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[Any], Any]

Record = TypeVar("Record")
YEARS = range(1971, 9999)  # of which every clock can tell the local time
BITS = 63  # of a whole number: no file is so large, and no process has such a number


class InvalidRecordError(ValueError):
    """A kept value is not of the type that it was written as."""


def read_record(kind: type[Record], kept: object) -> Record:
    """Return a record, or a value, as it was kept.

    Args:
        kind: a dataclass whose fields are texts, numbers, truths, days, moments with an offset, members of an enum,
            other such records, or lists, tuples and dictionaries of them; or one of these types.
        kept: what JSON gives.

    Returns:
        The record.

    Raises:
        NotLegibleError: it is not as it was written.
    """
    return cast("Record", _reader(cast("Any", kind))(kept))


@cache
def _reader(meant: Any) -> Reader:  # noqa: ANN401 - a type is whatever was declared
    """Return what reads a value of a type; made once, since a file may hold a hundred thousand values."""
    of, parts = get_origin(meant), get_args(meant)
    if of in {Union, types.UnionType}:
        return _any_of([_reader(each) for each in parts])
    if of is dict:
        return _dictionary(_reader(parts[0]), _reader(parts[1]))
    if of is list or (of is tuple and parts[-1] is ...):
        return _several(of, _reader(parts[0]))
    if of is tuple:
        return _each(tuple(_reader(each) for each in parts))
    return _record_of(meant) if is_dataclass(meant) else _plain(meant)


def _refuse(kept: object) -> InvalidRecordError:
    return InvalidRecordError(f"a value of type {type(kept).__name__}")


def _any_of(readers: list[Reader]) -> Reader:
    def read(kept: object) -> object:
        for each in readers:
            try:
                return each(kept)
            except InvalidRecordError:
                continue
        raise _refuse(kept)

    return read


def _dictionary(name: Reader, value: Reader) -> Reader:
    def read(kept: object) -> object:
        if not isinstance(kept, dict):
            raise _refuse(kept)
        return {name(each): value(meant) for each, meant in kept.items()}

    return read


def _several(of: type, reader: Reader) -> Reader:
    def read(kept: object) -> object:
        if not isinstance(kept, list):
            raise _refuse(kept)
        return of(map(reader, kept))

    return read


def _each(readers: tuple[Reader, ...]) -> Reader:
    def read(kept: object) -> object:
        if not isinstance(kept, list) or len(kept) != len(readers):
            raise _refuse(kept)
        return tuple([reader(each) for reader, each in zip(readers, kept, strict=True)])

    return read


def _record_of(kind: Any) -> Reader:  # noqa: ANN401 - as above
    hints = get_type_hints(kind)
    readers = {each.name: _reader(hints[each.name]) for each in fields(kind)}

    def read(kept: object) -> object:
        if not isinstance(kept, dict) or not kept.keys() <= readers.keys():
            raise _refuse(kept)
        try:
            return kind(**{name: readers[name](value) for name, value in kept.items()})
        except TypeError as fault:  # a field is missing without which there is no such record
            raise _refuse(kept) from fault

    return read


def _plain(meant: type) -> Reader:
    if meant in {str, bool, types.NoneType}:
        return _exactly(meant)
    if meant in {dt.date, dt.datetime}:
        return _moment if meant is dt.datetime else _day
    if meant in {int, float}:
        return _whole if meant is int else _number
    if issubclass(meant, Enum):
        return _member(meant)
    raise TypeError(f"no kept record has a field of type {meant}")


def _exactly(meant: type) -> Reader:
    def read(kept: object) -> object:
        if type(kept) is not meant:
            raise _refuse(kept)
        return kept

    return read


def _member(meant: type[Enum]) -> Reader:
    def read(kept: object) -> object:
        try:
            return meant(kept)
        except (ValueError, TypeError) as fault:
            raise _refuse(kept) from fault

    return read


def _whole(kept: object) -> int:
    if type(kept) is not int or kept.bit_length() > BITS:
        raise _refuse(kept)
    return kept


def _number(kept: object) -> float:
    if type(kept) is float and math.isfinite(kept):
        return kept
    return float(_whole(kept))


def _moment(kept: object) -> dt.datetime:
    moment = _parsed(dt.datetime.fromisoformat, kept)
    if moment.year not in YEARS or not moment.tzinfo:
        raise _refuse(kept)
    return moment


def _day(kept: object) -> dt.date:
    day = _parsed(dt.date.fromisoformat, kept)
    if day.year not in YEARS:
        raise _refuse(kept)
    return day


Moment = TypeVar("Moment")


def _parsed(parse: Callable[[str], Moment], kept: object) -> Moment:
    try:
        return parse(cast("str", kept))
    except (ValueError, TypeError) as fault:
        raise _refuse(kept) from fault
