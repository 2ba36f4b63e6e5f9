"""The first words: which weeks these were, what was run, how evenings felt, what became of the plan."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.core.enums import DayKind, GoalMeasure, GoalState
from runmood.core.i18n import capital, file_name, readable
from runmood.findings.answers import Footer, Goal, Invented, NoticeGroup, OnboardingStep, Unread
from runmood.reports.context import LATELY, baseline_range, lately

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.core.i18n import Translator
    from runmood.reports.context import Period, ReportData


USUAL = dt.timedelta(days=182)  # before the period: what a person's own usual is drawn from
USUAL_NEEDS = 28  # rated evenings
LATELY_NEEDS = 8  # rated evenings
ALIKE = 0.3  # mood points that no one would notice
CLEARLY = 1.0  # mood points
WEEK = 7
OFTEN = {1: "once", 2: "twice", **dict.fromkeys(range(3, 13), "few")}
PLANNED = {  # the kind of day on which it was kept, among all on which it was planned
    "rest": (DayKind.PLANNED_REST, (DayKind.PLANNED_REST, DayKind.RUN_ON_REST)),
    "run": (DayKind.PLANNED_RUN, (DayKind.PLANNED_RUN, DayKind.MISSED_RUN, DayKind.PARTLY_MET)),
}


def format_period(diary: ReportData) -> Period:
    """The period that is told: the one asked for, or the six weeks to the last noted day after a long silence."""
    period = diary.period or lately(diary.as_of)
    if period.kind != "lately":
        return period
    known = pl.col("runs").is_not_null() | (pl.col("check_ins") > 0)
    noted = diary.days.filter(known)["local_date"].sort()
    return period if noted.is_empty() or noted[-1] > diary.as_of - LATELY else lately(noted[-1])


def period_days(days: pl.DataFrame, period: Period) -> pl.DataFrame:
    """The days told of, none left out from the first that is there; days after the last are unknown."""
    if days.is_empty() or period.last < (begun := days["local_date"].sort()[0]):
        return days.clear()
    first: dt.date = max(begun, period.first) if period.first else begun
    dates = pl.DataFrame({"local_date": pl.date_range(first, period.last, eager=True)})
    dense = dates.join(days, on="local_date", how="left")
    return dense.with_columns(pl.col("day_kind").fill_null("unknown")).sort("local_date")


def heading(say: Translator, days: pl.DataFrame, period: Period, *, home_is_empty: bool) -> str:
    """The six weeks to Sunday 22 November; November 2026; The year 2026."""
    first, last = period.first, period.last
    if home_is_empty or first is None:
        return say("heading.empty") if home_is_empty else say("heading.all")
    if period.kind == "week":
        return say("heading.week", day=say.weekday_near(first, last))
    if period.kind == "month":
        return say.month(first)
    return say("heading.year", year=str(first.year)) if period.kind == "year" else _six_weeks(say, days, last)


def _six_weeks(say: Translator, days: pl.DataFrame, last: dt.date) -> str:
    length, end = (last - days["local_date"][0]).days + 1, say.weekday_near(last, last)
    if length == 1:
        return end
    weeks, rest = divmod(length, WEEK)
    return say("heading.days", days=length, last=end) if rest else say("heading.weeks", weeks=weeks, last=end)


def format_span(say: Translator, days: pl.DataFrame, period: Period) -> str:
    """12 October to 22 November 2026."""
    named = period.first if period.kind != "lately" else None
    first = days["local_date"][0] if not days.is_empty() else named or period.last
    return say.span(first, period.last)


def first_steps(say: Translator) -> tuple[OnboardingStep, ...]:
    """The commands to begin with."""
    return tuple(
        OnboardingStep(say(f"first_step.{name}"), say(f"first_step.{name}_does")) for name in ("import", "check_in")
    )


def opening(days: pl.DataFrame, diary: ReportData, period: Period) -> tuple[str, ...]:
    """What the time was like, in a few sentences; the days before it tell what is usual for this person."""
    say = diary.say
    if diary.days.is_empty():
        return (say("opening.empty"), say("opening.two_commands"))
    if days.is_empty():
        return (say("opening.before_the_notes"),)
    before = diary.days.filter(pl.col("local_date") < days["local_date"][0])
    silent = period.kind == "lately" and period.last < diary.as_of
    found = (
        say("opening.silence") if silent else "",
        running(days, diary),
        evenings(say, days, before),
        plan(say, days),
        format_excluded_days(say, days),
    )
    return tuple(filter(None, found))


def running(days: pl.DataFrame, diary: ReportData) -> str:
    """How often and how far, beside the person's usual weeks; says nothing of days that no import covers."""
    if days["runs"].is_null().all():
        return ""
    say, runs, metres = diary.say, int(days["runs"].sum()), float(days["distance_m"].sum())
    if not runs:
        return say("ran.nothing")
    often, far = say(f"often.{OFTEN.get(runs, 'many')}", runs=runs), say.distance(metres)
    if runs == 1 or not metres:
        return say("ran.once", far=far) if metres else say("ran.without_distance", often=often)
    if days.height <= 2 * WEEK:
        return say("ran.in_all", often=often, far=far)
    return _weekly({"often": often, "far": far}, metres / days["runs"].count() * WEEK, days, diary)


