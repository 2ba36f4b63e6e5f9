"""A locked home holds nothing in clear, opens whole with its passphrase, and loses nothing to a kill."""

from __future__ import annotations

import datetime as dt
import fcntl
import io
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from web.web_client import WebClient
from workflow.killed import KilledError, killed_at

from runmood.cli.main import COMMANDS
from runmood.core.catalogue import DEFAULT
from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.errors import UserError
from runmood.core.i18n import translator
from runmood.core.locked import LOCKED, WAITING, is_locked
from runmood.home.home import HomeIsBusyError, open_home
from runmood.home.sealed import new_key, read_header
from runmood.journal.store import append, read
from runmood.warehouse.queries import run_query
from runmood.workflow import lock, steps
from runmood.workflow.lock import KEY, lock_home, open_locked, opened_for_a_night, unlock_home
from runmood.workflow.pooled_effects import FILE
from runmood.workflow.state import state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Command

    from runmood.home.home import Home

AT = dt.datetime(2026, 5, 4, 21, tzinfo=dt.UTC)
NOTE = "nobody else is to read this"
GIVEN = "a calm river"
SAY = translator(DEFAULT, "metric")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with something in every place."""
    home = open_home(tmp_path / "home")
    append(home.journal, [NewEntry(AT, CheckIn(AT, "evening", 5, note=NOTE))])
    for path in (
        home.inbox / "deep" / "Lisbon.gpx", home.points / "a.parquet", home.root / "own.txt", home.page,
        home.work / "journals" / "2026-05-04.jsonl", home.work / "prefect" / "prefect.db", home.work / "nightly.log",
    ):  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{NOTE} {path.name}", encoding="utf-8")
        os.utime(path, ns=(10**18 + 123_456_789, 10**18 + 123_456_789))
    Path(os.fsdecode(os.fsencode(home.inbox) + b"/caf\xe9.fit")).write_bytes(bytes(200_000))
    return home


def unlocked(home: Home, given: str = GIVEN) -> int:
    """How many check-ins were made meanwhile in a home that is unlocked by a passphrase."""
    return unlock_home(home.root, SAY, open_locked(home.root, SAY, given))


def contents(home: Home) -> dict[str, tuple[bytes, int]]:
    """Every file that is to come back, with its time."""
    left_out = ("prefect", "lock", KEY)
    return {
        str(path.relative_to(home.root)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in home.root.rglob("*")
        if path.is_file() and not any(part in left_out for part in path.relative_to(home.root).parts)
    }


def test_a_locked_home_holds_nothing_in_clear(home: Home) -> None:
    """One file is left, in which neither a note nor a name can be read; unlocking brings back every byte and time."""
    before = contents(home)
    done = lock_home(home, GIVEN)
    assert [path.name for path in home.root.iterdir()] == [LOCKED]
    sealed = (home.root / LOCKED).read_bytes()
    assert done.bytes == len(sealed)
    assert [words for words in (NOTE, "Lisbon", "journal", "caf", "time_zone") if words.encode() in sealed] == []
    assert (home.root / LOCKED).stat().st_mode & 0o077 == 0
    assert unlocked(home) == 0
    assert contents(home) == before
    assert not is_locked(home.root)


def test_it_keeps_the_language_and_nothing_else_outside_the_seal(home: Home, cli: Command) -> None:
    """Whoever locked a home in German reads German; a stranger reads that, and how the key is derived."""
    home.settings_file.write_text('language = "de"\nname = "Ana"\ncountry = "PT"\n', encoding="utf-8")
    lock_home(open_home(home.root), GIVEN)
    with (home.root / LOCKED).open("rb") as file:
        header = read_header(file)[0]
    assert header.keys() - new_key(GIVEN).keys() == {"language", "file_key", "chunk_bytes"}
    german = translator("de", "metric")
    assert cli("log").complained.strip().endswith(german("error.locked", home=f"{home.root}"))
    assert german("cli.doctor.locked") in cli("doctor").written
    assert german("cli.lock.kept", what="")[:12] in cli("check-in", "--mood", "5", "--energy", "5").written
    (waiting,) = (home.root / WAITING).iterdir()
    assert b'"language"' not in waiting.read_bytes()


def test_where_open_files_stay_in_their_place_nothing_is_locked(
    home: Home, cli: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: a sentence, and everything is as it was."""
    before = {path: path.stat().st_mtime_ns for path in home.root.rglob("*")}
    monkeypatch.setattr("runmood.cli.lock.KEEPS_OPEN_FILES", True)
    typed = cli("lock")
    assert (typed.status, SAY("cli.lock.not_on_windows") in typed.complained) == (2, True)
    assert {path: path.stat().st_mtime_ns for path in home.root.rglob("*")} == before


