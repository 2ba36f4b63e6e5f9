"""What people said and planned elsewhere: the small inputs that once failed, and what is true of each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from runmood.core.checkins import CheckIn
from runmood.journal.imports import read_export
from runmood.journal.imports.compare import Export, NeedsMappingError, compare
from runmood.journal.imports.mapping import mapping_from_toml
from runmood.journal.plans import read_plan
from runmood.journal.plans.classify import Choice
from runmood.journal.plans.models import Window
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from pathlib import Path

UTC, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")


def taken(path: Path, zone: ZoneInfo = BERLIN) -> Export:
    """A file through the door of the imports."""
    return read_export(path.read_bytes(), path.name, zone)


def test_titles_of_a_calendar_that_plan_no_run(case_said: Path) -> None:
    """Cancelled, skipped, moved and everyday titles plan nothing; what is optional is listed."""
    path = case_said / "plan-titles" / "cancelled.ics"
    draft = read_plan(path.read_bytes(), path.name, Window(dt.date(2026, 11, 29), BERLIN), Choice())
    assert (draft.days, draft.doubtful) == ({}, ("Optional: easy run 5 km",))


def test_an_export_read_under_two_zones(case_said: Path, tmp_path: Path) -> None:
    """Imported under UTC and again at home it is the same entries."""
    path = case_said / "zone-reimport" / "daylio.csv"
    append(tmp_path, taken(path, UTC).entries)
    again = taken(path, BERLIN)
    found = compare(again.entries, read(tmp_path).records, again.by_clock)
    assert (found.new, found.disagreements, len(found.moved)) == ((), (), len(again.entries))


def test_a_second_sheet_without_a_name(case_said: Path) -> None:
    """The mapping of the first sheet is not for the second."""
    mapping = mapping_from_toml((case_said / "unnamed-csv" / "appA.csv.mapping.toml").read_bytes())
    with pytest.raises(NeedsMappingError) as stopped:
        taken(case_said / "unnamed-csv" / "appB.csv")
    assert not mapping.fits(stopped.value.source, stopped.value.asked.header, "appB.csv")


def test_exports_that_had_no_mapping(case_said: Path) -> None:
    """Pixels and iMoodJournal are read; Loop asks which habit is the mood."""
    assert len(taken(case_said / "no-mapping" / "pixels.json").entries) == 2
    assert len(taken(case_said / "no-mapping" / "imood.csv").entries) == 2
    with pytest.raises(NeedsMappingError):
        taken(case_said / "no-mapping" / "loop_checkmarks.csv")


def test_notes_and_clocks(case_said: Path) -> None:
    """Markup is plain text, and a clock of twelve hours is read at its own offset."""
    (marked,) = (said.entry for said in taken(case_said / "daylio-html" / "daylio.csv").entries)
    (state,) = (said.entry for said in taken(case_said / "apple-12h" / "twelve-hour.json").entries)
    assert isinstance(marked, CheckIn)
    assert isinstance(state, CheckIn)
    assert (marked.note, state.at.isoformat()) == (
        "Evening\nSlow & easy.\nGlad I went",
        "2026-11-14T08:10:19+01:00",
    )
