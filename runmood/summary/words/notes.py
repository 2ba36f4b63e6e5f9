"""Words around the findings: what could not be read, the invented home, and the foot of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.parts import Fault, Foot, Invented, Unread
from runmood.summary.words.phrases import file_name, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.summary.diary import Diary
    from runmood.terms.speech import Speech

FAULTS_SHOWN = 3  # of one kind
FILES_SHOWN = 3  # of one sentence

HELPLINE = "findahelpline.com"


def foot(say: Speech) -> Foot:
    """What stands at the end of every page."""
    return Foot(
        statement=say("statement"),
        made_here=say("foot.made_here"),
        help_words=say("foot.help", helpline=HELPLINE),
        help_name=HELPLINE,
        help_address=f"https://{HELPLINE}",
    )


def invented(diary: Diary) -> Invented | None:
    """What to know of a page about nobody; null for a real home."""
    if not diary.invented:
        return None
    say = diary.say
    return Invented(say("invented.sentence"), say("invented.truths"), tuple(map(readable, diary.truths)))


def unread(say: Speech, notices: pl.DataFrame) -> Unread | None:
    """What could not be read, in a few lines a kind, and the remarks behind a count; null when all went well."""
    if notices.is_empty():
        return None
    grave = notices.filter(pl.col("severity") != "info")
    remarks = notices.filter(pl.col("severity") == "info")
    noted = remarks["file_name"].n_unique()
    return Unread(
        title=say("unread.remarks_alone") if grave.is_empty() else say("unread.title"),
        faults=_faults(say, grave, FAULTS_SHOWN),
        remarks_title=say("unread.remarks", files=noted) if noted else "",
        remarks=_faults(say, remarks, 1),
    )


def _faults(say: Speech, notices: pl.DataFrame, shown: int) -> tuple[Fault, ...]:
    """Notices by kind, errors before warnings; of each kind a few sentences, the rest as a count."""
    rank = pl.col("severity").replace_strict({"error": 0, "warning": 1, "info": 2}, return_dtype=pl.Int64)
    ordered = notices.with_columns(rank=rank).sort("rank", "code", "file_name", "number")
    kinds = ordered.partition_by("code", maintain_order=True)
    return tuple(fault for kind in kinds for fault in _of_kind(say, kind, shown))


def _of_kind(say: Speech, kind: pl.DataFrame, shown: int) -> list[Fault]:
    sentences: dict[str, list[str]] = {}
    for name, sentence in kind.select("file_name", "sentence").iter_rows():
        sentences.setdefault(readable(sentence), []).append(file_name(name))
    told = list(sentences.items())
    faults = [Fault(sentence, _some(say, files)) for sentence, files in told[:shown]]
    left = sum(len(files) for _, files in told[shown:])
    return [*faults, Fault(say("unread.more_of_this_kind", count=left), ())] if left else faults


def _some(say: Speech, files: Sequence[str]) -> tuple[str, ...]:
    """A few names, each once, and how many there are besides."""
    names = sorted(set(files))
    left = len(names) - FILES_SHOWN
    return (*names[:FILES_SHOWN], say("unread.more_files", count=left)) if left > 0 else tuple(names)
