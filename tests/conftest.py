"""What tests of several packages need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import browsing, needs_chromium
from hypothesis import settings
from pipelines_homes import LAST_DAY, made

from runmood.cli.imports import make_home
from runmood.cli.main import main
from runmood.home.home import Home, open_home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser


SHARED = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parent.parent.parent / "shared"))

# Whoever runs the tests twice sees the same twice; `make fuzz` draws examples that nobody has seen.
# None has a deadline: an example takes as long as a busy machine makes it take.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("new", settings(print_blob=True, deadline=None))
settings.load_profile("same")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB; skipped where this process may not mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    done = subprocess.run([mount or "mount", "-t", "tmpfs", "-o", "size=64m", "none", str(disk)], check=False)
    if done.returncode:
        pytest.skip("this process may not mount a disk of its own")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # noqa: S607 - as found


@pytest.fixture(scope="session")
def corpus_dir() -> Path:
    """The folder with real watch files and data sets; tests that need it are skipped where it is absent."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip(f"real watch files are not here: there is no {SHARED / 'corpus'}")
    return SHARED


@pytest.fixture(scope="session")
def case_runs() -> Path:
    """The folder with small inputs that once failed; tests that need it are skipped where it is absent."""
    if not (SHARED / "cases/runs").is_dir():
        pytest.skip(f"the small inputs that once failed are not here: there is no {SHARED / 'cases/runs'}")
    return SHARED / "cases/runs"


@pytest.fixture(scope="session")
def case_exports() -> Path:
    """The folder with exports of other apps; tests that need it are skipped where it is absent."""
    if not (SHARED / "cases/exports").is_dir():
        pytest.skip(f"the exports of other apps are not here: there is no {SHARED / 'cases/exports'}")
    return SHARED / "cases/exports"


@pytest.fixture(scope="session")
def case_said() -> Path:
    """The folder with exports and calendars that once failed; tests that need it are skipped where it is absent."""
    if not (SHARED / "cases/said").is_dir():
        pytest.skip(f"the small inputs that once failed are not here: there is no {SHARED / 'cases/said'}")
    return SHARED / "cases/said"


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The invented runner's home, made once; tests read it and leave it as it is."""
    return made(make_home(tmp_path_factory.mktemp("demo") / "home", LAST_DAY))


# Playwright keeps an event loop running in this thread: it ends with the module, or no later test could start one.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser; tests that need it are skipped where there is none."""
    needs_chromium()
    with browsing() as browser:
        yield browser


@pytest.fixture(autouse=True)
def no_configuration(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the account that runs the tests has configured decides nothing in them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "config"))


@pytest.fixture(autouse=True)
def give_pandas_back() -> Iterator[None]:
    """A command leaves pandas out of its process for good: the tests that come after it in this one have it again."""
    yield
    if sys.modules.get("pandas", sys) is None:
        del sys.modules["pandas"]


@pytest.fixture
def empty_home(tmp_path: Path) -> Home:
    """A home that has just been opened."""
    return open_home(tmp_path / "home")


class Typed:
    """What came of a command: its exit status, and what it wrote."""

    def __init__(self, status: int, written: str, complained: str) -> None:
        self.status, self.written, self.complained = status, written, complained


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Typed]:
    """Types a command of runmood in a home of its own."""

    def run(*words: str) -> Typed:
        monkeypatch.setattr(sys, "argv", ["runmood", "--home", str(tmp_path / "home"), *words])
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return Typed(int(ended.value.code or 0), written.out, written.err)

    return run
