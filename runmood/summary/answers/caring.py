"""A5, B5 and S1 in words: a hard stretch, runs while ill or hurt, heavier weeks. They are said at once, and gently."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.summary.answers.told import LABELS, OTHERS, SAW, SOME_DO, SURE
from runmood.summary.parts import Answer, Passage
from runmood.summary.words.phrases import counted, date_near, figure, listed, plural, points

if TYPE_CHECKING:
    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary

DATES_SHOWN = 5
CLEARLY_LOWER = 1.5  # own standard deviations
STOP_AND_CHECK = (
    "With fever, strong pain, or anything in the chest, the usual advice is to stop and have it looked at. For chest "
    "pain, fainting or a racing heart at rest, the emergency number is the right call."
)
REST_FIRST = (
    "Some people keep to walking or rest until it has passed, and ask a doctor or physiotherapist when it hurts in the "
    "same place again."
)
UNITS_OF_LOAD = {"effort minutes": "effort times minutes", "minutes": "minutes of running"}


def hard_stretch(finding: Told, diary: Diary) -> Answer:
    """More load, lower notes and harder runs at once: the answer to A5."""
    facts = finding.facts
    more = f"your load ({UNITS_OF_LOAD.get(facts.get('load_unit', ''), 'effort times minutes')})"
    if (ratio := facts.get("load_ratio")) is not None:
        more += f" was {_percent(ratio - 1)} above that of the six weeks before"
    lower = "much lower" if float(facts.get("wellness") or 0) <= -CLEARLY_LOWER else "lower"
    felt = f"the notes on mood, energy, sleep and body were {lower} than your usual"
    harder = facts.get("effort_change")
    effort = f"ordinary runs felt about {points(float(harder))} harder" if harder is not None else ""
    when = f"In the weeks to {date_near(finding.night, diary.as_of)} several things came together: "
    saw = when + listed([part for part in (more, felt, effort) if part]) + "."
    basis = f"{counted(finding.count('rated_days_lately'), 'day')} with notes"
    runs = finding.count("runs_lately")
    basis += f" and {counted(runs, 'run')} with an effort" if runs else ""
    sure = f"This is counted from {basis} in two weeks; it is no test, and an ordinary year brings it now and then too."
    some = (
        "Some people plan easier days or rest days for a week or two; planned rest counts as much as a run. If it "
        "lasts, or if something hurts, a professional can look at what notes cannot show."
    )
    passages = (
        Passage(SAW, (saw,)),
        Passage(SURE, (sure,)),
        Passage(OTHERS, _what_else(finding), listed=True),
        Passage(SOME_DO, (some,)),
    )
    return Answer("Weeks in which much came together", LABELS["seen"], seen=True, passages=passages)


def _what_else(finding: Told) -> tuple[str, ...]:
    """What may look the same, with what the notes themselves say of it."""
    apart, reckoned = finding.count("set_apart_days"), finding.count("reckoned_days")
    told = [
        "An infection on its way, too little sleep or food, heat, or a full time at work or at home may look the same.",
        "A block of training that was meant to be hard feels like this for a while, and passes.",
    ]
    if apart:
        told.append(f"On {counted(apart, 'day')} of the two weeks you had marked being ill, injured, or away.")
    if reckoned:
        told.append(f"The effort of the runs on {counted(reckoned, 'day')} was reckoned from earlier runs, not said.")
    return tuple(told)


def running_while_hurt(finding: Told, diary: Diary) -> Answer:
    """Runs on days marked ill or hurt: the answer to B5."""
    runs, dates = finding.count("runs_hurt"), _dates(finding, diary)
    on = f" ({dates})" if dates else ""
    saw = [f"In the four weeks to {date_near(finding.night, diary.as_of)} you ran {_times(runs)} on days that you had"]
    saw[0] += f" marked as ill, injured or painful{on}."
    most = finding.facts.get("most_pain")
    if most is not None:
        saw.append(f"The most pain you noted on such a day was {figure(float(most))} out of 10.")
    stop = (STOP_AND_CHECK,) if finding.facts.get("stop_and_check") else ()
    passages = (
        Passage(SAW, tuple(saw)),
        Passage(SURE, ("This is a count of days as you marked them.",)),
        Passage(
            OTHERS,
            (
                "The mark may have stood for another time of the day than the run.",
                "The run may have been a short and easy one, or agreed with a professional.",
            ),
            listed=True,
        ),
        Passage(SOME_DO, (*stop, REST_FIRST)),
    )
    return Answer("Runs while something was wrong", LABELS["seen"], seen=True, passages=passages)


def heavier_weeks(finding: Told, diary: Diary) -> Answer:
    """The answer to S1. No figure is shown: it is about company, not about a score."""
    saw = f"In your notes the two weeks to {date_near(finding.night, diary.as_of)} look heavier."
    company = (
        "You need not wait until it is worse to talk with somebody: a person you trust, your doctor, a therapist. "
        "`runmood support` lists people to call."
    )
    notes = (
        "This is only what the notes show; you know best how it has been, and whether anything is asked of these weeks."
    )
    others = (
        "Weeks can be heavy for reasons that no diary holds: people, work, grief, a long winter, too little sleep.",
        "On tired evenings moods are often noted lower than the day was.",
    )
    passages = (
        Passage(SAW, (saw, notes)),
        Passage(OTHERS, others, listed=True),
        Passage(SOME_DO, (f"Some people find it good not to be alone with such weeks. {company}",)),
    )
    return Answer("Two heavier weeks", LABELS["seen"], seen=True, passages=passages)


def _dates(finding: Told, diary: Diary) -> str:
    """The last few of the days, as a list."""
    days = [dt.date.fromisoformat(day) for day in finding.facts.get("dates") or ()]
    shown = [date_near(day, diary.as_of) for day in days[-DATES_SHOWN:]]
    return ("the last ones: " if len(days) > DATES_SHOWN else "") + ", ".join(shown)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} {plural(count, 'time')}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
