"""What was last read over, to the letter: each language on the terminal once, each layout and home by its sentences.

`PYTHONPATH=tests python -m reports.goldens` writes all of it anew; read the difference before it is committed.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from reports.diaries import full_year
from reports.german import in_german
from reports.homes import HOMES
from reports.keyed import keyed, outline
from reports.periods import everything_said
from reports.share.german import QUESTION, german_page
from reports.share.given import EVERYTHING, FULL, page, with_energy

from runmood.reports.render.documents import as_markdown
from runmood.reports.render.text import as_text
from runmood.reports.share.render import as_text as shared_as_text
from runmood.reports.summary import build_finding_views, build_summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.reports.context import ReportData


FOLDER = Path(__file__).parent / "golden"
GERMAN_PAGE = FULL | {"question": QUESTION, "include": EVERYTHING}
USUAL = "a full year"  # other homes are given by what differs from it


def home_outlines() -> str:
    """Return every home by the sentences of its summary: one in full, others by what differs where that is shorter."""
    usual = outline(HOMES[USUAL]())
    parts = [f"# {USUAL}", *usual]
    for name, home in HOMES.items():
        if name != USUAL:
            lines = outline(home())
            changes = [line for line in [*unified_diff(usual, lines, n=0)][2:] if not line.startswith("@@")]
            parts += ["", f"# {name}", *(changes if len(changes) < len(lines) else lines)]
    return "\n".join(parts) + "\n"


def findings_text(data: ReportData) -> str:
    """Return all that the notes say to the questions, a paragraph a line."""
    views, lines = build_finding_views(data), []
    for answer in views.answers:
        lines += ["", f"{answer.title} · {answer.state}"]
        for section in answer.passages:
            between = "\n  - " if section.listed else " "
            lines.append(f"{section.heading}:{between}{between.join(section.sentences)}")
    lines += ["", *(f"{also.title} · {also.state}: {also.words}" for also in views.also)]
    return "\n".join(lines).strip() + "\n"


GOLDENS: dict[str, Callable[[], str]] = {
    "summary.en.txt": lambda: as_text(build_summary(everything_said())),
    "summary.de.txt": lambda: as_text(build_summary(in_german("everything said"))),
    "findings.en.txt": lambda: findings_text(HOMES["everything seen"]()),
    "findings.de.txt": lambda: findings_text(in_german("everything seen")),
    "shared.en.txt": lambda: shared_as_text(page(with_energy(full_year()), **FULL)) + "\n",
    "shared.de.txt": lambda: shared_as_text(german_page(with_energy(full_year()), **GERMAN_PAGE)) + "\n",
    "summary.md": lambda: as_markdown(build_summary(replace(everything_said(), say=keyed()))),
    "homes.txt": home_outlines,
}


if __name__ == "__main__":
    for name, render in GOLDENS.items():
        (FOLDER / name).write_text(render(), encoding="utf-8")
