"""What holds of the decisions: each stands once, in its section, and in the index."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "decisions.md").read_text(encoding="utf-8")


def anchor(heading: str) -> str:
    """Return the anchor that the site and a forge give a heading."""
    return re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-")


def test_every_decision_stands_in_the_index_in_the_same_order() -> None:
    """The links at the top are the sections and questions below, in their order, each once."""
    headings = [anchor(heading) for heading in re.findall(r"^#{2,3} (.+)$", PAGE, re.MULTILINE)]
    index = PAGE[: PAGE.index("\n## ")]
    assert re.findall(r"\]\(#([^)]+)\)", index) == headings
    assert len({*headings}) == len(headings)


def test_every_decision_has_words_of_its_own() -> None:
    """No question is followed by another heading at once."""
    bodies = re.split(r"^### .+$", PAGE, flags=re.MULTILINE)[1:]
    assert not [body[:40] for body in bodies if not body.strip() or body.strip().startswith("#")]
