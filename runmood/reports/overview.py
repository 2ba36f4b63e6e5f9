"""Write the words around the findings: heading, opening, goals, unread files, footer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.core.enums import DAY_TAGS, DayKind, GoalState, Planned
from runmood.core.i18n import capital, file_name, readable
from runmood.reports.context import LATELY, baseline_range, last_six_weeks
from runmood.reports.models import Footer, Goal, Invented, NoticeGroup, OnboardingStep, Unread
from runmood.reports.standing import care_of, format_progress, return_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.core.i18n import Translator
    from runmood.reports.context import Period, ReportData


USUAL = dt.timedelta(days=181)  # before the period: what a person's own usual is drawn from
A_YEAR = dt.timedelta(days=365)  # before a year, with which that is compared
USUAL_NEEDS = 28  # rated evenings
LATELY_NEEDS = 8  # rated evenings
ALIKE = 0.3  # mood points that no one would notice
CLEARLY = 1.0  # mood points
WEEK = 7
OFTEN = {1: "once", 2: "twice", **dict.fromkeys(range(3, 13), "few")}
PLANNED = {  # the kind of day on which it was kept, among all on which it was planned
    Planned.REST: (DayKind.PLANNED_REST, (DayKind.PLANNED_REST, DayKind.RUN_ON_REST)),
    Planned.RUN: (DayKind.PLANNED_RUN, (DayKind.PLANNED_RUN, DayKind.MISSED_RUN, DayKind.PARTLY_MET)),
}
CLOSED = {GoalState.REACHED: "goal.reached", GoalState.LET_GO: "goal.let_go"}
CLOSED_SHOWN = dt.timedelta(days=28)  # for how long a closed goal is still shown
FAULTS_SHOWN = 3  # of one kind
FILES_SHOWN = 3  # of one sentence
HELPLINE = "findahelpline.com"


def select_period(data: ReportData) -> Period:
    """Return the period asked for; after a long silence the six weeks to the last day with a note."""
    period = data.period or last_six_weeks(data.as_of)
    if period.kind != "lately":
        return period
    known = pl.col("runs").is_not_null() | (pl.col("check_ins") > 0)
    noted = data.days.filter(known)["local_date"].sort()
    return period if noted.is_empty() or noted[-1] > data.as_of - LATELY else last_six_weeks(noted[-1])


def select_days(days: pl.DataFrame, period: Period) -> pl.DataFrame:
    """Return every day of the period from the first that exists; days after the last note are unknown."""
    if days.is_empty() or period.last < (begun := days["local_date"].sort()[0]):
        return days.clear()
    first: dt.date = max(begun, period.first) if period.first else begun
    dates = pl.DataFrame({"local_date": pl.date_range(first, period.last, eager=True)})
    dense = dates.join(days, on="local_date", how="left")
    return dense.with_columns(pl.col("day_kind").fill_null(DayKind.UNKNOWN.value)).sort("local_date")


def format_heading(say: Translator, days: pl.DataFrame, period: Period, *, home_is_empty: bool) -> str:
    """Return the heading: The six weeks to Sunday 22 November; November 2026; The year 2026."""
    first, last = period.first, period.last
    if home_is_empty or first is None:
        return say("heading.empty") if home_is_empty else say("heading.all")
    if period.kind == "week":
        return say("heading.week", day=say.weekday_near(first, last))
    if period.kind == "month":
        return say.month(first)
    return say("heading.year", year=str(first.year)) if period.kind == "year" else _heading_of_days(say, days, last)


def _heading_of_days(say: Translator, days: pl.DataFrame, last: dt.date) -> str:
    length, end = (last - days["local_date"][0]).days + 1, say.weekday_near(last, last)
    if length == 1:
        return end
    weeks, rest = divmod(length, WEEK)
    return say("heading.days", days=length, last=end) if rest else say("heading.weeks", weeks=weeks, last=end)


def format_span(say: Translator, days: pl.DataFrame, period: Period) -> str:
    """Return the first and last day: 12 October to 22 November 2026."""
    named = period.first if period.kind != "lately" else None
    first = days["local_date"][0] if not days.is_empty() else named or period.last
    return say.span(first, period.last)


def build_first_steps(say: Translator) -> tuple[OnboardingStep, ...]:
    """Return the commands to begin with."""
    return tuple(
        OnboardingStep(say(f"first_step.{name}"), say(f"first_step.{name}_does")) for name in ("import", "check_in")
    )


def is_current(period: Period, as_of: dt.date) -> bool:
    """Return whether a period is that of now, and not one gone by."""
    return period.kind == "lately" or period.last >= as_of


def format_opening(days: pl.DataFrame, data: ReportData, period: Period, *, is_low: bool = False) -> tuple[str, ...]:
    """Return a few sentences on the period; the days before it show what is usual for this person.

    In a hard time nothing is counted, compared or said of how the plan went: since when the person is ill, injured or
    coming back, and how the evenings have been since; what their notes show of a low time stands elsewhere.
    """
    say = data.say
    if data.days.is_empty():
        return (say("opening.empty"), say("opening.two_commands"))
    if days.is_empty():
        return (say("opening.before_the_notes"),)
    before = data.days.filter(pl.col("local_date") < days["local_date"][0])
    silent = period.kind == "lately" and period.last < data.as_of
    care, back = care_of(data), return_of(data)
    if is_current(period, data.as_of) and (care or back or is_low):
        told = _format_care(data, care) if care else _format_return(data, back, days) if back else ()
        since = None if is_low else care or back  # how low the evenings are stands above then
        evenings = _evenings_since(say, days, since) if since else ""
        return tuple(filter(None, (say("opening.silence") if silent else "", *told, evenings)))
    found = (
        say("opening.silence") if silent else "",
        _format_running(days, data),
        _year_before(say, days, before) if period.kind == "year" else "",
        _format_evenings(say, days, before, a_year=period.kind == "year"),
        *((*_format_care(data, care), _evenings_since(say, days, care)) if care else ()),
        "" if care or is_low or back else _format_plan(say, days),
        "" if care or back else _format_excluded_days(say, days),
    )
    return tuple(filter(None, found))


def _format_running(days: pl.DataFrame, data: ReportData) -> str:
    """Write how often and how far, beside the usual weeks; empty where no import covers a day."""
    if days["runs"].is_null().all():
        return ""
    say, runs, metres = data.say, int(days["runs"].sum()), float(days["distance_m"].sum())
    if not runs:
        return say("ran.nothing")
    often, far = say(f"often.{OFTEN.get(runs, 'many')}", runs=runs), say.distance(metres)
    if runs == 1 or not metres:
        return say("ran.once", far=far) if metres else say("ran.without_distance", often=often)
    if days.height <= 2 * WEEK or 2 * days["runs"].count() < days.height:  # too few known days for a mean a week
        return say("ran.in_all", often=often, far=far)
    return _format_weekly({"often": often, "far": far}, metres / days["runs"].count() * WEEK, days, data)


def _format_weekly(words: dict[str, str], weekly: float, days: pl.DataFrame, data: ReportData) -> str:
    """Write how far a week, beside the middle half of the weeks before."""
    say, usual = data.say, baseline_range(data, days["local_date"][0], "distance_m")
    words |= {"weekly": say.distance(weekly, whole=True)}
    a_year = data.period is not None and data.period.kind == "year"
    if usual is None or a_year or days["runs"].is_null().any() or return_of(data) or care_of(data):
        return say("ran.weekly", **words)
    side = "less" if weekly < usual[0] else "more" if weekly > usual[1] else "within"
    low, high = map(say.bare_distance, usual)
    return say(f"ran.weekly_{side}", **words, low=low, high=high)


def _year_before(say: Translator, days: pl.DataFrame, before: pl.DataFrame) -> str:
    """Write how often and how far the person ran in the year before; empty where most of it is unknown."""
    earlier = before.filter(pl.col("local_date") >= days["local_date"][0] - A_YEAR)
    runs, metres = earlier["runs"].sum(), float(earlier["distance_m"].sum())
    if 2 * earlier["runs"].count() < A_YEAR.days or not runs or not metres:
        return ""
    return say("ran.year_before", runs=int(runs), far=say.distance(metres))


def _format_evenings(say: Translator, days: pl.DataFrame, before: pl.DataFrame, *, a_year: bool) -> str:
    """Write how the evenings felt, beside the person's usual, or the year before, where enough of both are rated."""
    rated = days["mood_evening"].drop_nulls()
    if rated.is_empty():
        return say("felt.none")
    if rated.len() == 1:
        return say("felt.one", mood=rated[0])
    all_rated = rated.len() == days.height
    which = say("felt.every") if all_rated else say("felt.some", rated=rated.len(), days=days.height)
    mean = float(rated.sum()) / rated.len()
    first, span = days["local_date"][0], A_YEAR if a_year else USUAL
    earlier = before.filter(pl.col("local_date") >= first - span)["mood_evening"].drop_nulls()
    beside = _beside_year(say, earlier) if a_year else _beside_usual(say, mean, rated.len(), earlier)
    return say("felt.rated", which=which, mood=mean, beside=beside)


