"""What was kept elsewhere, imported once and again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from runmood.core.checkins import CheckIn
from runmood.home.edit_settings import change
from runmood.home.home import Home, open_home
from runmood.journal.resolve import effective_entries
from runmood.journal.store import read

if TYPE_CHECKING:
    from pathlib import Path

Command = Callable[..., Any]
LATER_YEAR = dt.datetime.now(dt.UTC).year + 2
DAYLIO = "full_date,date,weekday,time,mood,activities,note_title,note\n"
ONE, OTHER = "2026-02-08,8 Feb,Sunday,18:43,{},,,\n", "2026-02-09,9 Feb,Monday,18:43,{},,,\n"
SHEET = "When,How\n2026-02-08 18:43,4\n"
MAPPING = """
source = "my app"
[columns]
date = "When"
mood = "How"
[scales.mood]
low = 0
high = 5
best = "high"
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The home in which commands are typed."""
    return open_home(tmp_path / "home")


def written(path: Path, text: str) -> str:
    """A file with that text, by its name."""
    path.write_text(text, encoding="utf-8")
    return str(path)


def moods(home: Home) -> list[float]:
    """The moods that count."""
    stands = effective_entries(read(home.journal).records)
    return [each.entry.mood for each in stands if isinstance(each.entry, CheckIn)]


def test_a_word_nobody_knows_is_asked_for_once(cli: Command, home: Home, tmp_path: Path) -> None:
    """An unknown word stops the import with a mapping to fill in; answered once, it serves every later export.

    A word that comes later is asked for alone, beside what was answered before.
    """
    export = written(tmp_path / "daylio.csv", DAYLIO + ONE.format("splendid"))
    stopped = cli("journal", "import", export)
    assert (stopped.status, 'say what each is worth: "splendid"' in stopped.complained, moods(home)) == (2, True, [])
    draft = tmp_path / "daylio.csv.mapping.toml"
    filled = written(tmp_path / "filled.toml", draft.read_text(encoding="utf-8").replace('"?"', "9"))
    assert cli("journal", "import", export, "--mapping", filled).written.startswith("daylio: 1 check-in read, 1 of")
    longer = written(tmp_path / "longer.csv", DAYLIO + ONE.format("splendid") + OTHER.format("good"))
    assert "Read with your earlier mapping for daylio" in cli("journal", "import", longer).written
    assert moods(home) == [9.0, 7.5]
    stranger = cli("journal", "import", written(tmp_path / "new.csv", DAYLIO + OTHER.format("zen")))
    assert '"zen"' in stranger.complained
    assert '"splendid" = 9.0' in (tmp_path / "new.csv.mapping.toml").read_text(encoding="utf-8")


def test_a_sheet_without_rows_asks_for_nothing(cli: Command, home: Home, tmp_path: Path) -> None:
    """There is nothing to say of it: no mapping is drafted."""
    told = cli("journal", "import", written(tmp_path / "other.csv", "when,how\n"))
    assert (told.status, [path.name for path in tmp_path.glob("other*")]) == (2, ["other.csv"])
    assert home.say("error.moods.no_rows") in told.complained


def test_a_dry_run_drafts_nothing(cli: Command, home: Home, tmp_path: Path) -> None:
    """What only the person can say is named, and how to say it; no file is written beside theirs."""
    export = written(tmp_path / "daylio.csv", DAYLIO + ONE.format("splendid"))
    told = cli("journal", "import", export, "--dry-run")
    assert (told.status, [path.name for path in tmp_path.glob("daylio*")]) == (2, ["daylio.csv"])
    assert home.say("cli.journal.would_draft", command=f"runmood journal import {export}") in told.complained


def test_days_to_come_are_refused(cli: Command, home: Home, tmp_path: Path) -> None:
    """A file that speaks of the future is not taken: day and month may stand in the other order."""
    export = written(
        tmp_path / "daylio.csv", DAYLIO + ONE.format("good") + OTHER.format("good").replace("2026", f"{LATER_YEAR}")
    )
    stopped = cli("journal", "import", export)
    assert (stopped.status, moods(home)) == (2, [])
    assert f"1 of 2 check-ins are in the future, the first on 9 February {LATER_YEAR}" in stopped.complained


def test_any_sheet_by_what_was_said_once(cli: Command, home: Home, tmp_path: Path) -> None:
    """A sheet that no table explains is known again by its columns, and another is not taken for it."""
    assert cli("journal", "import", written(tmp_path / "a.csv", SHEET)).status == 2
    page = written(tmp_path / "m.toml", MAPPING)
    assert cli("journal", "import", str(tmp_path / "a.csv"), "--mapping", page).status == 0
    assert (home.journal / "mappings" / "my app.toml").exists()
    again = cli("journal", "import", written(tmp_path / "b.csv", SHEET + "2026-02-10 09:00,5\n"))
    assert again.written.startswith("my app: 2 check-ins read, 1 of them new.")
    assert cli("journal", "import", written(tmp_path / "c.csv", "Day,Feeling\n2026-02-08,4\n")).status == 2
    assert moods(home) == [8.0, 10.0]


def test_a_mapping_for_a_known_app_stays_in_use(cli: Command, home: Home, tmp_path: Path) -> None:
    """Who fills in intervals.icu at night says so once: a later import does not double the days as mornings."""
    sheet = written(tmp_path / "wellness.csv", "date,restingHR,fatigue,mood,motivation\n2026-02-08,48,2,1,2\n")
    page = written(tmp_path / "m.toml", 'kind = "evening"')
    cli("journal", "import", sheet, "--mapping", page)
    assert cli("journal", "import", sheet).written.startswith("intervals.icu: 1 check-in read, 0 of them new.")
    assert len(moods(home)) == 1


def test_a_disagreement_is_shown_and_the_person_decides(cli: Command, home: Home, tmp_path: Path) -> None:
    """Another answer of the same moment is shown with exit status 1; the file's word is taken only when asked for."""
    cli("journal", "import", written(tmp_path / "a.csv", DAYLIO + ONE.format("good")))
    changed = written(tmp_path / "b.csv", DAYLIO + ONE.format("bad"))
    shown = cli("journal", "import", changed)
    assert (shown.status, moods(home)) == (1, [7.5])
    assert "mood 7.5 here, 2.5 in the file." in shown.written
    assert "To use the file's: --take-theirs" in shown.written
    taken = cli("journal", "import", changed, "--take-theirs")
    assert (taken.status, moods(home)) == (0, [2.5])
    assert "1 changed to what the file says" in taken.written
    assert cli("journal", "import", changed).written == "daylio: 1 check-in read, 0 of them new.\n"


