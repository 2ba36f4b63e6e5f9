"""A journal that has lost entries is not published as silence."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from runmood.core.checkins import CheckIn, NewEntry
from runmood.home.home import open_home
from runmood.journal.store import append
from runmood.warehouse.queries import run_query
from runmood.workflow import steps

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Command


AT = dt.datetime(2026, 5, 4, 21, tzinfo=dt.UTC)


def test_a_lost_journal_is_told_and_brought_back(cli: Command, tmp_path: Path) -> None:
    """The last good copy stays, `verify` counts what is missing, `--restore` brings it back, `--accept` lets it go."""
    home = open_home(tmp_path / "home")
    append(home.journal, [NewEntry(AT, CheckIn(AT, "evening", mood)) for mood in (3.0, 5.0)])
    steps.run_pipeline(home, AT.date())
    assert cli("verify").status == 0
    (home.journal / "journal.jsonl").unlink()
    with pytest.raises(steps.ShrunkenJournalError, match="has lost 2 entries"):
        steps.run_pipeline(home, AT.date())
    assert run_query(home.published, "from check_ins").height == 2
    assert (cli("verify").status, cli("verify", "--restore").status) == (1, 0)
    steps.run_pipeline(home, AT.date())
    assert run_query(home.published, "from check_ins").height == 2
    for path in home.journal.glob("journal*.jsonl"):
        path.unlink()
    assert cli("verify", "--accept").status == 0
    steps.run_pipeline(home, AT.date())
    assert run_query(home.published, "from check_ins").height == 0
