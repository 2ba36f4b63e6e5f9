"""S1: two weeks that were heavier than usual, or low by any measure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.findings.answers import answered_view
from runmood.findings.evaluation import QuestionResult, to_rows
from runmood.findings.question import Question, QuestionGroup, Specification, YesInFull
from runmood.findings.stats.changes import HALF_YEAR, compute_wellness, find_last_change
from runmood.findings.stats.windows import held_for, known, mean, run_lengths, spread, trailing
from runmood.findings.stats.windows import share as share_of

if TYPE_CHECKING:
    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import RenderContext, ShareContext
    from runmood.findings.stats.changes import MoodChange
    from runmood.findings.stats.windows import Flags, Numbers

LATELY, NEEDED = 14, 8  # days; rated evenings among them
LOW_MOOD = 3.0  # of 10: the same for everyone, since one's own usual hides a mood that is always low
NO_HELP = ("nothing", "other", "running")  # running is what may be out of reach
THINGS_NAMED = 3
HEAVIER, NIGHTS = -1.25, 7  # own standard deviations of W; nights running
# Who uses the scale widely, or has five steps of it, is often at 3 in ordinary weeks. So it has to be low for them too,
# in standard deviations of their own evenings, or usual; while neither is known nearly all evenings have to be low.
LOWER, NIGHTS_LOWER, NEARLY_ALL = -1.25, 5, 0.8
FLAT = 0.5  # mood points: least standard deviation of somebody's evenings
USUALLY, USUALLY_NEEDED = 56, 28  # days before the last 14 from which one's usual is taken; rated evenings among them
# Who sinks slowly takes the usual of eight weeks along, so the half-year before is looked at too.
LONG_BEFORE, LONG_BEFORE_NEEDED, FAR_LOWER = 182, 91, -1.6

SPECIFICATION = Specification(
    code="S1",
    group=QuestionGroup.CAUTION,
    place=1,
    kind="rule",
    safety=True,
    asks="Were the last two weeks heavier than usual, or low by any measure?",
    needs="8 rated evenings in the last 14 days.",
    rule=(
        "Seen on nights when the middle one of the evenings' moods of 14 days was 3 of 10 or lower, and that is usual "
        "(the middle one of days -70 to -15 was no higher than 3), or on 5 such nights running their mean was at least "
        "1.25 of one's own standard deviations below those days, or 1.6 below the half-year of days -196 to -15 where "
        "91 of them are rated, or, while too few of days -70 to -15 are rated, 8 in 10 of the evenings were 3 or "
        "lower; from then until the middle one is above 3; or when W (as in A5) was at least 1.25 low on 7 nights "
        "running. No score is shown."
    ),
    facts={
        "median_mood": "the middle one of the evenings' moods of 14 days",
        "usual_mood": "the middle one of the evenings' moods of days -70 to -15, where 28 of them are rated",
        "rated_days_lately": "rated evenings in the 14 days",
        "wellness": "W of the last 14 days, in own standard deviations",
        "low_mood": "whether the first rule held",
        "heavier_than_usual": "whether the second rule held",
        "lacking": "what is missing when there is not enough, in days",
    },
    source="NICE guideline NG225, 2022: no tool or scale is used to foretell harm",
)


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return S1 for every night. A mood noted late counts here: this is for support, not for evidence."""
    evenings, wellness = trailing(context.column("mood_evening"), LATELY), compute_wellness(context)
    rated = known(evenings)
    middle = np.where(rated >= NEEDED, median(evenings), np.nan)
    before = trailing(context.column("mood_evening"), USUALLY, until=LATELY)
    enough = known(before) >= USUALLY_NEEDED
    usual = np.where(enough, median(before), np.nan)
    long_before = trailing(context.column("mood_evening"), LONG_BEFORE, until=LATELY)
    fallen = _fall(evenings, before, USUALLY_NEEDED) <= LOWER
    faded = _fall(evenings, long_before, LONG_BEFORE_NEEDED) <= FAR_LOWER
    begins = _low(middle, usual, share_of((evenings <= LOW_MOOD).sum(axis=-1), rated), fallen | faded)
    low = run_lengths(begins, middle > LOW_MOOD)  # one's usual sinks with the evenings; what is still low is no news
    heavier = held_for(wellness.lately <= HEAVIER, NIGHTS)
    facts = {
        "median_mood": middle,
        "usual_mood": usual,
        "rated_days_lately": rated,
        "wellness": wellness.lately,
        "low_mood": low,
        "heavier_than_usual": heavier,
    }
    return to_rows(SPECIFICATION, context, QuestionResult({"rated_days_lately": NEEDED - rated}, low | heavier, facts))