def test_what_was_taken_back_stays_so(cli: Command, home: Home, tmp_path: Path) -> None:
    """The same export again brings back nothing that was changed or taken back."""
    export = written(tmp_path / "a.csv", DAYLIO + ONE.format("good") + OTHER.format("rad"))
    cli("journal", "import", export)
    first, second = (record.id for record in read(home.journal).records)
    cli("check-in", "--delete", second)
    cli("check-in", "--edit", first, "--mood", "3")
    assert cli("journal", "import", export).written.startswith("daylio: 2 check-ins read, 0 of them new.")
    assert moods(home) == [3.0]


def test_a_zone_set_later_doubles_nothing(cli: Command, home: Home, tmp_path: Path) -> None:
    """A container's UTC is told of; once the zone is set, the same file adds nothing, and moves only when asked to."""
    export = written(tmp_path / "a.csv", DAYLIO + ONE.format("good") + OTHER.format("rad"))
    home.settings_file.write_text('time_zone = "Etc/UTC"\n', encoding="utf-8")
    assert "yours is set to Etc/UTC" in cli("journal", "import", export).written
    home.settings_file.write_text('time_zone = "Europe/Berlin"\n', encoding="utf-8")
    again = cli("journal", "import", export)
    assert (again.status, "2 check-ins read, 0 of them new" in again.written, len(moods(home))) == (0, True, 2)
    assert cli("journal", "import", export, "--take-theirs").status == 0
    stands = effective_entries(read(home.journal).records)
    assert [f"{each.entry.at:%H:%M%z}" for each in stands if isinstance(each.entry, CheckIn)] == ["18:43+0100"] * 2
    assert cli("journal", "import", export).written == "daylio: 2 check-ins read, 0 of them new.\n"


def test_a_row_that_cannot_be_read_lies_beside_the_file(cli: Command, home: Home, tmp_path: Path) -> None:
    """The rest of the file is taken; the row stands beside it with the reason, in the language of the home."""
    good = "".join(OTHER.format("good").replace("18:43", f"18:{minute}") for minute in range(10, 20))
    export = written(tmp_path / "a.csv", DAYLIO + good + ONE.format("good").replace("18:43", "28:43"))
    told = cli("journal", "import", export)
    assert (told.status, len(moods(home)), "a.csv.set-aside.csv" in told.written) == (1, 10, True)
    assert "Line 12,'28:43' is not a time of day" in (tmp_path / "a.csv.set-aside.csv").read_text(encoding="utf-8")
    change(home.settings_file, "language", "de")
    assert "Zeile" in cli("journal", "import", export).written
    assert "Zeile 12,'28:43' ist keine Uhrzeit" in (tmp_path / "a.csv.set-aside.csv").read_text(encoding="utf-8")


def test_another_sheet_of_the_same_columns_is_asked_about(cli: Command, home: Home, tmp_path: Path) -> None:
    """A second app's sheet with date and mood is not read by the scale of the first."""
    mapping = 'source = "csv"\nkind = "evening"\n[columns]\ndate = "date"\nmood = "mood"\n'
    page = written(tmp_path / "m.toml", mapping + '[scales.mood]\nlow = 1\nhigh = 10\nbest = "high"\n')
    first = written(tmp_path / "appA.csv", "date,mood\n2026-01-05,8\n2026-01-06,3\n")
    assert cli("journal", "import", first, "--mapping", page).status == 0
    stranger = cli("journal", "import", written(tmp_path / "appB.csv", "date,mood\n2026-02-05,4\n2026-02-06,1\n"))
    assert (stranger.status, len(moods(home))) == (2, 2)
    longer = written(tmp_path / "appA (1).csv", "date,mood\n2026-01-05,8\n2026-01-07,10\n")
    assert (cli("journal", "import", longer).status, moods(home)) == (0, [7.78, 2.22, 10.0])