@pytest.mark.parametrize("language", ['"../../etc"', '"xx"', "[]", "7", '"' + "d" * 5000 + '"'])
def test_a_forged_language_is_english(home: Home, cli: Command, language: str) -> None:
    """Whoever may write in a locked home can put any first line there."""
    lock_home(home, GIVEN)
    sealed = (home.root / LOCKED).read_bytes()
    (home.root / LOCKED).write_bytes(sealed.replace(b'"language": "en"', b'"language": ' + language.encode()))
    assert SAY("error.locked", home=f"{home.root}") in cli("log").complained


def test_it_is_locked_again_without_a_passphrase(home: Home) -> None:
    """Only opening asks for it; with another one, asked for, the former opens it no more."""
    lock_home(home, GIVEN)
    unlocked(home)
    lock_home(home, None)
    unlocked(home)
    lock_home(home, "another river")
    with pytest.raises(Exception, match="does not open"):
        unlocked(home)
    unlocked(home, "another river")


def test_a_night_after_unlocking_has_nothing_to_do(home: Home) -> None:
    """What a night's work follows from is the same before and after, so nothing is read again."""
    shutil.rmtree(home.points)
    (home.inbox / "deep" / "Lisbon.gpx").unlink()
    steps.run_pipeline(home, AT.date())
    before = state_of(home, AT.date())
    lock_home(home, GIVEN)
    unlocked(home)
    home.make_folders()
    assert state_of(home, AT.date()) == before
    assert run_query(home.published, "from check_ins").height == 1


def test_what_a_cohort_handed_out_is_gone_when_it_is_opened(home: Home) -> None:
    """A home that left its cohort while it was locked could not be told so; a member's next cohort night brings it."""
    (home.root / FILE).write_text("{}", encoding="utf-8")
    lock_home(home, GIVEN)
    with opened_for_a_night(home.root, SAY, open_locked(home.root, SAY, GIVEN)) as opened:
        assert not (opened.root / FILE).exists()
        (opened.root / FILE).write_text("{}", encoding="utf-8")
    unlocked(home)
    assert not (home.root / FILE).exists()
    assert (home.root / "own.txt").exists()


def test_every_command_says_that_it_is_locked_and_writes_nothing(home: Home, cli: Command) -> None:
    """None opens it, none makes a file beside it, and support is found all the same by its words."""
    lock_home(home, GIVEN)
    words = {
        "run": ["last"], "join": ["a", "b"], "split": ["a", "b"], "import": ["/"], "ran": ["2026-05-04"], "use": ["a"],
        "query": ["from days"], "tables": ["/nowhere/x"], "not-a-run": ["a"], "is-a-run": ["a"], "goal": [],
        "forget": ["last"], "journal": ["import", __file__], "plan": ["--habit", "tue"], "backup": ["/nowhere/x.zip"],
    }  # fmt: skip
    for command in COMMANDS:
        if command in words or command in {"log", "summary", "nightly", "schedule", "web", "verify", "rebuild", "share",
                                           "findings", "runs", "settings", "undo", "readiness"}:  # fmt: skip
            typed = cli(command, *words.get(command, []))
            assert (command, typed.status, "unlock" in typed.complained) == (command, 2, True)
    assert cli("doctor").status == 0
    assert cli("nightly", "--scheduled").status == 0  # a timetable's night is left, and is no failure
    assert sorted(path.name for path in home.root.iterdir()) == [LOCKED]


def test_a_check_in_while_locked_is_kept_sealed(home: Home, cli: Command) -> None:
    """It is in the journal after unlocking, and nobody reads it before; what is not new is told so."""
    lock_home(home, GIVEN)
    assert cli("check-in", "--mood", "3", "--energy", "4", "--note", "said at the river").status == 0
    assert cli("check-in", "--mood", "6", "--energy", "6").status == 0
    assert cli("check-in", "--delete", "last").status == 2
    files = [path for path in home.root.rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} == {"home", WAITING}
    assert not any(b"river" in path.read_bytes() for path in files)
    assert unlocked(home) == 2
    notes = [each.entry.note for each in read(home.journal).records if isinstance(each.entry, CheckIn)]
    assert notes == [NOTE, "said at the river", None]
    assert read(home.journal, verify=True).notices == ()
    assert not (home.root / WAITING).exists()


def test_help_is_found_in_a_locked_home(home: Home, cli: Command) -> None:
    """The lines to call are shown on request and after words of distress, whatever is locked."""
    lock_home(home, GIVEN)
    assert cli("support").status == 0
    typed = cli("check-in", "--mood", "0", "--energy", "1", "--note", "I want to die")
    assert (typed.status, SAY("cli.support.nobody_sees") in typed.written) == (0, True)


