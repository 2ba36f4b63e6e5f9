"""The questions without a yes, each in a line: what is missing, what would have shown; and figures to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.summary.answers.told import LABELS
from runmood.summary.parts import Also
from runmood.summary.words.measures import pace
from runmood.summary.words.phrases import counted, figure, listed, plural, points

if TYPE_CHECKING:
    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary

TITLES = {
    "A5": "A hard stretch",
    "A6": "How hard ordinary runs felt",
    "A7": "Load of the last seven days",
    "B3": "What helped on low days",
    "B5": "Runs while ill or hurt",
    "B6": "More running, and the lift of a run",
    "B7": "Planned rest and what became of it",
    "B8": "Days without a run",
    "C1": "Mood before and after runs",
    "C2": "Kinds of runs",
    "C4": "Other things that helped",
    "S1": "Two heavier weeks",
}
MISSING = {
    "days": ("day of notes", "days of notes"),
    "known_days": ("day that an import covers", "days that an import covers"),
    "known_days_before": ("day that an import covers", "days that an import covers"),
    "known_days_lately": ("day of the last three weeks that an import covers",) * 2,
    "known_weeks": ("week that an import covers whole", "weeks that an import covers whole"),
    "low_days": ("low day with a note of what helped", "low days with a note of what helped"),
    "log_days": ("day with a note of what helped", "days with a note of what helped"),
    "rest_days": ("planned rest", "planned rests"),
    "gaps": ("gap of three days without a run", "gaps of three days without a run"),
    "rated_runs": ("run with a mood before and after", "runs with a mood before and after"),
    "rated_runs_with": ("such run of one kind", "such runs of one kind"),
    "rated_runs_without": ("such run of other kinds", "such runs of other kinds"),
    "rated_days": ("rated evening with a note of what helped", "rated evenings with a note of what helped"),
    "rated_days_with": ("such evening with one thing", "such evenings with one thing"),
    "rated_days_without": ("such evening without it", "such evenings without it"),
    "rated_days_before": ("rated day of the two months before", "rated days of the two months before"),
    "rated_days_lately": ("rated evening of the last two weeks", "rated evenings of the last two weeks"),
    "runs_lately": ("run with an effort in the last two weeks", "runs with an effort in the last two weeks"),
    "runs_before": ("run with an effort in the six weeks before", "runs with an effort in the six weeks before"),
}
GAP_DAYS = {1: "first", 2: "second", 3: "third", 4: "fourth and later"}


def also_asked(finding: Told, diary: Diary) -> Also | None:
    """The line of a question; null where it has been told elsewhere."""
    title = TITLES.get(finding.question)
    if title is None:
        return None
    if lacking := _lacking(finding):
        return Also(title, LABELS["not enough evidence yet"], lacking)
    figures = {"A6": _harder, "A7": _load, "B8": _gaps}.get(finding.question)
    if figures:
        return Also(title, "to look at", figures(finding, diary))
    return Also(title, LABELS[finding.state], _not_seen(finding))


def _lacking(finding: Told) -> str:
    """What is missing, in days and runs; empty where nothing is."""
    lacking = finding.facts.get("lacking") or {}
    if finding.question == "B5" and lacking:
        return "No tag and no pain has been noted yet, so there is nothing to count."
    named = [f"{int(count)} more {plural(int(count), *MISSING[name])}" for name, count in lacking.items()]
    return f"What is missing: {listed(named)}." if named else ""


def _not_seen(finding: Told) -> str:
    if finding.state == "cannot be told apart":
        return "A race, or a plan with distances, lies in these weeks, and training explains as much."
    detectable = finding.facts.get("detectable")
    if detectable is not None:
        return f"A difference of {points(float(detectable))} or more would probably have shown by now."
    return "The notes do not show it."


def _harder(finding: Told, diary: Diary) -> str:
    """A6: effort lately and before, with heart rate and pace beside it, whichever way they went."""
    facts = finding.facts
    lately, before = float(facts["effort_lately"]), float(facts["effort_before"])
    told = (
        f"{counted(finding.count('runs_lately'), 'run')} of the last two weeks felt {figure(lately)} out of 10, the "
        f"{finding.count('runs_before')} of the six weeks before {figure(before)}"
    )
    beside = []
    if facts.get("heart_lately_bpm") and facts.get("heart_before_bpm"):
        beside.append(f"heart rate {facts['heart_lately_bpm']:.0f} and {facts['heart_before_bpm']:.0f} bpm")
    if facts.get("pace_lately_s_km") and facts.get("pace_before_s_km"):
        paces = [pace(facts[name], diary.units) for name in ("pace_lately_s_km", "pace_before_s_km")]
        beside.append(f"pace {' and '.join(paces)}")
    return told + (f"; {listed(beside)}." if beside else ".")


def _load(finding: Told, _diary: Diary) -> str:
    """A7: the week's load among the person's own nights."""
    facts = finding.facts
    load, share = facts.get("load"), facts.get("load_percentile")
    if load is None:
        return "Not every day of the last seven is covered by an import."
    told = f"{float(load):,.0f} {facts.get('load_unit', 'effort minutes')}"
    told += f", more than or as much as on {float(share):.0f} % of your nights of a year" if share is not None else ""
    monotony = facts.get("monotony")
    even = f" Its days were spread with a monotony of {figure(float(monotony))}." if monotony is not None else ""
    return f"{told}.{even} A figure to look at; no line is drawn."


def _gaps(finding: Told, _diary: Diary) -> str:
    """B8: evenings by how long ago the last run was."""
    facts = finding.facts
    told = [
        f"{figure(facts[f'mood_day_{day}'])} on the {name} ({counted(finding.count(f'days_{day}'), 'evening')})"
        for day, name in GAP_DAYS.items()
        if facts.get(f"mood_day_{day}") is not None
    ]
    run_days = facts.get("run_day_mood")
    beside = f"; on days with a run {figure(run_days)}" if run_days is not None else ""
    days = f"Of {counted(finding.count('gaps'), 'stretch', 'stretches')} of three days and more without a run, "
    return f"{days}evenings were on average {listed(told)}{beside}." if told else "None of their evenings was rated."
