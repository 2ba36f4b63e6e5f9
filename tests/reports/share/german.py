"""Notes of somebody who reads and writes German, to share from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl
from reports.share.given import choice, material

from runmood.core.i18n import translator
from runmood.reports.share.content import compose

if TYPE_CHECKING:
    from runmood.reports.context import ReportData
    from runmood.reports.share.models import ShareData, SharedPage


QUESTION = "An Tagen, an denen ein Lauf ausfällt, fühle ich mich schwerer als an Ruhetagen. Was ist daran anders?"
OWN = {
    "note": "Gut geschlafen, und das Licht auf dem Fluss war schön.",
    "prompt": "Was war anders in den Wochen, die leichter waren?",
    "answer": "Mehr Abende mit Menschen.",
}


def in_german(told: ReportData) -> ReportData:
    """The diary of somebody who reads German."""
    return replace(told, say=translator("de", told.say.units))


def german_material(told: ReportData) -> ShareData:
    """What a page of a diary may be made from, all of it in German: what the person wrote too."""
    given = material(in_german(told))
    return replace(
        given,
        check_ins=given.check_ins.with_columns(note=pl.lit(OWN["note"])),
        reflections=given.reflections.with_columns(prompt=pl.lit(OWN["prompt"]), answer=pl.lit(OWN["answer"])),
        goals=given.goals.with_columns(words=pl.lit("Im Wald laufen")),
    )


def german_page(told: ReportData, **more: Any) -> SharedPage:
    """The page of a diary, in German."""
    given = german_material(told)
    return compose(given, choice(given, **more))