def _beside_year(say: Translator, rated: pl.Series) -> str:
    """Write the mean of the year before beside it, where enough of its evenings are rated."""
    if rated.len() < USUAL_NEEDS:
        return ""
    return say("felt.year_before", before=float(rated.sum()) / rated.len())


def _beside_usual(say: Translator, mean: float, count: int, rated: pl.Series) -> str:
    """Compare with the half-year before; in so many words only where enough evenings are rated."""
    if rated.len() < USUAL_NEEDS:
        return ""
    usual = float(rated.sum()) / rated.len()
    return say(f"felt.{'usual' if count < LATELY_NEEDS else _comparison_key(mean - usual)}", usual=usual)


def _comparison_key(difference: float) -> str:
    side = "higher" if difference > 0 else "lower"
    if abs(difference) < ALIKE:
        return "alike"
    return side if abs(difference) >= CLEARLY else f"a_little_{side}"


def format_rated_evenings(say: Translator, moods: Sequence[float]) -> str:
    """Write how many evenings are rated and between which moods (`moods` is sorted)."""
    if not moods:
        return say("mood.none")
    low, high = say.figure(moods[0]), say.figure(moods[-1])
    return say(f"mood.{'one' if low == high else 'from_to'}", evenings=len(moods), low=low, high=high)


