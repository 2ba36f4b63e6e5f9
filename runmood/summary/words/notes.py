"""Words around the findings: what could not be read, the invented home, and the foot of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.parts import Fault, Foot, Invented, Unread
from runmood.summary.words.phrases import capital, counted, file_name, plural, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.summary.diary import Diary

FAULTS_SHOWN = 3  # of one kind
FILES_SHOWN = 3  # of one sentence

FOOT = Foot(
    statement=(
        "runmood helps people who run notice patterns between running and how they feel, for reflection and "
        "conversation. It does not diagnose, screen for, monitor, predict, prevent or treat any illness or injury, "
        "and does not replace professional care."
    ),
    made_here="This page was made on this machine. Nothing was sent anywhere.",
    help_words=(
        "If things feel heavy, you do not have to carry it alone: talk to someone you trust, your GP, or a helpline "
        "(findahelpline.com lists one for most countries)."
    ),
    help_name="findahelpline.com",
    help_address="https://findahelpline.com",
)


def invented(diary: Diary) -> Invented | None:
    """What to know of a page about nobody; null for a real home."""
    if not diary.invented:
        return None
    return Invented(
        "This runner is invented: the runs, the evenings and the plan are made up.",
        tuple(readable(truth) for truth in diary.truths),
    )


def unread(notices: pl.DataFrame) -> Unread | None:
    """What could not be read, in a few lines a kind, and the remarks behind a count; null when all went well."""
    if notices.is_empty():
        return None
    grave = notices.filter(pl.col("severity") != "info")
    remarks = notices.filter(pl.col("severity") == "info")
    files = grave["file_name"].n_unique()
    title = "What could not be read in full" if files else "About your files"
    return Unread(title, _faults(grave, FAULTS_SHOWN), _remarks_title(remarks), _faults(remarks, 1))


def _remarks_title(remarks: pl.DataFrame) -> str:
    count = remarks["file_name"].n_unique()
    if not count:
        return ""
    return f"{capital(counted(count, 'file'))} {plural(count, 'has', 'have')} a remark; nothing is lost"


def _faults(notices: pl.DataFrame, shown: int) -> tuple[Fault, ...]:
    """Notices by kind, errors before warnings; of each kind a few sentences, the rest as a count."""
    rank = pl.col("severity").replace_strict({"error": 0, "warning": 1, "info": 2}, return_dtype=pl.Int64)
    ordered = notices.with_columns(rank=rank).sort("rank", "code", "file_name", "number")
    kinds = ordered.partition_by("code", maintain_order=True)
    return tuple(fault for kind in kinds for fault in _of_kind(kind, shown))


def _of_kind(kind: pl.DataFrame, shown: int) -> list[Fault]:
    sentences: dict[str, list[str]] = {}
    for name, sentence in kind.select("file_name", "sentence").iter_rows():
        sentences.setdefault(readable(sentence), []).append(file_name(name))
    told = list(sentences.items())
    faults = [Fault(sentence, _some(files)) for sentence, files in told[:shown]]
    left = sum(len(files) for _, files in told[shown:])
    return [*faults, Fault(f"{left:,} more of this kind.", ())] if left else faults


def _some(files: Sequence[str]) -> tuple[str, ...]:
    """A few names, each once, and how many there are besides."""
    names = sorted(set(files))
    left = len(names) - FILES_SHOWN
    return (*names[:FILES_SHOWN], f"and {left} more") if left > 0 else tuple(names)
