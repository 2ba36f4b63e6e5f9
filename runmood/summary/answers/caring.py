"""A5, B5 and S1 in words: a hard stretch, runs while ill or hurt, heavier weeks. They are said at once, and gently."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.summary.answers.told import seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary
    from runmood.summary.parts import Answer
    from runmood.terms.speech import Speech

DATES_SHOWN = 5
CLEARLY_LOWER = 1.5  # own standard deviations


def hard_stretch(finding: Told, diary: Diary) -> Answer:
    """More load, lower notes and harder runs at once: the answer to A5."""
    say, runs = diary.say, finding.count("runs_lately")
    day, things = say.date_near(finding.night, diary.as_of), list(_together(say, finding))
    basis = "stretch.sure_with_runs" if runs else "stretch.sure"
    return seen(
        say,
        "stretch.title",
        saw=[say("stretch.saw", day=day, things=things)],
        sure=[say(basis, days=finding.count("rated_days_lately"), runs=runs)],
        others=_what_else(say, finding),
        some_do=[say("stretch.some_do")],
    )


def _together(say: Speech, finding: Told) -> Iterator[str]:
    """What came together."""
    facts = finding.facts
    ratio, harder = facts.get("load_ratio"), facts.get("effort_change")
    unit = say.choice("load_unit", facts.get("load_unit", "effort minutes"))
    if ratio is None:
        yield say("stretch.load", unit=unit)
    else:
        yield say("stretch.load_above", unit=unit, percent=round(100 * (ratio - 1)))
    yield say("stretch.much_lower" if float(facts.get("wellness") or 0) <= -CLEARLY_LOWER else "stretch.lower")
    if harder is not None:
        yield say("stretch.harder", points=abs(float(harder)))


def _what_else(say: Speech, finding: Told) -> Iterator[str]:
    """What may look the same, with what the notes themselves say of it."""
    yield say("stretch.infection")
    yield say("stretch.training")
    if apart := finding.count("set_apart_days"):
        yield say("stretch.set_apart", days=apart)
    if reckoned := finding.count("reckoned_days"):
        yield say("stretch.reckoned", days=reckoned)


def running_while_hurt(finding: Told, diary: Diary) -> Answer:
    """Runs on days marked ill or hurt: the answer to B5."""
    say, dates = diary.say, _dates(finding, diary)
    day, pain = say.date_near(finding.night, diary.as_of), finding.facts.get("most_pain")
    return seen(
        say,
        "hurt.title",
        saw=[
            say("hurt.saw_on" if dates else "hurt.saw", day=day, runs=finding.count("runs_hurt"), dates=dates),
            "" if pain is None else say("hurt.most_pain", pain=float(pain)),
        ],
        sure=[say("hurt.sure")],
        others=[say("hurt.another_time"), say("hurt.easy")],
        some_do=[say("hurt.stop_and_check") if finding.facts.get("stop_and_check") else "", say("hurt.some_do")],
    )


def _dates(finding: Told, diary: Diary) -> str:
    """The last few of the days."""
    days = [dt.date.fromisoformat(day) for day in finding.facts.get("dates") or ()]
    shown = ", ".join(diary.say.date_near(day, diary.as_of) for day in days[-DATES_SHOWN:])
    return diary.say("hurt.the_last", dates=shown) if len(days) > DATES_SHOWN else shown


def heavier_weeks(finding: Told, diary: Diary) -> Answer:
    """The answer to S1. No figure is shown: it is about company, not about a score."""
    say = diary.say
    return seen(
        say,
        "called.S1",
        saw=[say("heavier.saw", day=say.date_near(finding.night, diary.as_of)), say("heavier.only_notes")],
        others=[say("heavier.reasons"), say("heavier.tired")],
        some_do=[say("heavier.some_do")],
    )
