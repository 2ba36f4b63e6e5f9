"""Other explanations of what was seen, at least two for each, with the person's own counts where these tell more."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runmood.core.enums import EvidenceStrength, Feedback, FindingState
from runmood.core.i18n import capital
from runmood.findings.answers import FindingRow, format_difference, on_screen, render_finding
from runmood.findings.specs import QUESTIONS
from runmood.reports.findings import remarked
from runmood.reports.share.models import Item, shown_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.core.i18n import Translator
    from runmood.reports.share.models import ShareData, ShareSelection


MISSED_RUNS = ("B1", "B2", "C3")
WORTH_SAYING = 0.1  # between the shares of rated evenings


def others(say: Translator, finding: FindingRow) -> str:
    """What else may be behind it."""
    if finding.question in MISSED_RUNS:
        return _of_missed_runs(say, finding)
    return say(f"shared.otherwise.{finding.question}")


def _of_missed_runs(say: Translator, finding: FindingRow) -> str:
    """Low mood first, or a full day; and evenings that were rated unevenly."""
    order = "low_first_held" if finding.facts.get("morning_used") else "low_first"
    told = [say(f"shared.otherwise.{order}"), say("shared.otherwise.full_day")]
    missed, run = (finding.facts.get(f"rated_{kind}_share") for kind in ("missed", "run"))
    if missed is not None and run is not None and abs(missed - run) > WORTH_SAYING:
        told.append(say("shared.otherwise.uneven", missed=float(missed), run=float(run)))
    return " ".join(told)


# --- What was seen, a sentence a question: counts, size and range. No distance and no pace unless ticked.

NO_CHANGE = 0.05  # mood points
HALF, LONGER_RUNS = 0.5, 4  # as in patterns/leaning/rests


@dataclass(frozen=True, slots=True)
class ShareText:
    """A finding to be told, how it is said, and what the person ticked."""

    finding: FindingRow
    say: Translator
    choice: ShareSelection

    def near(self, day: dt.date) -> str:
        """A day as the page's last day sees it."""
        return self.say.date_near(day, self.choice.last)

    def counts(self, **facts: str) -> dict[str, int]:
        """Counts among the facts, by the names that a sentence has for them."""
        return {name: self.finding.count(fact) for name, fact in facts.items()}

    def ticked(self, what: str) -> bool:
        """Whether the person ticked it."""
        return what in self.choice.include


def _longer_run(saying: ShareText) -> str:
    far, longest = (float(saying.finding.facts[name]) for name in ("distance_m", "longest_m"))
    told = {"day": saying.near(saying.finding.night), "longer": far / longest - 1}
    if not saying.ticked("distance"):
        return saying.say("shared.seen.longer_run", **told)
    lengths = {"far": saying.say.distance(far), "longest": saying.say.distance(longest)}
    return saying.say("shared.seen.longer_run_distances", **told, **lengths)


def _hard_stretch(saying: ShareText) -> str:
    say, facts = saying.say, saying.finding.facts
    ratio, harder = facts.get("load_ratio"), facts.get("effort_change")
    parts = [
        *([say("shared.seen.hard_load", more=ratio - 1)] if ratio is not None else []),
        say("shared.seen.hard_notes"),
        *([say("shared.seen.hard_effort", points=abs(float(harder)))] if harder is not None else []),
    ]
    return say("shared.seen.hard_stretch", day=saying.near(saying.finding.night), parts=parts)


def _felt_harder(saying: ShareText) -> str:
    say, facts = saying.say, saying.finding.facts
    told = saying.counts(runs="runs_lately", runs_before="runs_before") | {
        when: float(facts[f"effort_{when}"]) for when in ("lately", "before")
    }
    paces = {f"pace_{when}": say.pace(facts.get(f"pace_{when}_s_km")) for when in ("lately", "before")}
    if saying.ticked("pace") and all(paces.values()):
        return say("shared.seen.felt_harder_paces", **told, **paces)
    return say("shared.seen.felt_harder", **told)


def _load(saying: ShareText) -> str:
    percent = saying.finding.facts.get("load_percentile")
    if percent is None:
        return saying.say("shared.seen.load_unknown")
    return saying.say("shared.seen.load", share=percent / 100)


