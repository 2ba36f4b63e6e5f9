"""What a person, a damaged disk or an ill will may leave in the inbox, by way of the command as it is typed.

Each has a time limit, so that an import that waits for ever is a failure and not a night.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import subprocess
import sys
import threading
import zipfile
import zlib
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from runmood.cli.main import main
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.queries import run_query

if TYPE_CHECKING:
    import polars as pl


pytestmark = pytest.mark.timeout(240)

ROOT = Path(__file__).parents[2]
RUNS = [outing for outing in simulate(dt.date(2025, 11, 21), days=21).outings if outing.loop.hill_m and outing.sport]
GOOD, OTHER = (recorded_as(outing, "fit") for outing in RUNS[:2])
ASK = "select file_name, outcome, reason from source_files where outcome <> 'opened' order by all"
WITHOUT_ROOTS_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
GIGABYTE = 1 << 30


class Imported:
    """What came of an import: its exit status, what it said, and what the published ledger says of each file."""

    def __init__(self, home: Path, status: object, said: bytes) -> None:
        self.status = status
        self.said = said.decode("utf-8")
        self.files = {
            name.removeprefix("inbox/"): (outcome, reason)
            for name, outcome, reason in run_query(home / "runmood.duckdb", ASK).iter_rows()
        }

    def reason(self, name: str) -> str:
        """What is said of one file."""
        return str(self.files[name][1])


def run_import(home: Path, *paths: Path | bytes) -> Imported:
    """The command, typed with these paths; it ends by itself, with an exit status."""
    said = io.BytesIO()
    terminal = io.TextIOWrapper(said, "utf-8", write_through=True)
    typed = ["runmood", "--home", str(home), "import", *map(os.fsdecode, paths)]
    with patch.object(sys, "argv", typed), redirect_stdout(terminal), redirect_stderr(terminal):
        with pytest.raises(SystemExit) as ended:
            main()
        return Imported(home, ended.value.code, said.getvalue())


def run_import_as_anybody(home: Path, *paths: Path) -> Imported:
    """The same in a process without root's right to read everything."""
    command = [sys.executable, "-m", "runmood.cli.main", "--home", home, "import", *paths]
    before = WITHOUT_ROOTS_RIGHTS if os.geteuid() == 0 else ()
    ended = subprocess.run([*before, *command], cwd=ROOT, capture_output=True, check=False)
    return Imported(home, ended.returncode, ended.stdout + ended.stderr)


def runs(home: Path) -> pl.DataFrame:
    """The runs that an analyst finds."""
    return run_query(home / "runmood.duckdb", "from runs order by run_id")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """The inbox of a home, with one good file."""
    inbox = tmp_path / "home" / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "good.fit").write_bytes(GOOD)
    return inbox


def test_a_pipe_in_the_inbox_is_left_alone(inbox: Path) -> None:
    """Nobody waits for a pipe into which nobody writes; it is named in the ledger, and the file beside it is a run."""
    os.mkfifo(inbox / "pipe.fit")
    told = run_import(inbox.parent, inbox)
    assert told.status == 0
    assert told.files == {
        "good.fit": ("run", None),
        "pipe.fit": ("skipped", "This is a named pipe, not a file, so we left it where it is."),
    }


def test_a_pipe_that_a_person_names_is_told_of(inbox: Path, tmp_path: Path) -> None:
    """Asked to import a pipe, it says that this is no file, with exit status 1, and reads the rest."""
    os.mkfifo(tmp_path / "pipe.fit")
    told = run_import(inbox.parent, tmp_path / "pipe.fit")
    assert told.status == 1
    assert "pipe.fit: This is not a file, so we left it where it is." in told.said
    assert told.files == {"good.fit": ("run", None)}


def zeros(count: int) -> bytes:
    """So many zeros, deflated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    portion = bytes(1 << 24)
    return b"".join(packer.compress(portion) for _ in range(count >> 24)) + packer.flush()


def claiming(size: int, packed: bytes) -> bytes:
    """An archive whose one member has this content and claims to be so large."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("activities/1.fit.gz", OTHER)
        archive.writestr("activities/2.gpx", packed)
        member = archive.getinfo("activities/2.gpx")
        member.compress_type, member.file_size = zipfile.ZIP_DEFLATED, size
    return buffer.getvalue()