def _fall(evenings: Numbers, before: Numbers, needed: int) -> Numbers:
    """Return by how many standard deviations of evenings before, evenings lately are higher on average; nan for few."""
    fall = (mean(evenings) - mean(before)) / np.maximum(spread(before), FLAT)
    return np.where(known(before) >= needed, fall, np.nan)


def _low(middle: Numbers, usual: Numbers, low_share: Numbers, fallen: Flags) -> Flags:
    """Return on which nights evenings were low by any measure, and not only by how widely somebody uses the scale."""
    low = middle <= LOW_MOOD
    by_own = (usual <= LOW_MOOD) | held_for(low & fallen, NIGHTS_LOWER)
    return low & np.where(np.isnan(usual), low_share >= NEARLY_ALL, by_own)


def median(windows: Numbers) -> Numbers:
    """Return the median of the known days of each window (nights x days); nan where none is."""
    rising, count = np.sort(windows, axis=-1), known(windows)
    middle = np.maximum(np.column_stack([(count - 1) // 2, count // 2]), 0)
    return np.asarray(np.take_along_axis(rising, middle, axis=-1).mean(axis=-1))


def render(finding: FindingRow, context: RenderContext) -> FindingView:
    """Word it on the page: since when, how low, what it was before; nothing explains it away."""
    say = context.say
    return answered_view(
        say,
        "questions.S1.called",
        saw=[
            _since_when(finding, context),
            *_helped_before(say, context.days, finding.night),
            say("questions.S1.only_notes"),
        ],
        some_do=[say("questions.S1.some_do"), say("questions.S1.people")],
        others=[say("questions.S1.reasons")],
    )


def share(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    return context.say("questions.S1.share.seen", day=context.near(finding.night))


def _evenings(days: pl.DataFrame, night: dt.date) -> pl.DataFrame:
    """Return the rated evenings of the half-year up to a night."""
    lately = pl.col("local_date").is_between(night - HALF_YEAR, night)
    return days.filter(lately, pl.col("mood_evening").is_not_null()).sort("local_date")


def _change(days: pl.DataFrame, night: dt.date) -> MoodChange | None:
    """Return the fall that still lasts, if the notes hold one."""
    change = find_last_change(days, night)
    return change if change and change.now < change.before else None


def _since_when(finding: FindingRow, context: RenderContext) -> str:
    say, days, night, as_of = context.say, context.days, finding.night, context.as_of
    if change := _change(days, night):
        weeks = round(((night - change.since).days + 1) / 7)
        since = say.date_near(change.since, as_of)
        return say("questions.S1.saw_since", since=since, weeks=weeks, now=change.now, usual=change.before)
    lately = _evenings(days, night).filter(pl.col("local_date") > night - dt.timedelta(days=LATELY))["mood_evening"]
    day = say.date_near(night, as_of)
    if lately.len() < NEEDED or not finding.facts.get("low_mood"):
        return say("questions.S1.saw", day=day)
    return say("questions.S1.saw_low", day=day, now=float(lately.sum()) / lately.len())


def _helped_before(say: Translator, days: pl.DataFrame, night: dt.date) -> list[str]:
    """Word what helped, in the person's own words, before and since; nothing where nothing is noted."""
    noted = days.filter(pl.col("local_date").is_between(night - HALF_YEAR, night), pl.col("helped").is_not_null())
    things = noted.explode("helped")["helped"].drop_nulls().to_list()
    counts = Counter(thing for thing in things if thing not in NO_HELP)
    named = [say.choice("helped", thing) for thing, _ in counts.most_common(THINGS_NAMED)]
    return [say("questions.S1.helped_before", things=say.listed(named))] if named else []


QUESTION = Question(SPECIFICATION, evaluate, share, YesInFull(render))
