"""B1 and B2 in words: evenings of missed runs beside evenings of runs and of planned rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.answers.told import gap, how_sure, missing, not_seen, seen
from runmood.summary.words.phrases import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary
    from runmood.summary.parts import Answer
    from runmood.terms.speech import Speech

WORTH_SAYING, TOO_FAR_APART = 0.1, 0.25  # between the shares of rated evenings; the second as in patterns/missed
MIXED_WEEKDAYS = 2  # as in patterns/missed
LOW_MOOD, BUSY = "low mood", ("no time", "busy")
NEEDED = ("missed_days", "run_days", "rest_days", "mixed_weekdays", "days")
BESIDE = {"B1": "run_days", "B2": "rest_days"}  # the days that missed ones are compared with


def told_together(missed: Told | None, rest: Told | None) -> bool:
    """Whether one answer tells of both: missed days differ from run days and from rest, or both questions wait."""
    early = "not enough evidence yet"
    return bool(missed and rest and (rest.seen or missed.state == rest.state == early))


def evening_answers(missed: Told | None, rest: Told | None, diary: Diary) -> list[Answer]:
    """The answers to B1 and B2: one when missed days differ from both run and rest days, else one each."""
    say, reasons = diary.say, skip_reasons(diary.days)
    if rest and rest.seen:
        return [replace(_both(missed, rest, reasons, diary), codes=("B1", "B2") if missed else ("B2",))]
    if missed and rest and told_together(missed, rest):
        return [replace(_early(say, missed, rest), codes=("B1", "B2"))]
    answers = []
    if missed:
        told = _lift(missed, rest, reasons, diary) if missed.seen else _open(say, missed)
        answers.append(replace(told, codes=("B1",)))
    if rest:
        answers.append(replace(_open(say, rest), codes=("B2",)))
    return answers


def tested_days(days: pl.DataFrame) -> pl.DataFrame:
    """The days whose evenings are compared: rated in time, and not set apart."""
    late, apart = pl.col("mood_evening_late").fill_null(value=False), pl.col("set_apart").fill_null(value=False)
    return days.filter(pl.col("mood_evening").is_not_null(), late.not_(), apart.not_())


def skip_reasons(days: pl.DataFrame) -> dict[str, int]:
    """How often each reason was given on the missed days that are compared, most often first."""
    missed = tested_days(days).filter(pl.col("day_kind") == "missed run", pl.col("skip_reason").is_not_null())
    counts = missed["skip_reason"].value_counts().sort(["count", "skip_reason"], descending=[True, False])
    return {reason: int(count) for reason, count in counts.iter_rows()}


def _both(missed: Told | None, rest: Told, reasons: Mapping[str, int], diary: Diary) -> Answer:
    """Lower than on run days and than on planned rest: the cautious reading, with the dossier's template."""
    say, days = diary.say, {name: rest.count(name) for name in ("missed_days", "run_days", "rest_days")}
    than_run, than_rest = (gap(say, each, "lower") if each else "" for each in (missed, rest))
    name = "evenings.below_both" if missed else "evenings.below_rest"
    return seen(
        say,
        "evenings.title",
        saw=[say(name, than_run=than_run, than_rest=than_rest, **days)],
        sure=how_sure(rest, diary),
        others=_others(say, rest, reasons),
        some_do=[say("evenings.talk"), say("evenings.some_do")],
    )


def _lift(missed: Told, rest: Told | None, reasons: Mapping[str, int], diary: Diary) -> Answer:
    """Run days were better days, and nothing says that missed days were worse than rest: the kind reading."""
    say, than_missed = diary.say, gap(diary.say, missed, "higher")
    ran, skipped = missed.count("run_days"), missed.count("missed_days")
    like_rest = "evenings.like_rest" if rest and rest.state == "not seen so far" else "evenings.rest_unknown"
    return seen(
        say,
        "evenings.better_title",
        saw=[
            say("evenings.above_missed", run_days=ran, than_missed=than_missed, missed_days=skipped),
            say(like_rest) if rest else "",
        ],
        sure=how_sure(missed, diary),
        others=_others(say, missed, reasons),
        some_do=[say("evenings.better_some_do")],
    )


def _others(say: Speech, finding: Told, reasons: Mapping[str, int]) -> Iterator[str]:
    """What else may be behind it, with the person's own reasons counted."""
    low, busy = reasons.get(LOW_MOOD, 0), sum(reasons.get(reason, 0) for reason in BUSY)
    if low:
        yield say("evenings.low_first_tapped", days=low, reason=say.choice("skip_reason", LOW_MOOD))
    else:
        yield say("evenings.low_first" if finding.facts.get("morning_used") else "evenings.low_first_untold")
    yield say("evenings.full_day_said" if busy else "evenings.full_day", days=busy)
    if reasons:
        told = [f"{readable(say.choice('skip_reason', reason))} ({count})" for reason, count in reasons.items()]
        yield say("evenings.reasons", reasons=told)
    yield _rated_shares(say, finding, WORTH_SAYING)


def _rated_shares(say: Speech, finding: Told, apart: float) -> str:
    """How often either kind of evening was rated, where the two shares lie further apart than this."""
    missed, run = (finding.facts.get(f"rated_{kind}_share") for kind in ("missed", "run"))
    if missed is None or run is None or abs(missed - run) <= apart:
        return ""
    return say("evenings.rated", missed=float(missed), run=float(run))


def _open(say: Speech, finding: Told) -> Answer:
    """The answer to a question that is not answered with yes."""
    return not_seen(say, f"called.{finding.question}", finding.state, *OPEN[finding.state](say, finding))


def _not_seen(say: Speech, finding: Told) -> Iterator[str]:
    beside, detectable = BESIDE[finding.question], finding.facts.get("detectable")
    yield say(f"evenings.not_below_{beside}", missed=finding.count("missed_days"), beside=finding.count(beside))
    if detectable is not None:
        yield say("evenings.would_have_shown", points=float(detectable))


def _early(say: Speech, *waiting: Told) -> Answer:
    """One answer while both questions wait: whatever either of them lacks."""
    return not_seen(say, "evenings.early_title", "not enough evidence yet", *_lacking(say, *waiting))


def _lacking(say: Speech, *waiting: Told) -> Iterator[str]:
    """What the questions that wait lack, each thing once."""
    each = [finding.facts.get("lacking") or {} for finding in waiting]
    lacking = {name: max(one.get(name, 0) for one in each) for name in NEEDED if any(name in one for one in each)}
    yield say("evenings.too_early")
    yield missing(say, [say(f"missing_evenings.{name}", count=int(count)) for name, count in lacking.items()])
    yield say("evenings.with_time")


def _alike(say: Speech, finding: Told) -> Iterator[str]:
    """Why no answer can be given: rest that is always on the same weekdays, or evenings rated unevenly."""
    if shares := _rated_shares(say, finding, TOO_FAR_APART):
        yield shares
        yield say("evenings.not_compared")
    if finding.question == "B2" and finding.count("mixed_weekdays") < MIXED_WEEKDAYS:
        yield say("evenings.same_weekdays")
        yield say("evenings.later")


OPEN: Mapping[str, Callable[[Speech, Told], Iterator[str]]] = {
    "not seen so far": _not_seen,
    "not enough evidence yet": _lacking,
    "cannot be told apart": _alike,
}
