"""B1 and B2 in words: evenings of missed runs beside evenings of runs and of planned rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.answers.told import LABELS, OTHERS, SAW, SOME_DO, STANDS, gap, how_sure
from runmood.summary.parts import Answer, Passage
from runmood.summary.words.phrases import counted, listed, plural, points, readable

if TYPE_CHECKING:
    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary

WORTH_SAYING, TOO_FAR_APART = 0.1, 0.25  # between the shares of rated evenings; the second as in patterns/missed
MIXED_WEEKDAYS = 2  # as in patterns/missed
LOW_MOOD, BUSY = "low mood", ("no time", "busy")
NEEDED = {
    "missed_days": ("rated evening of a missed run", "rated evenings of missed runs"),
    "run_days": ("rated evening of a planned run", "rated evenings of planned runs"),
    "rest_days": ("rated evening of planned rest", "rated evenings of planned rest"),
    "mixed_weekdays": ("weekday with both runs and rest", "weekdays with both runs and rest"),
    "days": ("day of notes", "days of notes"),
}  # fmt: skip


def evening_answers(missed: Told | None, rest: Told | None, diary: Diary) -> list[Answer]:
    """The answers to B1 and B2: one when missed days differ from both run and rest days, else one each."""
    reasons = skip_reasons(diary.days)
    if rest and rest.seen:
        return [_both(missed, rest, reasons, diary)]
    if missed and rest and missed.state == rest.state == "not enough evidence yet":
        return [_early(missed, rest)]
    answers = []
    if missed:
        answers.append(_lift(missed, rest, reasons, diary) if missed.seen else _open(missed, "run"))
    if rest:
        answers.append(_open(rest, "rest"))
    return answers


def tested_days(days: pl.DataFrame) -> pl.DataFrame:
    """The days whose evenings are compared: rated in time, and not set apart."""
    late, apart = pl.col("mood_evening_late").fill_null(value=False), pl.col("set_apart").fill_null(value=False)
    return days.filter(pl.col("mood_evening").is_not_null(), late.not_(), apart.not_())


def dot_note(share: int) -> str:
    """How many evenings one dot of the picture stands for."""
    return "Each dot is an evening." if share == 1 else f"Each dot stands for up to {share} evenings."


def skip_reasons(days: pl.DataFrame) -> dict[str, int]:
    """How often each reason was given on the missed days that are compared, most often first."""
    missed = tested_days(days).filter(pl.col("day_kind") == "missed run", pl.col("skip_reason").is_not_null())
    counts = missed["skip_reason"].value_counts().sort(["count", "skip_reason"], descending=[True, False])
    return {readable(reason): int(count) for reason, count in counts.iter_rows()}


def _both(missed: Told | None, rest: Told, reasons: dict[str, int], diary: Diary) -> Answer:
    """Lower than on run days and than on planned rest: the cautious reading, with the dossier's template."""
    skipped = counted(rest.count("missed_days"), "day")
    rested = counted(rest.count("rest_days"), "planned rest day")
    ran = f"{counted(rest.count('run_days'), 'day')} when it did"
    than_run = f"{gap(diary.say, missed, 'lower')} on {ran}, and " if missed else ""
    saw = f"On {skipped} when a planned run did not happen you rated evenings {than_run}{gap(diary.say, rest, 'lower')} on {rested}."
    share = (
        "This is a pattern in your notes, not a diagnosis. If it rings true, it could be worth mentioning to someone "
        "you trust or a therapist, along with what else helps."
    )
    some = "Some people also write down what else did them good on such days: company, sleep, quiet, time outside."
    passages = (
        Passage(SAW, (saw,)),
        how_sure(rest, diary),
        Passage(OTHERS, _others(rest, reasons), listed=True),
        Passage(SOME_DO, (share, some)),
    )
    return Answer("Evenings when a planned run did not happen", LABELS["seen"], seen=True, passages=passages)


def _lift(missed: Told, rest: Told | None, reasons: dict[str, int], diary: Diary) -> Answer:
    """Run days were better days, and nothing says that missed days were worse than rest: the kind reading."""
    ran = counted(missed.count("run_days"), "day")
    skipped = counted(missed.count("missed_days"), "day")
    saw = f"On {ran} when a planned run happened you rated evenings {gap(diary.say, missed, 'higher')} on {skipped} when it did not."
    like_rest = (
        "Run days were better days; missed days were about like your rest days, as far as your notes can tell."
        if rest and rest.state == "not seen so far"
        else "How missed days compare with your planned rest days is not known yet."
    )
    some = (
        "Some people note what else was in their better days: company, daylight, time of their own. "
        "Planned rest belongs to the same weeks and carries them too."
    )
    passages = (
        Passage(SAW, (saw, like_rest)),
        how_sure(missed, diary),
        Passage(OTHERS, _others(missed, reasons), listed=True),
        Passage(SOME_DO, (some,)),
    )
    return Answer("Run days were better days", LABELS["seen"], seen=True, passages=passages)