def _format_plan(say: Translator, days: pl.DataFrame) -> str:
    """Write what became of planned rest and planned runs; rest comes first and counts as much."""
    kinds = dict(days["day_kind"].value_counts().iter_rows())
    parts = []
    for name, (kept, among) in PLANNED.items():
        done, planned = kinds.get(kept, 0), sum(kinds.get(kind, 0) for kind in among)
        if planned:
            parts.append(say(f"plan_kept.{name}.{_kept_key(done, planned)}", done=done, planned=planned))
    if not parts:
        return ""
    return capital(
        say("plan_kept.told_with_rest" if kinds.get(DayKind.PLANNED_REST) else "plan_kept.told", parts=parts)
    )


def _kept_key(done: int, planned: int) -> str:
    if planned == 1:
        return "one" if done else "one_otherwise"
    return "all" if done == planned else "some" if done else "none"


def _format_care(data: ReportData, since: dt.date) -> tuple[str, ...]:
    """Write since when the person has been ill or injured, and that plans and goals wait."""
    say = data.say
    return say("care.since", day=say.date_near(since, data.as_of)), say("care.waits")


def _format_return(data: ReportData, since: dt.date, days: pl.DataFrame) -> tuple[str, ...]:
    """Write since when the person is coming back, that nothing is compared, and what has been since."""
    say, ran = data.say, days.filter(pl.col("local_date") >= since)
    runs, far = int(ran["runs"].sum()), float(ran["distance_m"].sum())
    often = say(f"often.{OFTEN.get(runs, 'many')}", runs=runs)
    return (
        say("care.back", day=say.date_near(since, data.as_of)),
        say("care.back_alone"),
        say("care.ran", often=often, far=say.distance(far)) if runs and far else "",
    )


def _evenings_since(say: Translator, days: pl.DataFrame, since: dt.date) -> str:
    """Write how the evenings have felt since a day, beside nothing; empty where none is rated."""
    rated = days.filter(pl.col("local_date") >= since)["mood_evening"].drop_nulls()
    return "" if rated.is_empty() else say("care.evenings", mood=float(rated.sum()) / rated.len())


def _format_excluded_days(say: Translator, days: pl.DataFrame) -> str:
    """Write how many days are excluded, by the word that all of them were marked with where there is one."""
    excluded = days.filter(pl.col("excluded").fill_null(value=False))
    count = excluded.height
    if not count:
        return ""
    marked = set.intersection(*({*(tags or ())} for tags in excluded["tags"].to_list())) & {*DAY_TAGS}
    if len(marked) == 1 and count < days.height:
        return say("apart.named", days=count, what=say.choice("tags", marked.pop()))
    return say("apart.every") if count == days.height else say("apart.some", days=count)


def format_unknown_days(say: Translator, days: pl.DataFrame) -> str:
    """Write how many days no import covers; a day that is not known is not a rest day."""
    told = days["day_kind"].is_in([DayKind.ILL_OR_INJURED.value, DayKind.AWAY.value])  # which need no file
    count = int((days["runs"].is_null() & ~told).sum())
    if not count:
        return ""
    if count < days.height:
        return say("unknown.some", days=count)
    runs, rests = (int((days["planned"] == planned.value).sum()) for planned in (Planned.RUN, Planned.REST))
    planned = say("unknown.planned", runs=runs, rests=rests) if runs or rests else ""
    return " ".join(filter(None, (say("unknown.every"), planned)))