@pytest.mark.parametrize("harm", [lambda b: b[:-1], lambda b: b[:-70_000], lambda b: b[:99] + b"x" + b[100:]])
def test_a_changed_file_unlocks_nothing(home: Home, harm: Callable[[bytes], bytes]) -> None:
    """Nothing of it is put in place, and the sealed file stays."""
    lock_home(home, GIVEN)
    path = home.root / LOCKED
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(Exception, match=LOCKED):
        unlocked(home)
    assert [each.name for each in home.root.iterdir()] == [LOCKED]


@pytest.mark.parametrize("what", ["lock", "unlock"])
def test_killed_at_any_moment_nothing_is_lost(home: Home, what: str) -> None:
    """Whichever change of the disk is the last one: the home is open and whole, or locked, and then whole again."""
    before = contents(home)
    lock_home(home, GIVEN)
    private = open_locked(home.root, SAY, GIVEN)
    unlock_home(home.root, SAY, private)
    for number in range(0, 60, 2):
        if what == "unlock":
            lock_home(home, None)
        with pytest.MonkeyPatch.context() as patch:
            killed_at(patch, number)
            with suppress(KilledError):
                lock_home(home, None) if what == "lock" else unlock_home(
                    home.root, SAY, open_locked(home.root, SAY, GIVEN)
                )
        if is_locked(home.root):
            lock.delete_clear(home.root) if what == "lock" else None
            unlock_home(home.root, SAY, private)
        (home.root / lock.PART).unlink(missing_ok=True)
        now = contents(home)
        assert now == before


def test_an_open_page_shows_nothing_of_a_home_locked_meanwhile(home: Home) -> None:
    """Every page says that it is locked, a form is not kept in clear, and the lines to call are shown."""
    browser = WebClient(home.root).browser
    assert browser.get("/").status_code == 200
    lock_home(home, GIVEN)
    for path in ("/", "/check-in", "/calendar", "/findings", "/settings", "/summary", "/token"):
        reply = browser.get(path)
        assert (path, reply.status_code, NOTE in reply.text) == (path, 503, False)
    assert browser.post("/check-in", data={"mood": "1"}).status_code == 503
    assert browser.get("/support").status_code == 200
    assert [path.name for path in home.root.iterdir()] == [LOCKED]


@pytest.mark.parametrize("harm", [lambda _: b"", lambda _: b"{}\n", lambda content: content[: len(content) // 2]])
def test_what_lies_in_clear_beside_a_damaged_file_stays(home: Home, harm: Callable[[bytes], bytes]) -> None:
    """Neither locking nor unlocking deletes anything where the sealed file cannot be opened: it is all there is."""
    aside = home.root.with_name("copy")
    shutil.copytree(home.root, aside)
    lock_home(home, GIVEN)
    sealed = harm((home.root / LOCKED).read_bytes())
    shutil.copytree(aside, home.root, dirs_exist_ok=True)
    (home.root / LOCKED).write_bytes(sealed)
    before = contents(home)
    with pytest.raises(UserError):
        unlocked(home)
    assert contents(home) == before
    if not sealed.startswith(b'{"format"'):
        with pytest.raises(UserError):
            lock.lock_again(home.root)
        assert contents(home) == before


def test_a_file_of_ones_own_where_nothing_is_sealed_is_named(home: Home) -> None:
    """What lay in `waiting` stayed in clear beside a locked home, and nobody said so."""
    (home.root / WAITING).mkdir()
    (home.root / WAITING / "diary.txt").write_text(NOTE, encoding="utf-8")
    with pytest.raises(UserError, match=r"diary\.txt"):
        lock_home(home, GIVEN)
    assert not is_locked(home.root)


def test_who_is_writing_is_not_interrupted(home: Home) -> None:
    """A home in which somebody writes is not locked; it is told who."""
    reader = os.open(home.work / "lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(reader, fcntl.LOCK_EX)
    with pytest.raises(HomeIsBusyError):
        lock_home(home, GIVEN)
    os.close(reader)
    assert not is_locked(home.root)


def test_by_the_commands(home: Home, cli: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """`lock` asks once and says what a loss means, `unlock` asks each time; a short or a wrong passphrase is told."""
    before = contents(home)
    for given, status in (("short\n", 2), (f"{GIVEN}\n", 0)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        assert cli("lock").status == status
    assert cli("lock").written.strip() == SAY("cli.lock.again")
    for given, status in (("a wrong one\n", 2), (f"{GIVEN}\n", 0), (f"{GIVEN}\n", 2)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        assert cli("unlock").status == status
    assert contents(home) == before
    assert cli("lock").status == 0
