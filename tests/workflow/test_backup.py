"""A backup is one file in open formats that brings a home back with the same rows, or says plainly why not."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runmood.cli.main import main
from runmood.core.catalogue import DEFAULT
from runmood.core.i18n import translator
from runmood.home.home import Home, open_home
from runmood.journal.store import read
from runmood.warehouse.queries import run_query
from runmood.workflow.backup import FORMAT, MANIFEST, README, FileInBackup, pieces_of, read_manifest
from runmood.workflow.guard import temporary_folder_beside

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Typed

    Command = Callable[..., Typed]

SAY = translator(DEFAULT, "metric")
TYPED = "a calm river\n"


@pytest.fixture(scope="module")
def kept(demo_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the invented runner's home, with a file whose name is no text and a page of its own."""
    root = tmp_path_factory.mktemp("kept") / "home"
    shutil.copytree(demo_home.root, root)
    Path(os.fsdecode(os.fsencode(root / "inbox") + b"/caf\xe9.fit")).write_bytes(b"not a watch file")
    return root


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Types a command for any home, with a passphrase on standard input; gives the status and all that was written."""

    def typed(root: Path, *words: str, given: str = TYPED) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["runmood", "--home", str(root), *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return int(ended.value.code or 0), written.out + written.err

    return typed


Run = "Callable[..., tuple[int, str]]"


@pytest.mark.parametrize("encrypt", [(), ("--encrypt",)])
def test_a_restored_home_has_the_same_rows_and_reads_nothing_again(
    kept: Path, tmp_path: Path, run: Run, encrypt: tuple[str, ...]
) -> None:
    """Every file comes back with its bytes and its time, every table with its rows, and no file is read again."""
    file, root = tmp_path / "diary.zip", tmp_path / "again"
    assert run(kept, "backup", str(file), *encrypt)[0] == 0
    status, told = run(root, "restore", str(file))
    say = open_home(root).say
    assert status == 0
    assert say("cli.backup.nothing_read") in told
    assert say("cli.backup.same_rows") in told
    for folder in ("inbox", "journal", "points"):
        before = {path.relative_to(kept): path for path in (kept / folder).rglob("*") if path.is_file()}
        after = {path.relative_to(root): path for path in (root / folder).rglob("*") if path.is_file()}
        before.pop(Path("journal/imports.jsonl"), None)  # the file that was not read yet is read now
        after.pop(Path("journal/imports.jsonl"), None)
        assert after.keys() == before.keys()
        assert all(after[name].read_bytes() == path.read_bytes() for name, path in before.items())
        assert all(after[name].stat().st_mtime_ns == path.stat().st_mtime_ns for name, path in before.items())
    assert [each.id for each in read(root / "journal").records] == [each.id for each in read(kept / "journal").records]
    assert all(path.stat().st_mode & 0o077 == 0 for path in root.rglob("*"))
    assert file.stat().st_mode & 0o077 == 0


def test_a_backup_is_read_without_runmood(kept: Path, tmp_path: Path, run: Run) -> None:
    """It is a zip with a page that explains it, the journal as lines of JSON, and the tables as CSV."""
    run(kept, "backup", str(tmp_path / "diary.zip"))
    with zipfile.ZipFile(tmp_path / "diary.zip") as archive:
        assert archive.testzip() is None
        assert "home/journal/" in archive.read(README).decode()
        lines = archive.read("home/journal/journal.jsonl").decode().splitlines()
        rows = list(csv.DictReader(io.StringIO(archive.read("tables/days.csv").decode())))
        assert all(json.loads(line)["entry"] for line in lines)
        assert len(rows) == run_query(kept / "runmood.duckdb", "from days").height
        assert not any(".work" in name for name in archive.namelist())


def test_a_sealed_backup_shows_nothing_and_opens_with_its_passphrase_alone(
    kept: Path, tmp_path: Path, run: Run
) -> None:
    """No word of the journal and no file name stands in it; another passphrase is told as that; nothing is left."""
    file, root = tmp_path / "diary.sealed", tmp_path / "again"
    run(kept, "backup", str(file), "--encrypt")
    content = file.read_bytes()
    assert b"journal" not in content
    assert b".fit" not in content
    status, told = run(root, "restore", str(file), given="another one\n")
    assert (status, SAY("cli.sealed.wrong_passphrase", file=file.name) in told) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diary.sealed"]
    file.write_bytes(content[:-1])
    status, told = run(root, "restore", str(file))
    assert (status, SAY("cli.sealed.changed", file=file.name) in told) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diary.sealed"]


AMID = """
import sys, time
from pathlib import Path
from runmood.core.i18n import translator
from runmood.home.home import open_home
from runmood.workflow import backup