@pytest.mark.parametrize("size", [10 * GIGABYTE, 100])
def test_a_bomb_is_refused_with_a_sentence(inbox: Path, size: int) -> None:
    """A member that unpacks to far more than a run is left alone, whatever it claims; its neighbour is a run."""
    (inbox / "export.zip").write_bytes(claiming(size, zeros(GIGABYTE // 4)))
    told = run_import(inbox.parent, inbox)
    assert told.status == 1
    assert told.files["export.zip/activities/1.fit.gz"] == ("run", None)
    assert told.files["export.zip/activities/2.gpx"][0] == "refused"
    assert told.reason("export.zip/activities/2.gpx") in told.said


def test_names_in_an_archive_lead_nowhere(inbox: Path, tmp_path: Path) -> None:
    """Steps out of the archive are only names: their runs are read, and nothing is written outside the home."""
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("../../../outside.fit", OTHER)
        archive.writestr(f"{tmp_path}/absolute.fit", recorded_as(RUNS[2], "fit"))
        archive.writestr("..\\..\\stroke.tcx", recorded_as(RUNS[3], "tcx"))
    before = {path for path in tmp_path.rglob("*") if inbox.parent not in path.parents}
    told = run_import(inbox.parent, tmp_path / "export.zip")
    assert told.status == 0
    assert {path for path in tmp_path.rglob("*") if inbox.parent not in path.parents} == before
    assert [path.name for path in sorted(inbox.iterdir())] == ["export.zip", "good.fit"]
    assert {outcome for outcome, _ in told.files.values()} == {"run"}
    assert len(told.files) == 4
    assert not [name for name in told.files if ".." in name or name.startswith("/")]


def test_links_in_a_circle_are_not_followed(inbox: Path) -> None:
    """A link to the folder it lies in is named and not walked; one to itself is refused with the system's words."""
    (inbox / "round").symlink_to(inbox, target_is_directory=True)
    (inbox / "itself.fit").symlink_to(inbox / "itself.fit")
    told = run_import(inbox.parent, inbox)
    assert told.status == 1
    assert told.files["good.fit"] == ("run", None)
    assert told.files["round"] == ("skipped", "This is a link to a folder, not a file, so we left it where it is.")
    assert told.files["itself.fit"][0] == "refused"
    assert told.reason("itself.fit") in told.said


def test_a_folder_with_links_in_a_circle_is_brought_once(tmp_path: Path) -> None:
    """What a person imports is copied once, not once for each time round."""
    folder = tmp_path / "runs"
    folder.mkdir()
    (folder / "good.fit").write_bytes(GOOD)
    (folder / "round").symlink_to(folder, target_is_directory=True)
    told = run_import(tmp_path / "home", folder)
    assert told.status == 1
    assert "round" in told.said
    assert list(told.files) == ["runs/good.fit"]


def test_a_name_that_is_no_text(inbox: Path) -> None:
    """A file named in another system's encoding is read, and its name stands in letters one can print."""
    (inbox / os.fsdecode(b"l\xe4ufe.fit")).write_bytes(OTHER)
    told = run_import(inbox.parent, inbox)
    assert told.status == 0
    assert told.files == {"good.fit": ("run", None), "l\\xe4ufe.fit": ("run", None)}


def test_a_path_that_is_no_text(tmp_path: Path) -> None:
    """A person may name such a file, too; the batch tells where it came from."""
    path = bytes(tmp_path) + b"/l\xe4ufe.fit"
    Path(os.fsdecode(path)).write_bytes(OTHER)
    told = run_import(tmp_path / "home", path)
    assert told.status == 0
    assert told.files == {"l\\xe4ufe.fit": ("run", None)}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_one_name_in_an_archive(inbox: Path) -> None:
    """Archives may hold several files under one name; each is a run, and each is in the ledger."""
    with zipfile.ZipFile(inbox / "export.zip", "w") as archive:
        for outing in RUNS[1:4]:
            archive.writestr("activities/run.fit", recorded_as(outing, "fit"))
    told = run_import(inbox.parent, inbox)
    assert (told.status, len(told.files), len(runs(inbox.parent))) == (0, 4, 4)


def test_a_name_in_an_archive_that_is_no_text(inbox: Path) -> None:
    """Archives keep names in whatever encoding their maker had; the run is read under a name one can print."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("activities/l__ufe.fit", OTHER)
    (inbox / "export.zip").write_bytes(buffer.getvalue().replace(b"l__ufe", b"l\xe4\xffufe"))
    told = run_import(inbox.parent, inbox)
    assert (told.status, len(told.files), len(runs(inbox.parent))) == (0, 2, 2)


@pytest.mark.parametrize("within", [True, False], ids=["in the inbox", "elsewhere"])
def test_a_file_that_grows_while_it_is_read(inbox: Path, tmp_path: Path, *, within: bool) -> None:
    """Whatever part was there is read; once it has stopped growing the next import reads it whole, as the same run."""
    whole = recorded_as(RUNS[1], "gpx")
    growing = (inbox if within else tmp_path) / "growing.gpx"
    growing.write_bytes(whole[: len(whole) // 2])
    ended = threading.Event()

    def grow() -> None:
        with growing.open("ab", buffering=0) as file:
            for begin in range(len(whole) // 2, len(whole)):
                file.write(whole[begin : begin + 1])
                if ended.wait(0.0001):
                    break
        growing.write_bytes(whole)

    writer = threading.Thread(target=grow)
    writer.start()
    during = run_import(inbox.parent, growing)
    ended.set()
    writer.join()
    after = run_import(inbox.parent, growing)
    assert (during.status, during.files["growing.gpx"][0]) == (1, "run")
    assert after.status == 0
    assert len(runs(inbox.parent)) == 2
    assert runs(inbox.parent)["partial"].to_list() == [False, False]


def test_a_file_that_may_not_be_read(inbox: Path) -> None:
    """It is refused with the system's words, and read once it may be."""
    if os.geteuid() == 0 and not shutil.which(WITHOUT_ROOTS_RIGHTS[0]):
        pytest.skip("root may read everything, and there is no setpriv to take that right away")
    (inbox / "locked.fit").write_bytes(OTHER)
    (inbox / "locked.fit").chmod(0)
    told = run_import_as_anybody(inbox.parent, inbox)
    assert told.status == 1
    assert told.files["locked.fit"] == ("refused", "We can't open the file: this account may not open it.")
    assert "inbox/locked.fit: We can't open the file: this account may not open it." in told.said
    (inbox / "locked.fit").chmod(0o600)
    again = run_import(inbox.parent, inbox)
    assert (again.status, again.files["locked.fit"]) == (0, ("run", None))
