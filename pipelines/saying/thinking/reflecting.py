"""Questions to think about, once a month and before a plan begins. Any may be passed over; none has a score.

The readiness questions are ours, after "Assess physical and emotional readiness" in the seeds; those of the month are
in science.md 2.5.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import typer

from pipelines.home import chosen_home
from pipelines.saying.helping import show_if_touched
from runmood import journal
from runmood.terms.entries import Reflection, Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.home import Home

MONTHLY, BEFORE_A_PLAN = "month", "before a plan"
OF_THE_MONTH = (
    "What would this week have been like without running?",
    "Did you run when your body said no?",
    "What else helped?",
    "Did running crowd anything out?",
)
READINESS = (
    "How much have you been moving lately, and how did it sit with you?",
    "What should the plan make room for: an old injury, a condition, poor sleep, a busy time?",
    "Is there something to ask a doctor before you begin? If you are new to running or unsure, please do ask.",
    "What do you hope running will give you, and what else do you have for days without it?",
    "How willing do you feel just now, and what may get in the way?",
    "If you see a therapist: how could this plan and your work together go hand in hand?",
    "What would be a first step so small that a bad week still leaves room for it?",
)
HOW = "Nothing is scored. Enter passes a question over."
OF_A_PLAN = "Begin with less than you could do; rest days are part of the plan, and changing it is no failure."


def reflect(context: typer.Context) -> None:
    """Four questions to think about, once a month or whenever you like."""
    home = chosen_home(context.obj)
    today = home.today()
    before = max((each.date for each in _reflections(home, MONTHLY)), default=None)
    if before and (before.year, before.month) == (today.year, today.month):
        typer.echo(f"You last did this on {before:%d %B}; once a month is plenty, and again is fine.")
    _ask(home, MONTHLY, OF_THE_MONTH, today)


def ready(context: typer.Context) -> None:
    """A look at how things are before a plan begins: notes for yourself, no score."""
    home = chosen_home(context.obj)
    _ask(home, BEFORE_A_PLAN, READINESS, home.today())
    typer.echo(OF_A_PLAN)


def _ask(home: Home, occasion: str, prompts: Sequence[str], today: dt.date) -> None:
    """Each question in turn; what was answered is kept at once, so that stopping half-way loses nothing."""
    from pipelines.saying.checking_in.terminal import Terminal  # noqa: PLC0415 - only where someone is asked

    terminal = Terminal("the questions are asked in a terminal")
    terminal.tell(HOW)
    answers = []
    for prompt in prompts:
        answer = terminal.line(f"{prompt}\n>")
        if answer:
            now = dt.datetime.now(home.zone)
            journal.append(home.journal, [Said(now, Reflection(today, occasion, prompt, answer))])
            answers.append((answer, None))
    typer.echo(f"{len(answers)} kept." if answers else "Nothing was kept.")
    show_if_touched(home, answers)


def _reflections(home: Home, occasion: str) -> Iterable[Reflection]:
    for each in journal.standing(journal.read(home.journal).told):
        if isinstance(each.entry, Reflection) and each.entry.occasion == occasion:
            yield each.entry