def stop(*_):
    print("amid", flush=True)
    time.sleep(60)

backup._unpack = backup._keep = stop
root, file, say = Path(sys.argv[2]), Path(sys.argv[3]), translator("en", "metric")
if sys.argv[1] == "restore":
    backup.restore_backup(file, root, say, lambda: "a calm river")
else:
    backup.write_backup(open_home(root), file, lambda _home: iter(()))
"""


@pytest.mark.parametrize("what", ["restore", "backup"])
def test_killed_it_leaves_nothing_aside(kept: Path, tmp_path: Path, run: Run, what: str) -> None:
    """Nothing of what was sealed stays in clear under a hidden name, though the whole process group was killed."""
    shutil.copytree(kept, tmp_path / "home")
    root, file = {"restore": ("again", "diary.zip"), "backup": ("home", "new.zip")}[what]
    assert run(tmp_path / "home", "backup", str(tmp_path / "diary.zip"), "--encrypt")[0] == 0
    before = {*tmp_path.iterdir()}
    command = [sys.executable, "-P", "-c", AMID, what, str(tmp_path / root), str(tmp_path / file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as working:
        assert working.stdout is not None
        assert working.stdout.readline() == "amid\n"
        assert {*tmp_path.iterdir()} - before
        os.killpg(working.pid, signal.SIGKILL)
    until = time.monotonic() + 60
    while {*tmp_path.iterdir()} - before and time.monotonic() < until:
        time.sleep(0.05)
    assert {*tmp_path.iterdir()} - before == set()


def test_what_a_failing_power_left_aside_goes_with_the_next_try(tmp_path: Path) -> None:
    """A folder beside the target that the same work left is deleted; one of another target stays."""
    left, other = tmp_path / ".home.restoring-ab12", tmp_path / ".homes.restoring-ab12"
    for each in (left, other):
        each.mkdir()
        (each / "archive.zip").write_bytes(b"in clear")
    with temporary_folder_beside(tmp_path / "home", "restoring") as aside:
        assert {*tmp_path.iterdir()} == {aside, other}
    assert {*tmp_path.iterdir()} == {other}


def test_nothing_is_written_over(kept: Path, tmp_path: Path, run: Run) -> None:
    """Neither a backup nor a home that is there; and no backup lies in the home that it is of."""
    file = tmp_path / "diary.zip"
    file.write_bytes(b"mine")
    assert run(kept, "backup", str(file))[0] == 2
    assert run(kept, "backup", str(kept / "inbox" / "b.zip"))[0] == 2
    assert file.read_bytes() == b"mine"
    file.unlink()
    run(kept, "backup", str(file))
    status, told = run(kept, "restore", str(file))
    assert (status, str(kept) in told) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diary.zip"]


def test_a_short_passphrase_is_refused(kept: Path, tmp_path: Path, run: Run) -> None:
    """And nothing is written."""
    assert run(kept, "backup", str(tmp_path / "x"), "--encrypt", given="short\n")[0] == 2
    assert list(tmp_path.iterdir()) == []


def repacked(file: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> None:
    """Write an archive again with members changed or left out."""
    with zipfile.ZipFile(file) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members:
            if changed := change(name, content):
                archive.writestr(*changed)


def with_name(name: str) -> Callable[[str, bytes], tuple[str, bytes]]:
    """Change the first name in the list to another."""

    def change(member: str, content: bytes) -> tuple[str, bytes]:
        if member != MANIFEST:
            return member, content
        manifest = json.loads(content)
        manifest["files"][0]["name"] = name
        return member, json.dumps(manifest).encode()

    return change


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: None if name == "home/journal/journal.jsonl" else (name, content),
        lambda name, content: (name, content + b"{}\n" if name == "home/journal/journal.jsonl" else content),
        lambda name, content: (name, content[:-1] if name == "home/journal/journal.jsonl" else content),
        lambda name, content: None if name == MANIFEST else (name, content),
        lambda name, content: (name, b"[" * 9000 if name == MANIFEST else content),
        with_name("../escaped"),
        with_name("/tmp/escaped"),  # noqa: S108 - a name that is refused
        with_name(".work/last-night.json"),
        with_name(""),
    ],
)
def test_a_changed_backup_restores_nothing(
    kept: Path, tmp_path: Path, run: Run, change: Callable[[str, bytes], tuple[str, bytes] | None]
) -> None:
    """A file missing, changed or cut off, a list that leads out of the home: a sentence, and nothing is left."""
    file, root = tmp_path / "diary.zip", tmp_path / "again"
    run(kept, "backup", str(file))
    repacked(file, change)
    status, told = run(root, "restore", str(file))
    assert status == 2
    assert str(file) in told or "journal.jsonl" in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diary.zip"]


def listed(*names: str, **changed: object) -> bytes:
    """An archive with a list of files of these names, and something in the list changed."""
    about = {"member": "home/x", "bytes": 1, "sha256": "", "modified_ns": 0}
    files = [about | {"name": name} | {each: changed[each] for each in changed.keys() & about} for name in names]
    manifest = {"made_at": "", "as_of": None, "entries": 0, "files": files, "runmood": "", "format": FORMAT} | changed
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(MANIFEST, json.dumps({each: manifest[each] for each in manifest.keys() - about.keys()}))
        archive.writestr("home/x", b"x")
    return packed.getvalue()


def test_a_list_names_files_of_a_home_and_nothing_else() -> None:
    """Every name is a file's of its own that a disk takes, none is in a folder's place; numbers and days are such."""
    wrong = [
        listed("journal"), listed("inbox/"), listed("settings.toml/x"), listed("runmood.duckdb/x"), listed("a", "a/b"),
        listed("a", "a"), listed("a//b"), listed("."), listed("./a"), listed("a" * 300), listed("\ud800"),
        listed("a\0b"), listed(".Work/lock"), listed("x/.work/y"), listed("a", bytes=-1), listed("a", bytes=True),
        listed("a", bytes=1 << 70), listed("a", modified_ns=1.5), listed("a", member=None), listed("a", entries="many"),
        listed("a", made_at=5), listed("a", runmood=[]), listed("a", as_of="someday"), listed("a", files={}),
    ]  # fmt: skip
    for content in wrong:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert read_manifest(archive) is None, archive.read(MANIFEST)[:300]
    with zipfile.ZipFile(io.BytesIO(listed("journal/journal.jsonl", "inbox/a b (2).fit", "x\udcff"))) as archive:
        assert read_manifest(archive) is not None


def test_a_list_that_is_larger_than_any_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kB of zip may say that they are gigabytes of list."""
    monkeypatch.setattr("runmood.workflow.backup.LARGEST_LIST", 10)
    with zipfile.ZipFile(io.BytesIO(listed("a"))) as archive:
        monkeypatch.setattr(archive, "read", pytest.fail)
        assert read_manifest(archive) is None


