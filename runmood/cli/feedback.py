"""What a person says of a finding: hide it, it is not so, a note for later; or that it may be shown again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.cli.support import show_help_if_distressed
from runmood.core.checkins import NOTE_LIMIT, EntryDeleted, NewEntry
from runmood.core.entries import Remark
from runmood.core.enums import Feedback
from runmood.core.errors import UserError
from runmood.journal.decisions import remark
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read
from runmood.journal.tables import remark_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from runmood.home.home import Home


def save_feedback(home: Home, findings: Sequence[str], word: str | None, note: str | None) -> None:
    """Write down what is said of findings that are told as one, by their codes.

    A note stays where no other is given, an empty one takes it away, and a note alone leaves the word that stands.

    Raises:
        UserError: the note is too long.
    """
    if note and len(note) > NOTE_LIMIT:
        raise UserError(home.say("cli.reports.note_too_long", limit=f"{NOTE_LIMIT}", letters=f"{len(note)}"))
    stands = {row["question"]: row for row in remarks_of(home).iter_rows(named=True)}
    now, said = dt.datetime.now(home.zone), []
    for finding in findings:
        before = stands.get(finding, {})
        kept = before.get("note") or "" if note is None else note
        said.append(NewEntry(now, remark(finding, word or Feedback.NOTED, kept, before.get("word"))))
    append(home.journal, said)
    show_help_if_distressed(home, [(note or "", None)])


def take_back_remarks(home: Home, findings: Sequence[str]) -> None:
    """Let go of all that was said of findings: they are shown as any other."""
    now = dt.datetime.now(home.zone)
    append(home.journal, [NewEntry(now, Remark(finding, None)) for finding in findings])


def remarks_of(home: Home) -> pl.DataFrame:
    """Return the feedback that stands on each finding: a frame of FINDING_FEEDBACK."""
    from runmood.schema.tables import FINDING_FEEDBACK

    told = read(home.journal).records
    said = effective_entries(each for each in told if isinstance(each.entry, Remark | EntryDeleted))
    return FINDING_FEEDBACK.frame(remark_rows(said, home.zone))
