"""All findings in two short passages: what goes with what, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.summary.answers import also, longer
from runmood.summary.parts import Passage
from runmood.summary.words.lately import unknown
from runmood.summary.words.phrases import capital, listed, plural, spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from runmood.summary.answers.told import Told
    from runmood.summary.parts import Answer

NAMES = {
    **also.TITLES,
    "A1": longer.TITLE,
    "B1": "Evenings of missed runs and of runs",
    "B2": "Evenings of missed runs and of planned rest",
}
GOES, OPEN = "What goes with what", "What is not known"
NAMED = 3  # questions; of more the number is told


def in_short(days: pl.DataFrame, findings: Sequence[Told], answers: Sequence[Answer]) -> tuple[Passage, ...]:
    """Both passages, or what there is of them."""
    told = (Passage(GOES, _goes(findings, answers)), Passage(OPEN, _open(days, findings)))
    return tuple(passage for passage in told if passage.sentences)


def named(codes: Sequence[str]) -> str:
    """Questions by their names, as a sentence lists them."""
    return listed([f"“{NAMES[code]}”" for code in codes])


def _goes(findings: Sequence[Told], answers: Sequence[Answer]) -> tuple[str, ...]:
    if not findings:
        return ()
    titles = [f"“{answer.title}”" for answer in answers if answer.seen]
    if not titles:
        return ("Nothing stands out in your notes so far, and that is an answer too.",)
    told = plural(len(titles), "It is told below", "Each is told below")
    return (f"Seen in your notes: {listed(titles)}.", f"{told} with its counts, how sure it is and what else may be.")


def _open(days: pl.DataFrame, findings: Sequence[Told]) -> tuple[str, ...]:
    return tuple(filter(None, (unknown(days), _unrated(days), _waiting(findings), _alike(findings))))


def _unrated(days: pl.DataFrame) -> str:
    """How many evenings have no mood, where others have one."""
    count = days["mood_evening"].null_count()
    if count in (0, days.height):
        return ""
    if count == 1:
        return "One evening was not rated; nothing is guessed for it."
    return f"{capital(spelled(count))} evenings were not rated; nothing is guessed for them."


def _waiting(findings: Sequence[Told]) -> str:
    """The questions that need more notes."""
    codes = _standing(findings, "not enough evidence yet")
    if not codes:
        return ""
    wait = plural(len(codes), "One question waits", f"{capital(spelled(len(codes)))} questions wait")
    return f"{wait} for more notes{_which(codes)}."


def _alike(findings: Sequence[Told]) -> str:
    """The questions that these notes cannot answer, however many there are."""
    codes = _standing(findings, "cannot be told apart")
    return f"What cannot be told apart in your notes: {named(codes)}." if codes else ""


def _which(codes: Sequence[str]) -> str:
    return f": {named(codes)}" if len(codes) <= NAMED else ""


def _standing(findings: Sequence[Told], state: str) -> list[str]:
    latest = {finding.question: finding for finding in findings}
    return [code for code, finding in latest.items() if code in NAMES and finding.state == state]