def test_an_archive_damaged_in_any_way_is_told_as_damaged() -> None:
    """Encrypted, packed otherwise, or with bytes changed: what reads it raises one kind of fault."""
    whole = listed("a")
    at, head = whole.rfind(b"PK\x01\x02"), whole.rfind(b"PK\x03\x04")
    for offset, value in ((6, 1), (8, 8), (8, 12), (8, 14), (8, 99)):
        damaged = bytearray(whole)
        damaged[head + offset] = damaged[at + offset + 2] = value
        with zipfile.ZipFile(io.BytesIO(damaged)) as archive, pytest.raises(zipfile.BadZipFile):
            list(pieces_of(archive, FileInBackup("a", "home/x", 1, "", 0)))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 1000])
def test_another_file_is_no_backup(tmp_path: Path, run: Run, content: bytes) -> None:
    """It is told, and nothing is made."""
    file, root = tmp_path / "x.zip", tmp_path / "again"
    file.write_bytes(content)
    status, told = run(root, "restore", str(file))
    assert (status, SAY("cli.backup.no_backup", file=f"{file}") in told) == (2, True)
    assert not root.exists()


def test_a_home_with_faults_is_kept_all_the_same(kept: Path, tmp_path: Path, run: Run) -> None:
    """A slip in the settings and a journal that has lost entries keep nobody from a backup; what is missing is told."""
    root, file, again = tmp_path / "home", tmp_path / "diary.zip", tmp_path / "again"
    shutil.copytree(kept, root)
    (root / "settings.toml").write_text('time_zone = "Europe/Athnes"\n', encoding="utf-8")
    status, told = run(root, "backup", str(file))
    assert (status, SAY("cli.backup.no_tables") in told) == (1, True)
    (root / "settings.toml").write_text('time_zone = "Europe/Lisbon"\n', encoding="utf-8")
    with zipfile.ZipFile(file) as archive:
        assert len(archive.read("home/journal/journal.jsonl")) == (kept / "journal/journal.jsonl").stat().st_size
    assert not again.exists()
