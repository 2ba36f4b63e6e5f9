"""Whoever changes what the same files and words come to is reminded to say so."""

from __future__ import annotations

import ast
import hashlib
import json
from pathlib import Path

import pytest

from runmood.core.versions import FORMULAS, ROOMS

HOUSE = Path(__file__).parents[2]
NOTED = Path(__file__).with_name("formulas.json")
REMINDER = """\
What makes the {name} has changed. If the same inbox and journal could now come to other rows, raise
FORMULAS["{name}"] in runmood/core/versions.py, so that every home makes them again.
Then, in either case: python tests/workflow/test_formulas.py"""


def source_of(name: str) -> str:
    """The code of the rooms of a formula as a few letters; words about the code and its layout do not count."""
    told = hashlib.sha256()
    for room in ROOMS[name]:
        folder = HOUSE / "runmood" / room
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.sql")]):
            text = path.read_text(encoding="utf-8")
            told.update(meant(text) if path.suffix == ".py" else text.encode())
    return told.hexdigest()[:16]


def meant(text: str) -> bytes:
    """The code without its docstrings and comments."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            del body[0]
    return ast.unparse(tree).encode()


def now() -> dict[str, list[object]]:
    """Each formula's number with the code it stands for."""
    return {name: [number, source_of(name)] for name, number in FORMULAS.items()}


@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_a_changed_formula_has_a_new_number(name: str) -> None:
    """Code that makes rows is the code that was noted with its number, or the number was thought about again."""
    assert json.loads(NOTED.read_text(encoding="utf-8"))[name] == now()[name], REMINDER.format(name=name)


if __name__ == "__main__":
    NOTED.write_text(json.dumps(now(), indent=1) + "\n", encoding="utf-8")
