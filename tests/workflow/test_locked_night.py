"""A locked home has its nights where its key is in the keyring, and is locked for everybody else all the time."""

from __future__ import annotations

import datetime as dt
import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING

import pytest
from workflow.killed import KilledError, killed_at

from runmood.cli.nightly import _ended_by_signals
from runmood.core.catalogue import DEFAULT
from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.i18n import translator
from runmood.core.locked import LOCKED, WAITING, is_locked
from runmood.home import key_store
from runmood.home.home import HomeIsBusyError, open_home
from runmood.home.sealed import SealedWriter
from runmood.journal.store import append, read
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.queries import run_query
from runmood.workflow import guard, lock, night
from runmood.workflow.doctor import examine
from runmood.workflow.lock import is_night_due, lock_again, lock_home, open_locked, opened_for_a_night, unlock_home
from runmood.workflow.nightly_run import KEPT
from runmood.workflow.waiting import key_of, seal_entries

keyring = pytest.importorskip("keyring", reason="the extra for the keyring is not installed")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Command

    from runmood.home.home import Home

GIVEN = "a calm river"
SAY = translator(DEFAULT, "metric")
NOW = dt.datetime(2025, 11, 21, 21, tzinfo=dt.UTC)


class OfTheSystem(keyring.backend.KeyringBackend):  # type: ignore[misc]  # the extra need not be there
    """A keyring as a system has one, in this process alone."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """What is kept."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Keep it no more."""
        del self.kept[service, username]


class OfAFile(OfTheSystem):
    """A keyring that writes a file in clear, as a library of other keyrings has one."""

    priority = 0.5  # type: ignore[assignment]


@pytest.fixture
def ring() -> Iterator[OfTheSystem]:
    """The keyring of this system."""
    before, ours = keyring.get_keyring(), OfTheSystem()
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(before)


@pytest.fixture
def home(tmp_path: Path, cli: Command) -> Home:
    """A home with a check-in, and a run that no night has read."""
    home = open_home(tmp_path / "home")
    assert cli("check-in", "--mood", "5", "--energy", "5", "--note", "before").status == 0
    (home.inbox / "run.fit").write_bytes(a_run())
    return home


def a_run() -> bytes:
    """A file of a watch."""
    return recorded_as(simulate(NOW.date(), days=10).outings[0], "fit")


def locked_with_its_key(cli: Command, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The status of locking with the key in the keyring, the passphrase typed once."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{GIVEN}\n"))
    return cli("lock", "--keyring", *words).status


def names(home: Home) -> set[str]:
    """What lies in a home's folder."""
    return {path.name for path in home.root.iterdir()}


def unlocked(home: Home) -> int:
    """How many check-ins were made meanwhile in a home that is unlocked by its passphrase."""
    return unlock_home(home.root, SAY, open_locked(home.root, SAY, GIVEN))


