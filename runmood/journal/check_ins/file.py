"""A file that holds check-ins: our own CSV, or JSON. What it is shows in its first line, whatever it is called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from runmood.journal.check_ins.document import check_ins_from_json
from runmood.journal.check_ins.sheet import check_ins_from_csv
from runmood.journal.faults import BadSheetError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from runmood.terms.entries import OwnItem, Said

OUR_SHEET = frozenset({"date", "kind", "mood"})
OUR_JSON = frozenset({"energy", "kind", "at"})  # with a mood, any of these
LARGEST = 16_000_000  # bytes, far more than a life of check-ins; a track is not read for nothing


def check_ins_from_file(content: bytes, name: str, zone: ZoneInfo, items: Sequence[OwnItem] = ()) -> list[Said] | None:
    """The check-ins of a file; null where it is something else; BadSheetError names what is wrong with them."""
    if len(content) > LARGEST:
        return None
    start = content[:4096].decode("utf-8-sig", errors="replace").lstrip()
    try:
        if start[:1] in ("{", "["):
            return check_ins_from_json(content, zone, items) if _is_ours(content) else None
        header = start.partition("\n")[0].lower().replace(";", ",").replace("\t", ",")
        if {cell.strip(' "\r') for cell in header.split(",")} >= OUR_SHEET:
            return check_ins_from_csv(content, zone, items)
    except BadSheetError as fault:
        raise BadSheetError(f"{name}: {fault}") from fault
    return None


def _is_ours(content: bytes) -> bool:
    """Whether a JSON text begins with an object that has a mood as our check-ins have it."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    first = document[0] if isinstance(document, list) and document else document
    return isinstance(first, dict) and "mood" in first and bool(OUR_JSON & first.keys())
