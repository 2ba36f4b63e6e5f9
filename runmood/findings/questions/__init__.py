"""The questions without a yes, each in a line: what is missing, what would have shown; and figures to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.enums import FindingState
from runmood.findings.answers import FindingLine, label, missing

if TYPE_CHECKING:
    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow
    from runmood.reports.context import ReportData


ALSO = ("A5", "A6", "A7", "B3", "B5", "B6", "B7", "B8", "C1", "C2", "C4", "S1")
GAP_DAYS = (1, 2, 3, 4)


def other_findings(finding: FindingRow, diary: ReportData) -> FindingLine | None:
    """The line of a question; null where it has been told elsewhere."""
    if finding.question not in ALSO:
        return None
    say = diary.say
    title, figures = say(f"called.{finding.question}"), FIGURES.get(finding.question)
    codes = (finding.question,)
    if lacking := _lacking(say, finding):
        return FindingLine(title, label(say, FindingState.NOT_ENOUGH_EVIDENCE), lacking, codes)
    if figures:
        return FindingLine(title, say("also.to_look_at"), figures(say, finding), codes)
    return FindingLine(title, label(say, finding.state), _not_seen(say, finding), codes)


def _lacking(say: Translator, finding: FindingRow) -> str:
    """What is missing, in days and runs; empty where nothing is."""
    lacking = finding.facts.get("lacking") or {}
    if lacking and finding.question == "B5":
        return say("also.nothing_marked")
    return missing(say, [say(f"missing.{name}", count=int(count)) for name, count in lacking.items()])


def _not_seen(say: Translator, finding: FindingRow) -> str:
    detectable = finding.facts.get("detectable")
    if finding.state == FindingState.CONFOUNDED:
        return say("also.training")
    return say("also.not_shown") if detectable is None else say("also.would_have_shown", points=float(detectable))


def _harder(say: Translator, finding: FindingRow) -> str:
    """A6: effort lately and before, with heart rate and pace beside it, whichever way they went."""
    facts = finding.facts
    lately, before = float(facts["effort_lately"]), float(facts["effort_before"])
    runs_lately, runs_before = finding.count("runs_lately"), finding.count("runs_before")
    beside = []
    if (now := facts.get("heart_lately_bpm")) and (then := facts.get("heart_before_bpm")):
        beside.append(say("harder.heart", lately=round(now), before=round(then)))
    if (now := facts.get("pace_lately_s_km")) and (then := facts.get("pace_before_s_km")):
        beside.append(say("harder.pace", lately=say.pace(now), before=say.pace(then)))
    name = "harder.felt_beside" if beside else "harder.felt"
    return say(name, runs_lately=runs_lately, lately=lately, runs_before=runs_before, before=before, beside=beside)


def _load(say: Translator, finding: FindingRow) -> str:
    """A7: the week's load among the person's own nights."""
    facts = finding.facts
    load, share, monotony = (facts.get(name) for name in ("load", "load_percentile", "monotony"))
    if load is None:
        return say("load.unknown")
    name, percent = ("load.week", 0) if share is None else ("load.week_among", round(share))
    unit = say.choice("amount", facts.get("load_unit", "effort minutes"))
    told = [say(name, load=round(load), unit=unit, percent=percent)]
    told += [] if monotony is None else [say("load.monotony", monotony=float(monotony))]
    return " ".join((*told, say("load.no_line")))


def _gaps(say: Translator, finding: FindingRow) -> str:
    """B8: evenings by how long ago the last run was."""
    facts, run_days = finding.facts, finding.facts.get("run_day_mood")
    days = [
        say(f"gaps.day_{day}", mood=facts[f"mood_day_{day}"], evenings=finding.count(f"days_{day}"))
        for day in GAP_DAYS
        if facts.get(f"mood_day_{day}") is not None
    ]
    if not days:
        return say("gaps.unrated")
    name = "gaps.evenings" if run_days is None else "gaps.evenings_beside"
    return say(name, gaps=finding.count("gaps"), days=days, run_days=run_days)


FIGURES = {"A6": _harder, "A7": _load, "B8": _gaps}