def _missed(saying: ShareText) -> str:
    days = saying.counts(missed="missed_days", runs="run_days")
    return saying.say("shared.seen.missed", gap=format_difference(saying.say, saying.finding, "lower"), **days)


def _missed_and_rest(saying: ShareText) -> str:
    days = saying.counts(missed="missed_days", rests="rest_days")
    return saying.say("shared.seen.missed_and_rest", gap=format_difference(saying.say, saying.finding, "lower"), **days)


def _run_days(saying: ShareText) -> str:
    days = saying.counts(missed="missed_days", runs="run_days")
    return saying.say("shared.seen.run_days", gap=format_difference(saying.say, saying.finding, "higher"), **days)


def _only_running(saying: ShareText) -> str:
    days = saying.counts(low="low_days", only="only_running_days")
    others = saying.finding.count("other_kinds")
    if not others:
        return saying.say("shared.seen.only_running_at_all", **days)
    return saying.say("shared.seen.only_running", **days, others=others)


def _hurt(saying: ShareText) -> str:
    told = {"night": saying.near(saying.finding.night), "runs": saying.finding.count("runs_hurt")}
    dates = saying.finding.facts.get("dates")
    if not dates:
        return saying.say("shared.seen.hurt", **told)
    return saying.say("shared.seen.hurt_last", **told, day=saying.near(dt.date.fromisoformat(dates[-1])))


def _more_running(saying: ShareText) -> str:
    facts = saying.finding.facts
    told = {"growth": float(facts.get("minutes_growth") or 0), "runs": saying.finding.count("rated_runs")}
    change = float(facts.get("lift_change") or 0)
    if abs(change) < NO_CHANGE:
        return saying.say("shared.seen.more_running_same", **told)
    return saying.say(f"shared.seen.more_running_{'rose' if change > 0 else 'fell'}", **told, points=abs(change))


def _rests(saying: ShareText) -> str:
    became = saying.counts(ran="runs_on_rest", rests="rest_days")
    went = saying.counts(farther="longer_runs", runs="planned_runs")
    parts = [
        *([saying.say("shared.seen.rests_became_runs", **became)] if _often(became) else []),
        *([saying.say("shared.seen.runs_went_farther", **went)] if went["farther"] >= LONGER_RUNS else []),
    ]
    return saying.say("shared.seen.rests", parts=parts)


def _often(became: dict[str, int]) -> bool:
    """Whether half of the planned rests and more became runs."""
    return became["rests"] > 0 and became["ran"] >= HALF * became["rests"]


def _gaps(saying: ShareText) -> str:
    say, finding = saying.say, saying.finding
    moods = {day: finding.facts.get(f"mood_day_{day}") for day in range(1, 5)}
    evenings = [
        say(f"shared.seen.gap_day_{day}", mood=float(mood), evenings=finding.count(f"days_{day}"))
        for day, mood in moods.items()
        if mood is not None
    ]
    told, beside = {"gaps": finding.count("gaps"), "evenings": evenings}, finding.facts.get("run_day_mood")
    if not evenings:
        return say("shared.seen.gaps_unrated", gaps=told["gaps"])
    return say("shared.seen.gaps", **told) if beside is None else say("shared.seen.gaps_beside", **told, mood=beside)


def _lift(saying: ShareText) -> str:
    runs = saying.counts(runs="rated_runs", higher="higher_after", lower="lower_after")
    return saying.say("shared.seen.lift", gap=_either_way(saying.say, saying.finding), **runs)


def _either_way(say: Translator, finding: FindingRow) -> str:
    """A difference on the side on which it is: higher or lower."""
    return (
        format_difference(say, finding, "higher")
        if (finding.effect or 0) >= 0
        else format_difference(say, _turned(finding), "lower")
    )


def _turned(finding: FindingRow) -> FindingRow:
    """The same difference seen from the other side, as `gap` words it."""
    least, most = (None if end is None else -end for end in (finding.effect_most, finding.effect_least))
    return _sized(-(finding.effect or 0), least, most)


def _sized(effect: float, least: float | None, most: float | None) -> FindingRow:
    """A difference alone, to be worded."""
    return FindingRow("", dt.date.min, "seen", None, None, None, None, effect, least, most, {})


def _kinds(saying: ShareText) -> str:
    return _together(saying, "shared.seen.kind", "tags", saying.say("shared.seen.kind_of_ones_own"))


