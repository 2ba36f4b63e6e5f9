"""A file that only the person can explain, explained question by question; and imports told before and taken back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from runmood.core.checkins import CheckIn
from runmood.core.i18n import translator
from runmood.home.home import Home, open_home
from runmood.journal.resolve import effective_entries
from runmood.journal.store import read

if TYPE_CHECKING:
    from pathlib import Path

SAY = translator("en", "metric")
Command = Callable[..., Any]
DAYLIO = "full_date,date,weekday,time,mood,activities,note_title,note\n"
LINES = "".join(f"2026-02-{day:02},x,x,18:43,{word},,,\n" for day, word in ((8, "good"), (9, "bad"), (10, "rad")))


class Typing(io.StringIO):
    """Answers that somebody types, a line each."""

    def isatty(self) -> bool:
        """Whether somebody sits there."""
        return True


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The home in which commands are typed."""
    made = open_home(tmp_path / "home")
    made.settings_file.write_text('time_zone = "Europe/Berlin"\n', encoding="utf-8")
    return made


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Types answers at the terminal."""

    def answer(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", Typing("".join(f"{line}\n" for line in lines)))

    return answer


def written(path: Path, text: str) -> str:
    """A file with that text, by its name."""
    path.write_text(text, encoding="utf-8")
    return str(path)


def moods(home: Home) -> list[tuple[str, float]]:
    """The days and moods that count."""
    stands = effective_entries(read(home.journal).records)
    return [(f"{each.entry.at:%m-%d %H}", each.entry.mood) for each in stands if isinstance(each.entry, CheckIn)]


SHEET = "Tag;Wie gut;Worte\n08/02/2026;4;x\n09/02/2026;so-so;y\n10/02/2026;1;z\n"


def test_a_sheet_is_explained_by_answers(cli: Command, home: Home, tmp_path: Path, typed: Callable[..., None]) -> None:
    """Columns, order of the date, scale and words are asked one by one; an answer that cannot be is asked again.

    What was answered serves the next export of the app without a question.
    """
    sheet = written(tmp_path / "mine.csv", SHEET)
    typed("a", "nothing", "b", "", "e", "my app", "a", "1", "5", "5", "3", "")
    told = cli("journal", "import", sheet)
    assert (told.status, moods(home)) == (0, [("02-08 21", 7.5), ("02-09 21", 3.0), ("02-10 21", 0.0)])
    assert '"nothing" is no column' in told.written
    typed()
    longer = cli("journal", "import", written(tmp_path / "mine (1).csv", SHEET + "13/02/2026;5;\n"))
    assert (longer.status, moods(home)[-1]) == (0, ("02-13 21", 10.0))


FEELINGS = "Date,Mood,Tags (people),Notes\n" + "".join(
    f"2026 Sat Feb 7 {hour}:10 AM,{words},,\n"
    for hour, words in ((6, "Rare"), (7, "Calm"), (8, "Calm;Glad"), (9, "Glad;Rare"), (10, "Calm"), (11, "Glad"))
)


def test_words_are_asked_the_most_frequent_first_until_one_stops(
    cli: Command, home: Home, tmp_path: Path, typed: Callable[..., None]
) -> None:
    """What is decided is taken; a row with an undecided word waits, whatever else it holds, and is asked for again.

    So no row is taken with half of its words, to say something else once the others are decided.
    """
    sheet = written(tmp_path / "HowWeFeel.csv", FEELINGS)
    typed("8", "6", "", "y")
    told = cli("journal", "import", sheet)
    taken = {"02-07 07": 8.0, "02-07 08": 7.0, "02-07 10": 8.0, "02-07 11": 6.0}
    assert (told.status, dict(moods(home))) == (0, taken)
    assert SAY("cli.mapping.words_later", count=1) in told.written
    asked = [told.written.index(SAY("cli.mapping.worth", word=word)) for word in ("Calm", "Glad", "Rare")]
    assert asked == sorted(asked)
    typed("2", "y")
    again = cli("journal", "import", sheet)
    assert SAY("cli.mapping.worth", word="Calm") not in again.written
    assert (again.status, dict(moods(home))) == (0, taken | {"02-07 06": 2.0, "02-07 09": 4.0})


def test_who_says_no_has_imported_nothing(cli: Command, home: Home, tmp_path: Path, typed: Callable[..., None]) -> None:
    """The answers lie beside the file, and the journal is as it was."""
    sheet = written(tmp_path / "daylio.csv", DAYLIO + "2026-02-08,x,x,18:43,zen,,,\n")
    typed("11", "9", "n")
    told = cli("journal", "import", sheet)
    assert (told.status, moods(home)) == (0, [])
    assert "is not from 0 to 10" in told.written
    assert '"zen" = 9.0' in (tmp_path / "daylio.csv.mapping.toml").read_text(encoding="utf-8")


def test_a_silent_utc_is_asked_about(cli: Command, home: Home, tmp_path: Path, typed: Callable[..., None]) -> None:
    """A container's zone is no place to live: a file of clocks asks where that is, once, before it is read by it."""
    home.settings_file.write_text('time_zone = "Etc/UTC"\n', encoding="utf-8")
    export = written(tmp_path / "d.csv", DAYLIO + LINES)
    typed("Atlantis", "Europe/Oslo")
    told = cli("journal", "import", export)
    assert (told.status, 'I don\'t know a time zone "Atlantis"' in told.written) == (0, True)
    said = [each.entry.at for each in read(home.journal).records if isinstance(each.entry, CheckIn)]
    assert {f"{at:%H:%M%z}" for at in said} == {"18:43+0100"}
    typed()
    assert "0 of them new" in cli("journal", "import", export).written


