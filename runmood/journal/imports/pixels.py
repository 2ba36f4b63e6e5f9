"""Pixels (teovogel): a JSON list of days, each with up to three scores.

How sure: known from programs that read and write it. Scores go from 1 to 5, 5 best; several of one day are averaged,
since they belong to one day and carry no clock. Backups of before 2023 have one `mood` and a list of `emotions`
instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from runmood.core.enums import CheckInKind
from runmood.core.errors import WrongValueError
from runmood.core.i18n import message
from runmood.journal.imports.documents import entry_sheet, texts_of, value_of
from runmood.journal.imports.formats import MARK, App, ExportFormat, Part, scales_from_one

if TYPE_CHECKING:
    from collections.abc import Mapping


PIXELS = ExportFormat(
    source="pixels",
    how_sure="P",
    known_by=frozenset(),
    items=scales_from_one(5, best_high="mood=score"),
    date=("date",),
    kind=CheckInKind.EVENING,
    tags=("tags",),
    between_tags=MARK,
    notes=("notes",),
    kept=("scores",),
    remarks=(message("import.moods.evenings"),),
)
NOW, BEFORE = {"date", "type", "scores"}, {"date", "mood", "emotions"}
MOODS = "mood"


def _of_document(document: object, _name: str) -> tuple[Part, ...] | None:
    if not isinstance(document, list) or not document or not all(isinstance(each, dict) for each in document):
        return None
    if not all(each.keys() >= NOW or each.keys() >= BEFORE for each in document):
        return None
    return (Part(PIXELS, entry_sheet(document, _cells)),)


def _cells(pixel: Mapping[str, Any]) -> dict[str, str]:
    scores = [score for score in _scores(pixel) if score]  # 0 is a day without a score
    several = len(scores) > 1
    return {
        "date": value_of(pixel, "date", str),
        "score": f"{sum(scores) / len(scores):.4g}" if scores else "",
        "scores": ", ".join(f"{score:g}" for score in scores) if several else "",
        "tags": _tags(pixel),
        "notes": value_of(pixel, "notes", str, ""),
    }


def _scores(pixel: Mapping[str, Any]) -> list[float]:
    """Return the scores of a mood; other kinds of pixels follow other things."""
    if "scores" not in pixel:
        return [float(value_of(pixel, "mood", int))]
    if value_of(pixel, "type", str).lower() != MOODS:
        return []
    scores = value_of(pixel, "scores", list)
    if not all(isinstance(score, int | float) and not isinstance(score, bool) for score in scores):
        raise WrongValueError("its_numbers", name="scores", value=repr(scores))
    return [float(score) for score in scores]


def _tags(pixel: Mapping[str, Any]) -> str:
    if "emotions" in pixel:
        return texts_of(pixel, "emotions")
    kinds = value_of(pixel, "tags", list, [])
    return MARK.join(filter(None, (texts_of(kind, "entries") for kind in kinds if isinstance(kind, dict))))


APPS = (App("Pixels (JSON backup)", formats=(PIXELS,), of_document=_of_document),)