def _helps(saying: ShareText) -> str:
    return _together(saying, "shared.seen.help", "helped", saying.say.choice("helped", "other"))


def _together(saying: ShareText, sentence: str, choices: str, otherwise: str) -> str:
    """Each thing that stood out, with its counts and size; looked at together."""
    say, things = saying.say, saying.finding.facts.get("things") or ()
    told = [
        say(
            sentence,
            what=shown_name(say, choices, str(thing["thing"]), saying.choice, otherwise),
            gap=_size(say, thing),
            count=int(thing["with"]),
            without=int(thing["without"]),
        )
        for thing in things
        if thing.get("seen")
    ]
    return say("shared.seen.together", things="; ".join(told))


def _size(say: Translator, thing: dict[str, Any]) -> str:
    return _either_way(say, _sized(float(thing["effect"]), thing.get("effect_least"), thing.get("effect_most")))


def _heavier(saying: ShareText) -> str:
    return saying.say("shared.seen.heavier", day=saying.near(saying.finding.night))


SEEN: dict[str, Callable[[ShareText], str]] = {
    "A1": _longer_run, "A5": _hard_stretch, "A6": _felt_harder, "A7": _load, "B1": _missed, "B2": _missed_and_rest,
    "B3": _only_running, "B5": _hurt, "B6": _more_running, "B7": _rests, "B8": _gaps, "C1": _lift, "C2": _kinds,
    "C3": _run_days, "C4": _helps, "S1": _heavier,
}  # fmt: skip


# --- The findings as a page may hold them: what was asked, what was seen, how sure, and what else explains it.

CONTEXT = ("A6", "A7", "B8")  # figures to look at; they claim nothing
BY_KIND = {question.code: question.kind for question in QUESTIONS}


def findings(material: ShareData, choice: ShareSelection) -> dict[str, Item]:
    """Each question's latest answer by code, those seen first; what waits for its turn is not there."""
    latest = {finding.question: finding for finding in on_screen(render_finding(material.findings), choice.last)}
    for finding in render_finding(material.findings):  # much longer runs stand on nights of their own
        if finding.question == "A1" and finding.seen and finding.night <= choice.last:
            latest["A1"] = finding
    ordered = sorted(latest.values(), key=lambda finding: (not finding.seen, finding.question))
    disputed = [code for code, remark in remarked(material.finding_feedback).items() if remark.word == Feedback.NOT_SO]
    return {
        finding.question: _item(ShareText(finding, material.say, choice), disputed=finding.question in disputed)
        for finding in ordered
    }


def _item(saying: ShareText, *, disputed: bool) -> Item:
    """What the notes show; and that the person sees it otherwise, where they say so."""
    finding, say = saying.finding, saying.say
    words = _seen(saying) if finding.seen or finding.question in CONTEXT else _open(say, finding)
    return Item(say(f"asks.{finding.question}"), f"{words} {say('shared.disputed')}" if disputed else words)


def _seen(saying: ShareText) -> str:
    finding, say = saying.finding, saying.say
    if finding.facts.get("lacking"):
        return say("shared.open.too_early")
    return " ".join((SEEN[finding.question](saying), _sure(saying), others(say, finding)))


def _sure(saying: ShareText) -> str:
    """The strength of the evidence and since when; a rule is a count, and says so."""
    finding, say = saying.finding, saying.say
    if BY_KIND[finding.question] != "tested":
        return say("shared.sure.counted")
    strength = capital(say.choice("strength", finding.strength or EvidenceStrength.SOME))
    sure = (
        say("sure.strength_since", strength=strength, since=saying.near(finding.since))
        if finding.since
        else say("sure.strength", strength=strength)
    )
    return " ".join((sure, say("shared.sure.no_longer"))) if finding.growing is False else sure


def _open(say: Translator, finding: FindingRow) -> str:
    """A complete answer without a yes."""
    if finding.state == FindingState.NOT_ENOUGH_EVIDENCE:
        return say("shared.open.too_early")
    if finding.state == FindingState.CONFOUNDED:
        return say("shared.open.training" if finding.question == "B6" else "shared.open.alike")
    detectable = finding.facts.get("detectable")
    return (
        say("shared.open.not_seen") if detectable is None else say("shared.open.not_seen_of", points=float(detectable))
    )
