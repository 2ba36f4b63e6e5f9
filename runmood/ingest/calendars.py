"""A calendar file from beginning to end, and the titles in calendars that only the person can judge.

What a file plans is said in the journal. What somebody says of a title holds for its series in every calendar, and the
files that had it are read again: those of watched folders by the next night, others at once, where they still are.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from runmood.core.checkins import NewEntry
from runmood.core.errors import UserError
from runmood.core.files import read_at_most, read_kept, replace_made
from runmood.core.json_records import read_record
from runmood.home.import_log import ImportKind
from runmood.ingest.entry_imports import import_entries
from runmood.ingest.watched import doubtful_titles, forget_calendars
from runmood.journal.decisions import series_verdicts
from runmood.journal.plans import MOST_BYTES, read_plan
from runmood.journal.plans.classify import Choice, series_of
from runmood.journal.plans.models import Window
from runmood.journal.plans.versions import changes_of
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from runmood.core.entries import SeriesJudged
    from runmood.home.home import Home
    from runmood.journal.plans.versions import CalendarPlan, PlanDiff


KEPT = "calendars.json"  # in the work folder: calendars taken by hand that hold titles to be decided
_ANY = Choice()


@dataclass(frozen=True, slots=True)
class KeptCalendar:
    """A calendar taken by hand, how it was read, and its titles that only the person can judge, decided or not."""

    titles: list[str]
    match: list[str]
    all_runs: bool
    name: str | None


def read_calendar_file(
    home: Home, path: Path, now: dt.datetime, choice: Choice = _ANY
) -> tuple[CalendarPlan, PlanDiff, str | None]:
    """Take the plans of a file, as one import.

    Args:
        home: whose plans.
        path: the file.
        now: the moment; days that have begun stay as they are.
        choice: what the person chose for this file; what they said of titles is added.

    Returns:
        What the file plans, what of it was new, and the name of the import; null where nothing was.
    """
    records = effective_entries(read(home.journal).records)
    window = Window(now.astimezone(home.zone).date(), home.zone)
    content = read_at_most(path, MOST_BYTES)
    draft = read_plan(content, path.name, window, replace(choice, decided=series_verdicts(records)))
    changes = changes_of(draft, records, now, home.zone)
    batch = import_entries(home, ImportKind.PLANS, f"{path}", changes.said(now.astimezone(home.zone)))
    return draft, changes, batch


def keep_doubtful(home: Home, path: Path, titles: Iterable[str], choice: Choice = _ANY) -> None:
    """Keep the titles of a calendar taken by hand that only the person can judge, and how the file was read.

    Those that are decided are kept as well: what the person takes back is asked again.
    """
    kept, doubtful = _kept(home), list(titles)
    before = kept.pop(f"{path.absolute()}", None)
    if before:
        decided = series_verdicts(read(home.journal).records)
        doubtful += [each for each in before.titles if series_of(each) in decided and each not in doubtful]
    if doubtful:
        kept[f"{path.absolute()}"] = KeptCalendar(doubtful, [*choice.match], choice.all_runs, choice.calendar)
    if doubtful or before:
        replace_made(home.work / KEPT, json.dumps({name: asdict(each) for name, each in kept.items()}))


def titles_to_decide(home: Home) -> dict[str, list[str]]:
    """Return the titles of which only the person knows whether they are runs, by calendar file."""
    by_hand = {name: each.titles for name, each in _kept(home).items()}
    waiting = by_hand | doubtful_titles(home)
    if not waiting:
        return {}
    decided = series_verdicts(read(home.journal).records)
    left = {f"{file}": [each for each in titles if series_of(each) not in decided] for file, titles in waiting.items()}
    return {file: titles for file, titles in left.items() if titles}


def judge_titles(home: Home, judged: Iterable[SeriesJudged], now: dt.datetime) -> None:
    """Write down what the person says of titles, and have the calendars with doubtful ones read again."""
    said = list(judged)
    append(home.journal, [NewEntry(now, each) for each in said])
    reread_calendars(home, {each.title for each in said}, now)


def reread_calendars(home: Home, series: Collection[str], now: dt.datetime) -> None:
    """Read the calendars again that hold titles of these series, of which the person said something or took it back."""
    forget_calendars(home)
    for name, each in _kept(home).items():
        if not any(series_of(title) in series for title in each.titles):
            continue
        choice = Choice(each.all_runs, tuple(each.match), each.name)
        try:
            draft, *_ = read_calendar_file(home, Path(name), now, choice)
        except (UserError, OSError):  # it is gone or is another file now: the word holds for the next calendar
            continue
        keep_doubtful(home, Path(name), draft.doubtful, choice)


def _kept(home: Home) -> dict[str, KeptCalendar]:
    """Return what is kept of calendars; nothing where it was lost or is not legible."""
    try:
        return read_record(dict[str, KeptCalendar], json.loads(read_kept(home.work / KEPT)))
    except (OSError, ValueError, RecursionError):
        return {}
