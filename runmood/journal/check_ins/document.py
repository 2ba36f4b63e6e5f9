"""Check-ins as JSON, from a shortcut, an automation or a file: one object, or a list; all of it or nothing."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from runmood.journal.check_ins.own_items import answer_to
from runmood.journal.clock import is_a_day, moment_on, usual_kind
from runmood.journal.faults import BadSheetError
from runmood.journal.lines.shapes import CHECK_IN
from runmood.journal.lines.values import a_moment, a_text
from runmood.terms.entries import CheckIn, Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from runmood.journal.lines.values import Reader
    from runmood.terms.entries import OwnItem

NEEDED = ("mood", "energy")
SOURCE = "json"
CLOCKS_APART = dt.timedelta(minutes=5)  # a phone's clock may be ahead of this one
EXAMPLE = '{"mood": 7, "energy": 6}'


def check_ins_from_json(
    content: bytes, zone: ZoneInfo, items: Sequence[OwnItem] = (), now: dt.datetime | None = None
) -> list[Said]:
    """The check-ins of a JSON text, said now; BadSheetError names every fault, and nothing is taken.

    Where there is no now (a file), each has to say its moment, `at`, and counts as said then.
    """
    readers = _readers(zone, items)
    read = [_entry(each, readers, now) for each in _objects(content)]
    several = len(read) > 1
    faults = [
        f"{f'Entry {number}: ' if several else ''}{'; '.join(faults)}"
        for number, (_, faults) in enumerate(read, start=1)
        if faults
    ]
    if faults:
        raise BadSheetError(f"{'. '.join(faults)}. Nothing was taken; mend it and give it again.")
    return [said for said, _ in read if said]


def _readers(zone: ZoneInfo, items: Sequence[OwnItem]) -> dict[str, Reader]:
    """What each item may be: as in a line of the journal, with moments by the home's clock and answers checked."""
    moment: Reader = lambda item, value: _moment(item, value, zone)  # noqa: E731 - a reader like the others
    said: Reader = lambda _, value: tuple(_answers(value, items))  # noqa: E731 - as above
    own = {"at": moment, "said_at": moment, "answers": said}
    return {item: own.get(item, reader) for item, reader in CHECK_IN.items.items() if item != "raw"} | own


def _entry(said: object, readers: dict[str, Reader], now: dt.datetime | None) -> tuple[Said | None, list[str]]:
    """The entry, or all that is wrong with it."""
    if not isinstance(said, dict):
        return None, [f"it is no check-in, which is an object like {EXAMPLE}"]
    given = {str(item): value for item, value in said.items() if value not in (None, "", [], {})}
    strange = ", ".join(sorted(given.keys() - readers.keys()))
    faults = [f"it does not know {strange}; it may hold {', '.join(readers)}"] if strange else []
    faults += [f"the {item} is missing" for item in NEEDED if item not in given]
    faults += ["the moment, at, is missing"] if now is None and "at" not in given else []
    values: dict[str, Any] = {"at": now, "source": SOURCE}
    for item in (each for each in readers if each in given):
        try:
            values[item] = readers[item](item, given[item])
        except (ValueError, TypeError) as fault:
            faults.append(str(fault))
    if faults:
        return None, faults
    if is_a_day(str(given.get("at", ""))):
        values["at"] = moment_on(values["at"].date(), values.get("kind"), values["at"].tzinfo, now)
    if values["at"] > (now or dt.datetime.now(dt.UTC)) + CLOCKS_APART:
        return None, [f"at is {given['at']}, which lies in the future"]
    said_at = values.pop("said_at", now or values["at"])
    values.setdefault("kind", usual_kind(values["at"]))
    return Said(said_at, CheckIn(**values)), []


def _objects(content: bytes) -> list[object]:
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise BadSheetError(f"This is no JSON ({fault}). Nothing was taken.") from fault
    objects = document if isinstance(document, list) else [document]
    if not objects:
        raise BadSheetError("The list holds no check-in. Nothing was taken.")
    return objects


def _moment(item: str, value: object, zone: ZoneInfo) -> dt.datetime:
    """A moment, by the home's clock where it names no offset."""
    text = a_text(item, value)
    local = dt.datetime.fromisoformat(text)
    return a_moment(item, text if local.tzinfo else local.replace(tzinfo=zone).isoformat()).replace(microsecond=0)


def _answers(said: object, items: Sequence[OwnItem]) -> Iterator[tuple[str, float | str]]:
    known = {item.name: item for item in items}
    if not isinstance(said, dict):
        raise TypeError("answers is no object of answers by the name of their question")
    for name, answer in said.items():
        if name not in known:
            raise ValueError(f"answers names {name}, which is no question in settings.toml")
        yield name, answer_to(known[name], answer)