def build_goals(data: ReportData, period: Period, *, words_alone: bool = False) -> tuple[Goal, ...]:
    """Return the goals that are open, and those closed in the period or shortly before.

    To somebody who is low or coming back a goal is shown in their own words alone, without how far it is from what they
    hoped for.
    """
    first = min(period.first or dt.date.min, period.last - CLOSED_SHOWN) if period.first else dt.date.min
    there = data.goals.filter(pl.col("since") <= period.last)
    shown = there.filter((pl.col("state") == GoalState.OPEN.value) | (pl.col("reviewed_on") >= first)).sort(
        "since", "goal_id"
    )
    return tuple(_build_goal(row, data, period.last, words_alone=words_alone) for row in shown.iter_rows(named=True))


def _build_goal(row: dict[str, Any], data: ReportData, last: dt.date, *, words_alone: bool) -> Goal:
    say, cared = data.say, bool(care_of(data))
    stands = []
    if cared or not words_alone:
        stands = [format_progress(say, row, data.stands, waits=cared), _format_until(row, data, last)]
    if row["reviewed_on"] is not None and row["reviewed_on"] <= last:
        day, words = say.date_near(row["reviewed_on"], last), readable(row["review"] or "")
        stands.append(say(CLOSED[row["state"]]) if row["state"] in CLOSED else "")
        stands.append(say("goal.review", day=day, words=words) if words else "")
    return Goal(readable(row["words"]), say(f"goal.{row['kind']}"), tuple(filter(None, stands)))


def _format_until(row: dict[str, Any], data: ReportData, last: dt.date) -> str:
    """Write the day of a goal; once it is past, what can be done; nothing while the person is ill or injured."""
    until: dt.date | None = row["until"]
    if until is None or care_of(data):
        return ""
    past = until < last and row["state"] == GoalState.OPEN
    return data.say("goal.until_past" if past else "goal.until", day=data.say.date_near(until, last))


def build_footer(say: Translator) -> Footer:
    """Return the last lines of every page."""
    return Footer(
        statement=say("statement"),
        made_here=say("foot.made_here"),
        help_words=say("foot.help", helpline=HELPLINE),
        help_name=HELPLINE,
        help_address=f"https://{HELPLINE}",
    )


def build_invented(data: ReportData) -> Invented | None:
    """Return the note on a page of an invented person; None for a real home."""
    if not data.invented:
        return None
    say = data.say
    return Invented(say("invented.sentence"), say("invented.truths"), tuple(map(readable, data.truths)))


def build_unread(say: Translator, notices: pl.DataFrame) -> Unread | None:
    """Return what could not be read, a few lines a kind, and the remarks behind a count; None without notices."""
    if notices.is_empty():
        return None
    grave = notices.filter(pl.col("severity") != "info")
    remarks = notices.filter(pl.col("severity") == "info")
    noted = remarks["file_name"].n_unique()
    return Unread(
        title=say("unread.remarks_alone") if grave.is_empty() else say("unread.title"),
        faults=_group_notices(say, grave, FAULTS_SHOWN),
        remarks_title=say("unread.remarks", files=noted) if noted else "",
        remarks=_group_notices(say, remarks, 1),
    )


def _group_notices(say: Translator, notices: pl.DataFrame, shown: int) -> tuple[NoticeGroup, ...]:
    """Group notices by kind, errors before warnings: a few sentences of each kind, the rest as a count."""
    rank = pl.col("severity").replace_strict({"error": 0, "warning": 1, "info": 2}, return_dtype=pl.Int64)
    ordered = notices.with_columns(rank=rank).sort("rank", "code", "file_name", "number")
    kinds = ordered.partition_by("code", maintain_order=True)
    return tuple(fault for kind in kinds for fault in _group_kind(say, kind, shown))


def _group_kind(say: Translator, kind: pl.DataFrame, shown: int) -> list[NoticeGroup]:
    sentences: dict[str, list[str]] = {}
    for name, sentence in kind.select("file_name", "sentence").iter_rows():
        sentences.setdefault(readable(sentence), []).append(file_name(name))
    groups = list(sentences.items())
    faults = [NoticeGroup(sentence, _name_files(say, files)) for sentence, files in groups[:shown]]
    left = sum(len(files) for _, files in groups[shown:])
    return [*faults, NoticeGroup(say("unread.more_of_this_kind", count=left), ())] if left else faults


def _name_files(say: Translator, files: Sequence[str]) -> tuple[str, ...]:
    """Return a few names, each once, and how many more there are."""
    names = sorted(set(files))
    left = len(names) - FILES_SHOWN
    return (*names[:FILES_SHOWN], say("unread.more_files", count=left)) if left > 0 else tuple(names)