def _weekly(told: dict[str, str], weekly: float, days: pl.DataFrame, diary: ReportData) -> str:
    """How far a week, beside the middle half of the weeks before."""
    say, usual = diary.say, baseline_range(diary, days["local_date"][0], "distance_m")
    told |= {"weekly": say.distance(weekly, whole=True)}
    if usual is None or days["runs"].is_null().any():
        return say("ran.weekly", **told)
    side = "less" if weekly < usual[0] else "more" if weekly > usual[1] else "within"
    low, high = map(say.bare_distance, usual)
    return say(f"ran.weekly_{side}", **told, low=low, high=high)


def evenings(say: Translator, days: pl.DataFrame, before: pl.DataFrame) -> str:
    """How the evenings felt, beside the person's own usual where enough of both are rated."""
    rated = days["mood_evening"].drop_nulls()
    if rated.is_empty():
        return say("felt.none")
    if rated.len() == 1:
        return say("felt.one", mood=rated[0])
    all_rated = rated.len() == days.height
    which = say("felt.every") if all_rated else say("felt.some", rated=rated.len(), days=days.height)
    mean = float(rated.sum()) / rated.len()
    beside = _beside_usual(say, mean, rated.len(), before.filter(pl.col("local_date") > days["local_date"][0] - USUAL))
    return say("felt.rated", which=which, mood=mean, beside=beside)


def _beside_usual(say: Translator, mean: float, count: int, before: pl.DataFrame) -> str:
    """Beside the half-year before; in so many words only where enough evenings carry them."""
    rated = before["mood_evening"].drop_nulls()
    if rated.len() < USUAL_NEEDS:
        return ""
    usual = float(rated.sum()) / rated.len()
    return say(f"felt.{'usual' if count < LATELY_NEEDS else _compared(mean - usual)}", usual=usual)


def _compared(difference: float) -> str:
    side = "higher" if difference > 0 else "lower"
    if abs(difference) < ALIKE:
        return "alike"
    return side if abs(difference) >= CLEARLY else f"a_little_{side}"


def rated(say: Translator, moods: Sequence[float]) -> str:
    """How many evenings are rated, and between which moods, given in order: 36 rated evenings, mood from 4 to 8."""
    if not moods:
        return say("mood.none")
    low, high = say.figure(moods[0]), say.figure(moods[-1])
    return say(f"mood.{'one' if low == high else 'from_to'}", evenings=len(moods), low=low, high=high)


def plan(say: Translator, days: pl.DataFrame) -> str:
    """What became of planned rest and planned runs; rest is named first and counts as much."""
    kinds = dict(days["day_kind"].value_counts().iter_rows())
    parts = []
    for name, (kept, among) in PLANNED.items():
        done, planned = kinds.get(kept, 0), sum(kinds.get(kind, 0) for kind in among)
        if planned:
            parts.append(say(f"plan_kept.{name}.{_kept(done, planned)}", done=done, planned=planned))
    if not parts:
        return ""
    return capital(
        say("plan_kept.told_with_rest" if kinds.get(DayKind.PLANNED_REST) else "plan_kept.told", parts=parts)
    )


def _kept(done: int, planned: int) -> str:
    if planned == 1:
        return "one" if done else "one_otherwise"
    return "all" if done == planned else "some" if done else "none"


def format_excluded_days(say: Translator, days: pl.DataFrame) -> str:
    """How many days are marked as set apart."""
    count = int(days["excluded"].fill_null(value=False).sum())
    if not count:
        return ""
    return say("apart.every") if count == days.height else say("apart.some", days=count)


def unknown(say: Translator, days: pl.DataFrame) -> str:
    """How many days no import covers; a day that is not known is not a day of rest."""
    count = int(days["runs"].is_null().sum())
    if not count:
        return ""
    if count < days.height:
        return say("unknown.some", days=count)
    runs, rests = (int((days["planned"] == planned).sum()) for planned in ("run", "rest"))
    planned = say("unknown.planned", runs=runs, rests=rests) if runs or rests else ""
    return " ".join(filter(None, (say("unknown.every"), planned)))