def _others(finding: Told, reasons: dict[str, int]) -> tuple[str, ...]:
    """What else may be behind it, with the person's own reasons counted."""
    low, busy = reasons.get(LOW_MOOD, 0), sum(reasons.get(reason, 0) for reason in BUSY)
    first = "Low mood may have come first"
    if low:
        first += f": on {low} of these days you tapped “{LOW_MOOD}” before skipping"
    elif not finding.facts.get("morning_used"):
        first += "; without enough morning check-ins the notes cannot tell which came first"
    both = "A full day may explain both, the missed run and the evening"
    if busy:
        both += f": on {busy} of these days you had no time"
    shares = _rated_shares(finding, WORTH_SAYING)
    return tuple(filter(None, (f"{first}.", f"{both}.", _reasons(reasons), shares)))


def _reasons(reasons: dict[str, int]) -> str:
    told = listed([f"{reason} ({count})" for reason, count in reasons.items()])
    return f"The reasons you gave for skipping: {told}." if told else ""


def _rated_shares(finding: Told, apart: float) -> str:
    """How often either kind of evening was rated, where the two shares lie further apart than this."""
    missed, run = (finding.facts.get(f"rated_{kind}_share") for kind in ("missed", "run"))
    if missed is None or run is None or abs(missed - run) <= apart:
        return ""
    return (
        f"You rated {missed:.0%} of the evenings of missed runs and {run:.0%} of those of planned runs; "
        "the unrated ones may have felt different."
    )


def _open(finding: Told, against: str) -> Answer:
    """The answer to a question that is not answered with yes."""
    title = "Evenings of missed runs and of runs" if against == "run" else "Evenings of missed runs and of planned rest"
    words = {
        "not seen so far": _not_seen,
        "not enough evidence yet": _lacking,
        "cannot be told apart": _alike,
    }[finding.state](finding, against)
    return Answer(title, LABELS[finding.state], seen=False, passages=(Passage(STANDS, words),))


def _not_seen(finding: Told, against: str) -> tuple[str, ...]:
    other = (
        f"{counted(finding.count('run_days'), 'evening')} of planned runs"
        if against == "run"
        else f"{counted(finding.count('rest_days'), 'evening')} of planned rest"
    )
    missed = counted(finding.count("missed_days"), "evening")
    sentences = [f"So far your notes do not show that {missed} of missed runs felt lower than {other}."]
    detectable = finding.facts.get("detectable")
    if detectable is not None:
        shown = points(float(detectable))
        sentences.append(
            f"A difference of {shown} or more would probably have shown by now; a smaller one may be there."
        )
    return tuple(sentences)


def _early(missed: Told, rest: Told) -> Answer:
    """One answer while both questions wait: whatever either of them lacks."""
    both = [finding.facts.get("lacking") or {} for finding in (missed, rest)]
    lacking = {name: max(one.get(name, 0) for one in both) for name in NEEDED if any(name in one for one in both)}
    words = _lacking(replace(rest, facts=rest.facts | {"lacking": lacking}), "rest")
    title = "Evenings of missed runs, of runs and of planned rest"
    return Answer(title, LABELS[rest.state], seen=False, passages=(Passage(STANDS, words),))


def _lacking(finding: Told, _against: str) -> tuple[str, ...]:
    lacking = finding.facts.get("lacking") or {}
    missing = [
        f"{int(lacking[name])} more {plural(int(lacking[name]), *NEEDED[name])}" for name in NEEDED if name in lacking
    ]
    told = f" What is missing: {listed(missing)}." if missing else ""
    return (
        f"It is too early to say.{told}",
        "That comes with ordinary weeks and an evening rated now and then; no run is to be missed for it.",
    )


def _alike(finding: Told, against: str) -> tuple[str, ...]:
    """Why no answer can be given: rest that is always on the same weekdays, or evenings rated unevenly."""
    alike = (
        "Your rest days fall on the same weekdays nearly every week, so an evening of rest and an evening of that "
        "weekday look the same in your notes."
    )
    later = "Nothing is wrong with that. Where rest days move now and then by themselves, this can be told later."
    shares = _rated_shares(finding, TOO_FAR_APART)
    mixed = against == "run" or finding.count("mixed_weekdays") >= MIXED_WEEKDAYS
    uneven = f"{shares} So the two are not compared; a note on either kind of evening helps alike." if shares else ""
    return tuple(filter(None, (uneven, "" if mixed else alike, "" if mixed else later)))
