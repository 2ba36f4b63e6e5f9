"""The house rules that a machine can keep: one corridor, one guest one room, short functions, small folders."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
SOURCES = sorted([*HOUSE.glob("runmood/**/*.py"), *HOUSE.glob("pipelines/**/*.py")])
ROOMS = {path.name for path in (HOUSE / "runmood").iterdir() if (path / "__init__.py").exists()}
GUESTS = {
    "duckdb": "warehouse",
    "fastapi": "web",
    "fitparse": "decode",
    "fpdf": "summary",
    "gpxpy": "export invent",
    "icalendar": "journal",
    "jinja2": "summary web",
    "prefect": "nightly",
    "recurring_ical_events": "journal",
    "scipy": "patterns",
    "segno": "web",
    "starlette": "web",
    "typer": "pipelines nightly",
    "tzfpy": "track",
    "tzlocal": "pipelines",
    "uvicorn": "web",
}
WEB_SHOWS = {"journal"}  # the rooms whose doors the local page may use
LONGEST_FUNCTION = 40
LONGEST_FILE = 250
MOST_FILES = 7


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield from (
                f"{module}.{name.name}" if module in {"runmood", "pipelines"} else module for name in node.names
            )


def room_of(path: Path) -> str:
    """The room a file stands in; `pipelines`, or `nightly` in its folder for Prefect."""
    parts = path.relative_to(HOUSE).parts
    return parts[1] if parts[0] == "runmood" or parts[1] == "nightly" else parts[0]


def by_place(path: Path) -> str:
    """A test's name."""
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", SOURCES, ids=by_place)
def test_one_corridor(path: Path) -> None:
    """A room imports the shared terms and itself; only the corridor joins rooms, by their doors."""
    room = room_of(path)
    ours = [name.split(".") for name in imports(path) if name.startswith("runmood.")]
    if room in {"pipelines", "nightly"}:
        behind_doors = [name for name in ours if name[1] != "terms" and len(name) > 2]
        assert behind_doors == []
    else:
        elsewhere = {name[1] for name in ours} - {"terms", room} - (WEB_SHOWS if room == "web" else set())
        assert elsewhere == set()
        assert not any(name.startswith("pipelines") for name in imports(path))


@pytest.mark.parametrize("path", SOURCES, ids=by_place)
def test_one_guest_one_room(path: Path) -> None:
    """Each foreign library is named in the room where it is at home, and nowhere else."""
    guests = {name.split(".")[0] for name in imports(path)} & set(GUESTS)
    misplaced = {guest for guest in guests if room_of(path) not in GUESTS[guest].split()}
    assert misplaced == set()


@pytest.mark.parametrize("path", SOURCES, ids=by_place)
def test_functions_and_files_are_short(path: Path) -> None:
    """No function is longer than 40 lines after its docstring, no file longer than 250."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {each.name: body_lines(each) for each in functions if body_lines(each) > LONGEST_FUNCTION}
    assert long == {}
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("folder", sorted({path.parent for path in SOURCES}), ids=by_place)
def test_folders_are_small(folder: Path) -> None:
    """A folder holds at most seven files of code beside its door."""
    assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= MOST_FILES


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_room_has_a_door_that_says_what_it_is(room: str) -> None:
    """The door of a room has a docstring."""
    door = HOUSE / "runmood" / room / "__init__.py"
    assert ast.get_docstring(ast.parse(door.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SOURCES, ids=by_place)
def test_nothing_catches_everything(path: Path) -> None:
    """No handler swallows faults in the code: neither `except Exception` nor a bare `except`."""
    handlers = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ExceptHandler)]
    everything = [
        handler.lineno
        for handler in handlers
        if handler.type is None or "Exception" in {getattr(handler.type, "id", ""), getattr(handler.type, "attr", "")}
    ]
    assert everything == []


@pytest.mark.parametrize("path", sorted(HOUSE.glob("runmood/**/*.sql")), ids=by_place)
def test_sql_says_what_one_row_is(path: Path) -> None:
    """The first line of a statement is a comment that names it and says what one row is."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(f"-- {path.stem}: ")
