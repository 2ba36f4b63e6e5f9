"""What a benchmark takes from the program is there: no test runs them, so a changed name would break them unseen."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("runmood", "pipelines")


@cache
def names_in(module: Path) -> frozenset[str]:
    """Every name that a module defines or imports, as its text says."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            found |= {each.asname or each.name for each in node.names}
    return frozenset(found)


def is_there(module: str, name: str) -> bool:
    """Whether a module has a name, or is a package with a module of that name."""
    base = ROOT.joinpath(*module.split("."))
    own = next(path for path in (base.with_suffix(".py"), base / "__init__.py", ROOT) if path.exists())
    return own != ROOT and (name in names_in(own) or (base / f"{name}.py").exists() or (base / name).is_dir())


def test_every_name_that_a_benchmark_imports_is_there() -> None:
    """Of the program and its flows; what is missing is named with the benchmark."""
    imported = (
        (path.name, f"{node.module}", each.name)
        for path in sorted((ROOT / "benchmarks").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and f"{node.module}".split(".")[0] in OURS
        for each in node.names
    )
    assert [each for each in imported if not is_there(*each[1:])] == []