# --- Goals, in the person's own words, and how they stand.

CLOSED = {GoalState.REACHED: "goal.reached", GoalState.LET_GO: "goal.let_go"}
ROOM = dt.timedelta(days=28)  # for how long a goal that is no longer open is still told


def goals(diary: ReportData, period: Period) -> tuple[Goal, ...]:
    """The goals of the time told of: those that are open, and those closed in it or shortly before."""
    first = min(period.first or dt.date.min, period.last - ROOM) if period.first else dt.date.min
    there = diary.goals.filter(pl.col("since") <= period.last)
    told = there.filter((pl.col("state") == GoalState.OPEN.value) | (pl.col("reviewed_on") >= first)).sort(
        "since", "goal_id"
    )
    return tuple(_goal(row, diary, period.last) for row in told.iter_rows(named=True))


def _goal(row: dict[str, Any], diary: ReportData, last: dt.date) -> Goal:
    say = diary.say
    stands = [
        _measured(row, diary, last),
        say("goal.until", day=say.date_near(row["until"], last)) if row["until"] else "",
    ]
    if row["reviewed_on"] is not None and row["reviewed_on"] <= last:
        day, words = say.date_near(row["reviewed_on"], last), readable(row["review"] or "")
        stands.append(say(CLOSED[row["state"]]) if row["state"] in CLOSED else "")
        stands.append(say("goal.review", day=day, words=words) if words else "")
    return Goal(readable(row["words"]), say(f"goal.{row['kind']}"), tuple(filter(None, stands)))


def _measured(row: dict[str, Any], diary: ReportData, last: dt.date) -> str:
    """Runs a week: 2.5 in the four weeks to 22 November; 3 wished for."""
    say, measure = diary.say, row["measure"]
    if not measure:
        return ""
    amount = say.distance if GoalMeasure(measure).unit == "m" else say.figure
    told = {"measure": say.choice("measure", measure), "wished": amount(row["target"])}
    if measure not in diary.stands:
        return say("goal.stands_unknown", **told)
    return say("goal.stands", **told, amount=amount(diary.stands[measure]), day=say.date_near(last, last))


# --- Words around the findings: what could not be read, the invented home, and the foot of the page.

FAULTS_SHOWN = 3  # of one kind
FILES_SHOWN = 3  # of one sentence

HELPLINE = "findahelpline.com"


def foot(say: Translator) -> Footer:
    """What stands at the end of every page."""
    return Footer(
        statement=say("statement"),
        made_here=say("foot.made_here"),
        help_words=say("foot.help", helpline=HELPLINE),
        help_name=HELPLINE,
        help_address=f"https://{HELPLINE}",
    )


def invented(diary: ReportData) -> Invented | None:
    """What to know of a page about nobody; null for a real home."""
    if not diary.invented:
        return None
    say = diary.say
    return Invented(say("invented.sentence"), say("invented.truths"), tuple(map(readable, diary.truths)))


def unread(say: Translator, notices: pl.DataFrame) -> Unread | None:
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


def _faults(say: Translator, notices: pl.DataFrame, shown: int) -> tuple[NoticeGroup, ...]:
    """Notices by kind, errors before warnings; of each kind a few sentences, the rest as a count."""
    rank = pl.col("severity").replace_strict({"error": 0, "warning": 1, "info": 2}, return_dtype=pl.Int64)
    ordered = notices.with_columns(rank=rank).sort("rank", "code", "file_name", "number")
    kinds = ordered.partition_by("code", maintain_order=True)
    return tuple(fault for kind in kinds for fault in _of_kind(say, kind, shown))


def _of_kind(say: Translator, kind: pl.DataFrame, shown: int) -> list[NoticeGroup]:
    sentences: dict[str, list[str]] = {}
    for name, sentence in kind.select("file_name", "sentence").iter_rows():
        sentences.setdefault(readable(sentence), []).append(file_name(name))
    told = list(sentences.items())
    faults = [NoticeGroup(sentence, _some(say, files)) for sentence, files in told[:shown]]
    left = sum(len(files) for _, files in told[shown:])
    return [*faults, NoticeGroup(say("unread.more_of_this_kind", count=left), ())] if left else faults


def _some(say: Translator, files: Sequence[str]) -> tuple[str, ...]:
    """A few names, each once, and how many there are besides."""
    names = sorted(set(files))
    left = len(names) - FILES_SHOWN
    return (*names[:FILES_SHOWN], say("unread.more_files", count=left)) if left > 0 else tuple(names)
