"""All findings in two short passages: what goes with what, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.summary.parts import Passage
from runmood.summary.words.lately import unknown
from runmood.summary.words.phrases import capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    from runmood.summary.answers.told import Told
    from runmood.summary.parts import Answer
    from runmood.terms.speech import Speech

NAMED = 3  # questions; of more the number is told


def in_short(
    say: Speech, days: pl.DataFrame, findings: Sequence[Told], answers: Sequence[Answer], *, alone: bool = True
) -> tuple[Passage, ...]:
    """Both passages, or what there is of them; `alone` unless other findings stand back as the person wishes."""
    told = {"goes": _goes(say, findings, answers, alone=alone), "open": _open(say, days, findings)}
    return tuple(Passage(say(f"in_short.{name}"), sentences) for name, sentences in told.items() if sentences)


def has_name(say: Speech, code: str) -> bool:
    """Whether a question is told under a name of its own; C3 is told with B1."""
    return f"called.{code}" in say.words


def named(say: Speech, codes: Iterable[str]) -> str:
    """Questions by their names, as a sentence lists them."""
    return quoted(say, [say(f"called.{code}") for code in codes])


def quoted(say: Speech, names: Iterable[str]) -> str:
    """Names as a sentence lists them, each in quotation marks."""
    return say.listed([say("quoted", words=name) for name in names])


def _goes(say: Speech, findings: Sequence[Told], answers: Sequence[Answer], *, alone: bool) -> tuple[str, ...]:
    if not findings:
        return ()
    titles = [answer.title for answer in answers if answer.seen]
    if not titles:
        return (say("in_short.nothing"),) if alone else ()
    return (say("in_short.seen", names=quoted(say, titles)), say("in_short.below", answers=len(titles)))


def _open(say: Speech, days: pl.DataFrame, findings: Sequence[Told]) -> tuple[str, ...]:
    told = (unknown(say, days), _unrated(say, days), _waiting(say, findings), _alike(say, findings))
    return tuple(filter(None, told))


def _unrated(say: Speech, days: pl.DataFrame) -> str:
    """How many evenings have no mood, where others have one."""
    count = days["mood_evening"].null_count()
    return "" if count in (0, days.height) else capital(say("in_short.unrated", evenings=count))


def _waiting(say: Speech, findings: Sequence[Told]) -> str:
    """The questions that need more notes."""
    codes = _standing(say, findings, "not enough evidence yet")
    if not codes:
        return ""
    if len(codes) > NAMED:
        return capital(say("in_short.waiting", questions=len(codes)))
    return capital(say("in_short.waiting_named", questions=len(codes), names=named(say, codes)))


def _alike(say: Speech, findings: Sequence[Told]) -> str:
    """The questions that these notes cannot answer, however many there are."""
    codes = _standing(say, findings, "cannot be told apart")
    return say("in_short.alike", names=named(say, codes)) if codes else ""


def _standing(say: Speech, findings: Sequence[Told], state: str) -> list[str]:
    latest = {finding.question: finding for finding in findings}
    return [code for code, finding in latest.items() if has_name(say, code) and finding.state == state]
