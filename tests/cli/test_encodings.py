"""What is typed is kept, and what was kept is told as kept, whatever letters a terminal has."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runmood.core.checkins import CheckIn
from runmood.home.home import translator_in
from runmood.journal.store import read

if TYPE_CHECKING:
    from collections.abc import Mapping

LATIN_1 = "de_DE.ISO-8859-1"


def typed(home: Path, *words: str | bytes, env: Mapping[str, str]) -> tuple[int, bytes]:
    """The status of a command in a process of its own, and the bytes it writes."""
    command = [sys.executable, "-P", "-m", "runmood.cli.main", "--home", str(home), *words]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **env})
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def latin_1(tmp_path: Path) -> dict[str, str]:
    """The environment of a terminal in Latin-1; skipped where no such locale can be made."""
    make = shutil.which("localedef")
    folder = tmp_path / "locales"
    folder.mkdir()
    command = [make or "localedef", "-i", "de_DE", "-f", "ISO-8859-1", str(folder / LATIN_1)]
    if not make or subprocess.run(command, capture_output=True, check=False).returncode > 1:
        pytest.skip("no locale of Latin-1 can be made here")
    return {"LOCPATH": str(folder), "LC_ALL": LATIN_1, "LANG": LATIN_1}


def note(home: Path) -> str:
    """The note of the one check-in."""
    (record,) = read(home / "journal").records
    assert isinstance(record.entry, CheckIn)
    return record.entry.note or ""


def test_in_latin_1_what_was_kept_is_told_as_kept(tmp_path: Path, latin_1: dict[str, str]) -> None:
    """Letters that the terminal lacks are shown as a question mark; the check-in stands, once, and is shown again."""
    home = tmp_path / "home"
    status, said = typed(
        home, "check-in", "--mood", "5", "--energy", "5", "--note", "süß …".encode("latin-1", "replace"), env=latin_1
    )
    assert (status, note(home)) == (0, "süß ?")
    assert "süß".encode("latin-1") in said
    journal = home / "journal" / "journal.jsonl"
    journal.write_text(journal.read_text(encoding="utf-8").replace("süß ?", "走 …"), encoding="utf-8")
    status, said = typed(home, "log", env=latin_1)
    assert (status, b"? ?" in said) == (0, True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_who_stops_a_command_while_it_is_loaded_sees_nothing_of_its_code(tmp_path: Path) -> None:
    """The first second of a command on a busy computer; the process ends as one that was interrupted."""
    stopped = "import signal, runmood.cli, runmood.cli.main as late; signal.raise_signal(signal.SIGINT)"
    done = subprocess.run([sys.executable, "-c", stopped], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")
    broken = subprocess.run([sys.executable, "-c", "import runmood.cli; 1 / 0"], capture_output=True, check=False)
    assert b"ZeroDivisionError" in broken.stderr


def test_with_its_output_closed_a_check_in_is_kept(tmp_path: Path) -> None:
    """As a program may start it; nothing is written anywhere, and nothing is wrong."""
    command = [sys.executable, "-P", "-m", "runmood.cli.main", "--home", str(tmp_path), "check-in", "--mood", "5"]
    done = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *command, "--energy", "5", "--note", "x"],
        stderr=subprocess.PIPE,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert (done.returncode, note(tmp_path)) == (0, "x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
def test_with_its_output_full_a_check_in_is_kept_and_it_is_said(tmp_path: Path) -> None:
    """The whole command is done, and a sentence says that the words, and not the check-in, are lost."""
    command = [sys.executable, "-P", "-m", "runmood.cli.main", "--home", str(tmp_path), "check-in", "--mood", "5"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*command, "--energy", "5", "--note", "x"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    say = translator_in(tmp_path)
    sentence = say("error.output_not_written", fault=say("error.system.full"))
    last = done.stderr.decode().splitlines()[-1]
    assert (done.returncode, last, note(tmp_path)) == (1, f"runmood: {sentence}", "x")


def test_bytes_that_are_no_text_are_kept_as_letters(tmp_path: Path) -> None:
    """As a terminal in another encoding sends them; what is UTF-8 in the same word stays as it is."""
    words = ["check-in", "--mood", "5", "--energy", "5", "--note", b"caf\xe9 \xe2\x82\xac ok"]
    status, _ = typed(tmp_path / "home", *words, env={"LC_ALL": "C.UTF-8"})
    assert (status, note(tmp_path / "home")) == (0, "café € ok")


def test_a_file_is_found_by_a_name_that_is_no_text(tmp_path: Path) -> None:
    """A path is what the folder has, letter or not."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.fit"))
    path.write_bytes(b"no watch file")
    status, said = typed(tmp_path / "home", "import", os.fsencode(path), env={"LC_ALL": "C.UTF-8"})
    assert status == 1
    assert [each.name for each in (tmp_path / "home" / "inbox").iterdir()] == [path.name]
    assert b"inbox/caf\\xe9.fit" in said
