"""Tables drawn in a test, so that a reader checks the arithmetic by eye.

| day        | km |
| 2025-05-01 | 10 |
| 2025-05-02 |    |
"""

from __future__ import annotations


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a drawn table by column; an empty cell is an empty text."""
    lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines() if "|" in line
    ]
    head, *body = lines
    return [dict(zip(head, line, strict=True)) for line in body]


def number(cell: str) -> float | None:
    """A number, or null for an empty cell."""
    return float(cell) if cell else None
