"""What an import, a summary and a step of the night do only once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from pipelines_homes import LAST_DAY, made

from runmood.core.checkins import CheckIn, NewEntry
from runmood.journal.store import append
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.workflow import imports, summaries
from runmood.workflow.night import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.home.home import Home

OUTINGS = simulate(LAST_DAY, days=30).outings


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the warehouse was opened, the journal was read, and a report was composed and laid out as a page."""
    counts: Counter[str] = Counter()

    def count(name: str, *places: str) -> None:
        for place in places:
            module, _, attribute = place.rpartition(".")
            real: Callable[..., object] = getattr(__import__(module, fromlist=[attribute]), attribute)

            def counted(*args: object, real: Callable[..., object] = real, **rest: object) -> object:
                counts[name] += 1
                return real(*args, **rest)

            monkeypatch.setattr(place, counted)

    count("open", "runmood.ingest.importer.Warehouse")
    count("read", "runmood.ingest.importer.read", "runmood.workflow.steps.read")
    count("compose", "runmood.workflow.summaries.build_summary")
    count("page", "runmood.workflow.summaries.as_page")
    return counts


def inbox_with(home: Home, runs: int) -> Home:
    """A home with everything made, and so many runs in a folder beside it."""
    (home.root / "given").mkdir()
    for number in range(runs):
        (home.root / "given" / f"{number}.fit").write_bytes(recorded_as(OUTINGS[number], "fit"))
    return made(home)


def test_an_import_opens_the_warehouse_once_and_reads_the_journal_twice(empty_home: Home, calls: Counter[str]) -> None:
    """Once for what was taken back before, and once, after all is read, for what was said up to then."""
    home = inbox_with(empty_home, 3)
    calls.clear()
    batch, _, _ = imports.import_paths(home, [home.root / "given"])
    assert batch.counts["runs"] == 3
    assert calls == {"open": 1, "read": 2, "compose": 1, "page": 1}


def test_an_import_of_nothing_new_reads_and_makes_nothing(empty_home: Home, calls: Counter[str]) -> None:
    """The warehouse alone tells that there is nothing new; a path that is given may have been taken back before."""
    home = inbox_with(empty_home, 1)
    imports.import_paths(home, [home.root / "given"])
    calls.clear()
    imports.import_paths(home, [])
    assert calls == {"open": 1, "read": 1}


def test_a_summary_after_a_check_in_is_composed_once(empty_home: Home, calls: Counter[str]) -> None:
    """One report and one page from what was said a moment ago, and from an unchanged journal no new tables."""
    home = inbox_with(empty_home, 1)
    moment = dt.datetime.combine(LAST_DAY, dt.time(21), home.zone)
    append(home.journal, [NewEntry(moment, CheckIn(moment, "evening", 4.0))])
    calls.clear()
    first = summaries.refresh_summary(home, LAST_DAY)
    assert calls == {"open": 1, "read": 1, "compose": 1, "page": 1}
    calls.clear()
    assert summaries.refresh_summary(home, LAST_DAY) == first
    assert calls == {"compose": 1, "page": 1}


@pytest.mark.parametrize("step", ["import", "days", "findings"])
def test_a_step_of_the_night_opens_the_warehouse_once(empty_home: Home, calls: Counter[str], step: str) -> None:
    """A step is a task of its own, so it opens the warehouse itself; it reads the journal once at most."""
    home = inbox_with(empty_home, 1)
    (home.inbox / "new.fit").write_bytes(recorded_as(OUTINGS[5], "fit"))
    calls.clear()
    STEPS[step](home, LAST_DAY)
    assert calls["open"] == 1
    assert calls["read"] <= 1
