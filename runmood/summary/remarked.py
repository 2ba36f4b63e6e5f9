"""What the person said of findings: what they hid or dispute is told in a line, a note stands with its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from runmood.summary.parts import Also, Passage
from runmood.summary.words.phrases import readable
from runmood.terms.choices import SET_BACK

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    import polars as pl

    from runmood.summary.diary import Diary
    from runmood.summary.parts import Answer
    from runmood.terms.speech import Speech


@dataclass(frozen=True, slots=True)
class Remarked:
    """A row of REMARKS."""

    question: str
    word: str
    note: str | None
    said_on: dt.date

    @property
    def aside(self) -> bool:
        """Whether the finding is to stand back."""
        return self.word in SET_BACK


def remarked(remarks: pl.DataFrame) -> dict[str, Remarked]:
    """What the person said, by the code of the finding."""
    return {row["question"]: Remarked(**row) for row in remarks.iter_rows(named=True)}


def in_front(findings: pl.DataFrame, remarks: pl.DataFrame) -> pl.DataFrame:
    """The findings that the person neither hid nor disputes."""
    back = [code for code, remark in remarked(remarks).items() if remark.aside]
    return findings.filter(findings["question"].is_in(back).not_())


def set_back(say: Speech, remark: Remarked, as_of: dt.date) -> Also:
    """A finding that was hidden or disputed, in a line that tells nothing of what it found."""
    title, state = say(f"called.{remark.question}"), say.choice("remark.state", remark.word)
    return Also(title, state, " ".join(in_words(say, remark, as_of)), codes=(remark.question,))


def in_words(say: Speech, remark: Remarked | None, as_of: dt.date) -> tuple[str, ...]:
    """That a finding was hidden or is disputed and since when, and what was noted; nothing where nothing was said."""
    if remark is None:
        return ()
    day, word = say.date_near(remark.said_on, as_of), remark.word.replace(" ", "_")
    back = say(f"remark.{word}", day=day) if remark.aside else ""
    return tuple(filter(None, (back, _noted(say, remark))))


def with_note(diary: Diary, answer: Answer) -> Answer:
    """An answer with what the person noted about it; of several questions told as one, each note once."""
    notes = _notes(diary, answer.codes)
    return replace(answer, passages=(*answer.passages, Passage(diary.say("remark.title"), notes))) if notes else answer


def line_with_note(diary: Diary, line: Also) -> Also:
    """A question in a line, with what the person noted about it."""
    return replace(line, words=" ".join((line.words, *_notes(diary, line.codes))))


def _notes(diary: Diary, codes: Iterable[str]) -> tuple[str, ...]:
    said = remarked(diary.remarks)
    notes = [_noted(diary.say, said[code]) for code in codes if code in said]
    return tuple(filter(None, dict.fromkeys(notes)))


def _noted(say: Speech, remark: Remarked) -> str:
    return say("remark.noted", note=say("quoted", words=readable(remark.note))) if remark.note else ""