@pytest.mark.usefixtures("ring")
def test_a_night_opens_a_locked_home_by_the_keyring_and_locks_it_again(
    home: Home, cli: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads what is new, a check-in made meanwhile included, tells nothing of it, and leaves nothing in clear."""
    assert locked_with_its_key(cli, monkeypatch) == 0
    assert cli("check-in", "--mood", "6", "--energy", "6", "--note", "meanwhile").status == 0
    typed = cli("nightly", "--scheduled")
    assert (typed.status, typed.written.strip()) == (0, SAY("cli.nightly.locked_again"))
    assert names(home) == {LOCKED, WAITING}
    assert list((home.root / WAITING).iterdir()) == []
    assert unlocked(home) == 0
    notes = run_query(home.published, "select note from check_ins")["note"].to_list()
    assert sorted(notes) == ["before", "meanwhile"]
    assert run_query(home.published, "from source_files").height == 1
    assert (home.work / KEPT).exists()
    assert not (home.work / "prefect").exists()


@pytest.mark.usefixtures("ring")
def test_a_timetable_that_calls_again_opens_nothing(home: Home, cli: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a night is due stands first in the sealed file: the home stays as it is, and nothing is said."""
    assert locked_with_its_key(cli, monkeypatch) == 0
    assert cli("nightly", "--scheduled").written.strip() == SAY("cli.nightly.locked_again")
    sealed = (home.root / LOCKED).read_bytes()
    typed = cli("nightly", "--scheduled")
    assert (typed.status, typed.written, typed.complained) == (0, "", "")
    assert (home.root / LOCKED).read_bytes() == sealed
    private, now = open_locked(home.root, SAY, GIVEN), dt.datetime.now(dt.UTC)
    due = [is_night_due(home.root, SAY, private, now + dt.timedelta(days=days)) for days in (-2, 0, 2)]
    assert due == [True, False, True]
    assert cli("nightly").written.strip() == SAY("cli.nightly.locked_again")  # whoever asks for it has it


def test_the_keyring_holds_a_key_and_no_passphrase(
    home: Home, ring: OfTheSystem, cli: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is taken out on request, and goes with the passphrase that it belongs to."""
    assert locked_with_its_key(cli, monkeypatch) == 0
    assert [GIVEN in kept for kept in ring.kept.values()] == [False]
    assert cli("lock", "--no-keyring").status == 0
    assert (ring.kept, cli("nightly", "--scheduled").written.strip()) == ({}, SAY("cli.nightly.locked"))
    assert cli("nightly").status == 2
    assert locked_with_its_key(cli, monkeypatch) == 0  # of a home that is locked already
    assert len(ring.kept) == 1
    unlocked(home)
    monkeypatch.setattr(sys, "stdin", io.StringIO("another river\n"))
    assert cli("lock", "--new-passphrase").status == 0
    assert ring.kept == {}


@pytest.mark.usefixtures("ring")
def test_a_night_of_which_a_step_fails_says_so(home: Home, cli: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The home is locked again all the same, and the exit status and the sentence tell that something was not done."""
    assert locked_with_its_key(cli, monkeypatch) == 0

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(night.steps, "publish_copy", full)
        typed = cli("nightly", "--scheduled")
    assert (typed.status, typed.written.strip()) == (2, SAY("cli.nightly.locked_failed"))
    assert names(home) <= {LOCKED, WAITING}


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize("why", ["no_keyring_extra", "no_keyring", "of a file"])
def test_without_a_keyring_of_the_system_nothing_is_locked(
    home: Home, cli: Command, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    """The sentence says what is missing; a keyring that writes files is none."""
    if why == "no_keyring_extra":
        monkeypatch.setattr(key_store, "find_spec", lambda _name: None)
    else:
        keyring.set_keyring(OfAFile() if why == "of a file" else keyring.backends.fail.Keyring())
    assert locked_with_its_key(cli, monkeypatch) == 2
    assert not is_locked(home.root)
    assert cli("lock").status == 0  # without it, as ever


@pytest.mark.usefixtures("ring")
def test_a_keyring_that_refuses_is_told(home: Home, cli: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The home is locked, and the sentence says that the key is kept nowhere else."""

    def refuse(*_: object) -> None:
        raise keyring.errors.KeyringLocked("dismissed")

    monkeypatch.setattr(OfTheSystem, "set_password", refuse)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{GIVEN}\n"))
    typed = cli("lock", "--keyring")
    assert (typed.status, "dismissed" in typed.complained, is_locked(home.root)) == (2, True, True)
    monkeypatch.setattr(OfTheSystem, "get_password", refuse)
    assert cli("nightly", "--scheduled").written.strip() == SAY("cli.nightly.locked")


def elsewhere(home: Home, *words: str, given: str = "") -> tuple[int, str]:
    """The status of a command in a process of its own, and what it says."""
    command = [sys.executable, "-P", "-m", "runmood.cli.main", "--home", str(home.root), *words]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_during_the_night_it_is_locked_for_everybody_else(home: Home) -> None:
    """Nobody opens, unlocks or locks it, who asks is told so, and a check-in is kept and not lost."""
    lock_home(home, GIVEN)
    with opened_for_a_night(home.root, SAY, open_locked(home.root, SAY, GIVEN)):
        assert SAY("error.locked_at_night") in elsewhere(home, "log")[1]
        assert elsewhere(home, "unlock", given=f"{GIVEN}\n")[0] == 2
        with pytest.raises(HomeIsBusyError):
            lock_again(home.root)
        assert SAY("cli.doctor.at_night") in [each.sentence for each in examine(home.root, NOW)]
        assert elsewhere(home, "check-in", "--mood", "4", "--energy", "4")[0] == 0
        assert is_locked(home.root)
    assert names(home) == {LOCKED, WAITING}
    assert unlocked(home) == 1
    assert len(read(home.journal).records) == 2


NIGHT = """
import sys, time
from pathlib import Path
from runmood.core.i18n import translator
from runmood.workflow.lock import open_locked, opened_for_a_night
from runmood.cli.nightly import _ended_by_signals
root, say = Path(sys.argv[1]), translator("en", "metric")
with _ended_by_signals(), opened_for_a_night(root, say, open_locked(root, say, sys.argv[2])) as home:
    (home.work / "made").write_text("by the night")
    print("open", flush=True)
    time.sleep(60)
"""


def a_night(home: Home) -> subprocess.Popen[str]:
    """A process that is amid a night of a locked home, in a group of its own."""
    command = [sys.executable, "-P", "-c", NIGHT, str(home.root), GIVEN]
    night = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert night.stdout is not None
    assert night.stdout.readline() == "open\n"
    return night


def until_nothing_is_in_clear(home: Home) -> None:
    """Wait for whoever locks a home again."""
    until = time.monotonic() + 60
    while names(home) - {LOCKED, WAITING} and time.monotonic() < until:
        time.sleep(0.05)
    assert names(home) <= {LOCKED, WAITING}


def test_a_night_killed_with_its_whole_group_leaves_nothing_in_clear(home: Home) -> None:
    """What was locked is locked as before, and what the person said and gave is all there."""
    before = (home.inbox / "run.fit").read_bytes()
    lock_home(home, GIVEN)
    night = a_night(home)
    seal_entries(home.root, [NewEntry(NOW, CheckIn(NOW, "evening", 4))])
    os.killpg(night.pid, signal.SIGKILL)
    until_nothing_is_in_clear(home)
    night.communicate()
    assert unlocked(home) == 1
    assert (home.inbox / "run.fit").read_bytes() == before
    assert len(read(home.journal).records) == 2
    assert [path.name for path in home.inbox.iterdir()] == ["run.fit"]
    assert not (home.root / WAITING).exists()


def test_a_night_goes_on_where_a_system_lacks_a_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows knows no SIGHUP, and has a keyring, and so locked homes that have their nights."""
    monkeypatch.delattr(signal, "SIGHUP")
    monkeypatch.setattr(signal, "Signals", [signal.SIGTERM])
    before = signal.getsignal(signal.SIGTERM)
    with _ended_by_signals():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_night_that_is_asked_to_end_locks_first(home: Home) -> None:
    """As a timetable asks before it kills: what the night has done until then is kept."""
    lock_home(home, GIVEN)
    night = a_night(home)
    night.terminate()
    night.communicate()
    assert names(home) <= {LOCKED, WAITING}
    unlocked(home)
    assert (home.work / "made").exists()


def test_when_the_power_fails_the_next_command_says_so(
    home: Home, cli: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nobody left to lock it again, every command and the doctor tell of it, and `lock` mends it."""
    lock_home(home, GIVEN)
    private = open_locked(home.root, SAY, GIVEN)
    with monkeypatch.context() as patch, suppress(KilledError):
        patch.setattr(lock, "guarded", lambda _root: nullcontext())
        with opened_for_a_night(home.root, SAY, private):
            killed_at(patch, 0)
    assert "settings.toml" in names(home)
    assert SAY("error.locked_in_clear", home=f"{home.root}") in cli("log").complained
    assert cli("doctor").status == 1
    assert cli("lock").written.strip() == SAY("cli.lock.again")
    assert names(home) <= {LOCKED, WAITING}
    unlocked(home)
    assert len(read(home.journal).records) == 1
    assert [path.name for path in home.inbox.iterdir()] == ["run.fit"]


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt])
def test_a_night_that_fails_is_locked_all_the_same(home: Home, fault: type[BaseException]) -> None:
    """With what it did and wrote in the log."""
    lock_home(home, GIVEN)
    private = open_locked(home.root, SAY, GIVEN)
    with suppress(fault), opened_for_a_night(home.root, SAY, private) as opened:
        (opened.work / "nightly.log").write_text("why", encoding="utf-8")
        raise fault
    assert names(home) <= {LOCKED, WAITING}
    unlocked(home)
    assert (home.work / "nightly.log").read_text(encoding="utf-8") == "why"


def test_a_full_disk_leaves_it_locked_as_it_was(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is in clear, and what the night brought from the person waits."""
    lock_home(home, GIVEN)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    private = open_locked(home.root, SAY, GIVEN)
    with monkeypatch.context() as patch:
        patch.setattr(lock, "seal", full)
        with pytest.raises(OSError, match="No space"), opened_for_a_night(home.root, SAY, private) as opened:
            (opened.inbox / "brought.fit").write_bytes(b"from a watched folder")
    assert names(home) == {LOCKED, WAITING}
    unlocked(home)
    assert (home.inbox / "brought.fit").read_bytes() == b"from a watched folder"


def test_what_comes_into_a_locked_home_is_sealed_and_not_lost(home: Home, cli: Command) -> None:
    """A sync program brings a run, another content of a name that is there, and a copy of the journal."""
    lock_home(home, GIVEN)
    other = open_home(home.root.parent / "other")
    said = NewEntry(NOW, CheckIn(NOW, "evening", 3, note="on the phone"))
    append(other.journal, [said])
    for name, content in {
        "inbox/run.fit": b"another run of that name", "inbox/deep/new.gpx": b"<gpx/>",
        "journal/journal.sync-conflict.jsonl": (other.journal / "journal.jsonl").read_bytes(),
    }.items():  # fmt: skip
        (home.root / name).parent.mkdir(parents=True, exist_ok=True)
        (home.root / name).write_bytes(content)
    assert cli("lock").status == 0
    assert names(home) == {LOCKED, WAITING}
    assert not any(b"phone" in path.read_bytes() or b"gpx" in path.read_bytes() for path in waiting(home))
    unlocked(home)
    assert (home.inbox / "run.fit").read_bytes() == a_run()
    assert (home.inbox / "run-2.fit").read_bytes() == b"another run of that name"
    assert (home.inbox / "deep" / "new.gpx").read_bytes() == b"<gpx/>"
    notes = [each.entry.note for each in read(home.journal).records if isinstance(each.entry, CheckIn)]
    assert notes == ["before", "on the phone"]
    assert names(home) & {WAITING} == set()


def waiting(home: Home) -> list[Path]:
    """The files that wait beside a locked home."""
    return list((home.root / WAITING).iterdir())


def test_what_the_key_does_not_open_keeps_nobody_out(home: Home, cli: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody else put among those that wait stays there, and is told; a forged name leads nowhere."""
    lock_home(home, GIVEN)
    assert cli("check-in", "--mood", "4", "--energy", "4").status == 0
    (home.root / WAITING / "1.sealed").write_bytes(b"no such thing")
    about = json.dumps({"name": "../outside", "modified_ns": 0}).encode()
    with (home.root / WAITING / "2.file").open("wb") as file, SealedWriter(file, key_of(home.root)) as sealed:
        sealed.write(about + b"\nforged")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{GIVEN}\n"))
    typed = cli("unlock")
    assert (typed.status, SAY("cli.lock.not_opened", folder=f"{home.root / WAITING}") in typed.written) == (0, True)
    assert len(read(home.journal).records) == 2
    assert sorted(path.name for path in waiting(home)) == ["1.sealed", "2.file"]
    assert not (home.root.parent / "outside").exists()


@pytest.mark.parametrize(
    "about",
    [
        {"name": "", "modified_ns": 0}, {"name": "inbox/\0", "modified_ns": 0}, {"name": "inbox", "modified_ns": 0},
        {"name": "inbox/\ud800", "modified_ns": 0}, {"name": "inbox/run.gpx", "modified_ns": 10**30},
    ],
)  # fmt: skip
def test_a_forged_name_or_time_keeps_nobody_out(home: Home, about: dict[str, object]) -> None:
    """Whoever may write in a locked home can put a file there that the key opens; it stays where it is."""
    lock_home(home, GIVEN)
    (home.root / WAITING).mkdir()
    with (home.root / WAITING / "1.file").open("wb") as file, SealedWriter(file, key_of(home.root)) as sealed:
        sealed.write(json.dumps(about).encode() + b"\nforged")
    unlocked(home)
    assert [path.name for path in waiting(home)] == ["1.file"]


def test_a_file_that_finds_no_room_waits_on(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be put into the inbox is not deleted: it comes with the next opening."""
    lock_home(home, GIVEN)
    home.inbox.mkdir(parents=True)
    (home.inbox / "new.gpx").write_bytes(b"<gpx/>")
    lock_again(home.root)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("runmood.ingest.inbox._Copying.copied", full)
        unlocked(home)
    assert len(waiting(home)) == 1
    lock_home(home, None)
    unlocked(home)
    assert (home.inbox / "new.gpx").read_bytes() == b"<gpx/>"
    assert not (home.root / WAITING).exists()


def test_killed_at_any_moment_of_a_night_nothing_is_lost(home: Home) -> None:
    """Whichever change of the disk is the last one: it is locked, and then whole, with what was said meanwhile."""
    lock_home(home, GIVEN)
    private = open_locked(home.root, SAY, GIVEN)
    for number in range(0, 60, 3):
        at = NOW + dt.timedelta(minutes=number)
        seal_entries(home.root, [NewEntry(at, CheckIn(at, "evening", 5, note=f"{number}"))])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lock, "guarded", lambda _root: nullcontext())
            killed_at(patch, number)
            with suppress(KilledError), opened_for_a_night(home.root, SAY, private):
                pass
        assert is_locked(home.root)
        lock_again(home.root)
        assert names(home) <= {LOCKED, WAITING}
    unlocked(home)
    assert len(read(home.journal, verify=True).records) == 21
    assert read(home.journal, verify=True).notices == ()
    assert [(path.name, path.read_bytes() == a_run()) for path in home.inbox.iterdir()] == [("run.fit", True)]


def test_the_guard_leaves_a_home_alone_that_was_unlocked_meanwhile(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of an open home is deleted, whatever ended the night."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    monkeypatch.setattr(sys, "argv", ["guard", "lock", str(home.root)])
    guard.main()
    assert len(read(home.journal).records) == 1
