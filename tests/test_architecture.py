"""What holds of the code as a whole, beside the contracts on layers (`lint-imports`, in pyproject.toml)."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
MODULES = sorted([*ROOT.glob("runmood/**/*.py"), *ROOT.glob("pipelines/**/*.py")])
DEEPEST = 3  # folders above a module
# The layers that may name a library; everywhere else it would be a second way to do what stands there.
LIBRARIES = {
    "botocore": {"cohort"},
    "cryptography": {"home"},
    "duckdb": {"warehouse"},
    "fastapi": {"web"},
    "fitparse": {"readers"},
    "fpdf": {"reports"},
    "gpxpy": {"reports", "simulate"},
    "icalendar": {"journal"},
    "jinja2": {"reports", "web"},
    "keyring": {"home"},
    "prefect": {"pipelines"},
    "prefect_dask": {"pipelines"},
    "recurring_ical_events": {"journal"},
    "segno": {"web"},
    "starlette": {"web"},
    "typer": {"cli"},
    "tzfpy": {"tracks"},
    "tzlocal": {"home"},
    "uvicorn": {"pipelines", "web"},
}


def layer_of(path: Path) -> str:
    """Return the layer of a module: `readers`, `web`, `pipelines`."""
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "runmood" else parts[0]


def imported_by(path: Path) -> Iterator[str]:
    """Yield the top-level package of every import, wherever in the module it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_named_in_its_own_layer(library: str) -> None:
    """Each foreign library is imported where it belongs and nowhere else."""
    using = {layer_of(path) for path in MODULES if library in imported_by(path)}
    assert using <= LIBRARIES[library]


def test_every_package_says_what_it_is() -> None:
    """Each package has a docstring, and no module is deeper than three folders."""
    packages = [path for path in MODULES if path.name == "__init__.py"]
    assert [path for path in packages if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []
    assert [path for path in MODULES if len(path.relative_to(ROOT).parts) - 1 > DEEPEST] == []


def test_nothing_catches_everything() -> None:
    """No handler swallows faults in the code: neither `except Exception` nor a bare `except`."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or "Exception" in {getattr(node.type, "id", ""), getattr(node.type, "attr", "")})
    ]
    assert found == []


def test_sql_says_what_one_row_is() -> None:
    """The first line of a statement is a comment that names it and says what one row is."""
    found = sorted(ROOT.glob("runmood/**/*.sql"))
    assert found
    firsts = {path: path.read_text(encoding="utf-8").splitlines()[0] for path in found}
    assert [path for path, first in firsts.items() if not first.startswith(f"-- {path.stem}: ")] == []


def test_property_tests_draw_as_they_are_told_and_take_their_time() -> None:
    """Which examples are drawn is said once, in conftest.py, or `make fuzz` draws no new ones; none has a deadline."""
    tests = ROOT.glob("tests/**/test_*.py")
    own = [path.name for path in tests if re.search(r"derandomize=\w", path.read_text(encoding="utf-8"))]
    assert own == []
    assert {settings.get_profile(name).deadline for name in ("same", "new")} == {None}