def test_a_preview_changes_nothing(cli: Command, home: Home, tmp_path: Path) -> None:
    """How many, from when to when, what words are worth and some entries in words, before anything is taken."""
    told = cli("journal", "import", written(tmp_path / "d.csv", DAYLIO + LINES), "--dry-run")
    assert (told.status, moods(home), (home.journal / "imports.jsonl").exists()) == (0, [], False)
    assert "daylio: 3 check-ins from 8 February 2026 to 10 February 2026, 3 of them new." in told.written
    assert ("good 7.5" in told.written, "mood=good: " in told.written) == (True, True)


def test_an_import_of_moods_is_undone_and_done_again(cli: Command, home: Home, tmp_path: Path) -> None:
    """Undone, nothing of it counts; the same file again brings all back, even where the zone was corrected between."""
    export = written(tmp_path / "d.csv", DAYLIO + LINES)
    batch = re.search(r"runmood undo (\S+)", cli("journal", "import", export).written)
    assert batch
    assert (len(moods(home)), "3 check-ins" in cli("undo").written) == (3, True)
    assert cli("undo", batch[1]).status == 0
    assert (moods(home), "0 check-ins" in cli("undo").written, cli("undo", batch[1]).status) == ([], True, 2)
    again = cli("journal", "import", export)
    assert ("3 of them new" in again.written, len(moods(home))) == (True, 3)
    second = re.search(r"runmood undo (\S+)", again.written)
    assert second
    cli("undo", second[1])
    home.settings_file.write_text('time_zone = "America/New_York"\n', encoding="utf-8")
    assert ("3 of them new" in cli("journal", "import", export).written, len(moods(home))) == (True, 3)


def test_what_was_taken_back_by_hand_stays_so_after_an_undo(cli: Command, home: Home, tmp_path: Path) -> None:
    """An undo and a new import bring back what the undo took, and nothing that the person took back."""
    export = written(tmp_path / "d.csv", DAYLIO + LINES)
    batch = re.search(r"runmood undo (\S+)", cli("journal", "import", export).written)
    assert batch
    cli("check-in", "--delete", read(home.journal).records[0].id)
    cli("undo", batch[1])
    cli("journal", "import", export)
    assert [mood for _, mood in moods(home)] == [2.5, 10.0]


@pytest.mark.usefixtures("home")
def test_an_import_of_plans_is_undone(cli: Command, tmp_path: Path) -> None:
    """A calendar that was imported by mistake plans nothing any more; it can be imported again."""
    sheet = written(tmp_path / "plan.csv", f"date,planned\n{_in_days(5)},run\n{_in_days(6)},rest\n")
    batch = re.search(r"runmood undo (\S+)", cli("plan", sheet).written)
    assert batch
    assert "2 planned days" in cli("undo").written
    cli("undo", batch[1])
    assert "No plan for the next two weeks" in cli("plan").written
    assert "2 planned" in cli("plan", sheet).written


def _in_days(count: int) -> str:
    import datetime as dt  # noqa: PLC0415

    return str(dt.datetime.now(dt.UTC).date() + dt.timedelta(days=count))
