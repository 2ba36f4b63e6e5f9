"""What was said before, found by name, changed and taken back: always by a new line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.saying.checking_in.flags import OWN
from runmood import journal
from runmood.terms.entries import Changed, CheckIn, Said, Withdrawn
from runmood.terms.notices import CannotBeDoneError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from pipelines.home import Home
    from pipelines.saying.checking_in.flags import Answers
    from runmood.journal import Told

ALWAYS_SAID = {"at", "kind", "mood", "energy", "source", "raw"}
LAST = "last"
LONGEST = 40
SHORT = 8  # as many letters of a name as are shown


def check_in_named(home: Home, which: str) -> tuple[Told, CheckIn]:
    """The check-in of that name as it stands, or the last one."""
    stands = journal.standing(journal.read(home.journal).told)
    check_ins = [each for each in stands if isinstance(each.entry, CheckIn)]
    told = _last(check_ins) if which == LAST else named(check_ins, which)
    if not isinstance(told.entry, CheckIn):
        raise TypeError(f"{told} is no check-in")
    return told, told.entry


def changed(told: Told, check_in: CheckIn, now: dt.datetime) -> Said:
    """The line that puts another check-in in its place."""
    return Said(now, Changed(told.id, check_in))


def without(said: Answers, unsay: Sequence[str]) -> Answers:
    """The answers without some; when, of what kind and how one felt cannot be left unsaid."""
    for item in unsay:
        if not {item, f"{OWN}{item}"} & said.keys() - ALWAYS_SAID:
            raise CannotBeDoneError(f"--unsay {item}: there is nothing of that name that could be left unsaid.")
    return {item: answer for item, answer in said.items() if item.removeprefix(OWN) not in unsay}


def take_back(home: Home, which: str, now: dt.datetime) -> str:
    """Withdraw what has that name, a withdrawal too; the sentence says how to undo it."""
    told = journal.read(home.journal).told
    found = check_in_named(home, which)[0] if which == LAST else named(told, which)
    line = Said(now, Withdrawn(found.id))
    journal.append(home.journal, [line])
    again = "It counts again." if isinstance(found.entry, Withdrawn) else "It stays in the journal and counts no more."
    what = f": {in_a_line(found.entry)}" if isinstance(found.entry, CheckIn) else ""
    return f"Taken back{what}. {again} To undo that: runmood check-in --delete {journal.id_of(line)[:SHORT]}"


def in_a_line(check_in: CheckIn) -> str:
    """A check-in as a person knows it again: its kind, its moment, its scores and how its note begins."""
    energy = f", energy {check_in.energy:g}" if check_in.energy is not None else ""
    note = f', "{shortened(check_in.note)}"' if check_in.note else ""
    return f"{check_in.kind}, {check_in.at:%A %Y-%m-%d %H:%M}, mood {check_in.mood:g}{energy}{note}"


def shortened(words: str) -> str:
    """Words in one line, cut where it is long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def named(told: Iterable[Told], which: str) -> Told:
    """The one entry whose name begins so."""
    found = {each.id: each for each in told if each.id.startswith(which.lower())}
    if len(found) != 1:
        many = f"{len(found)} entries begin with {which}; give more of the name." if found else f"There is no {which}."
        raise CannotBeDoneError(f"{many} `runmood said` lists what you said.")
    return next(iter(found.values()))


def _last(check_ins: list[Told]) -> Told:
    if not check_ins:
        raise CannotBeDoneError("There is no check-in yet.")
    return check_ins[-1]
