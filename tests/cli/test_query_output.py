"""Text that leaves is encoded for where it goes."""

from __future__ import annotations

import polars as pl
import pytest

from runmood.cli.query_output import as_bytes, as_table


@pytest.mark.parametrize("note", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1"])
def test_a_spreadsheet_opens_no_formula(note: str) -> None:
    """A note that looks like a formula is text in CSV; `--raw` leaves it as it is, and numbers always are."""
    frame = pl.DataFrame({"note": [note], "change": [-2.5]})
    assert as_bytes(frame, "csv").decode().splitlines()[1].lstrip('"').startswith("'")
    assert ",-2.5" in as_bytes(frame, "csv").decode()
    assert as_bytes(frame, "csv", raw=True).decode().splitlines()[1].lstrip('"').startswith(note)


@pytest.mark.parametrize("mark", ["\x1b[2J", "\x1b]0;title\x07", "\u202e", "\u2066", "\x9b31m", "\x00"])
@pytest.mark.parametrize("columns", [200, 10])
def test_a_note_is_no_command_to_the_terminal(mark: str, columns: int) -> None:
    """Neither a table nor a record has a character that moves, colours or turns round what is shown."""
    shown = as_table(pl.DataFrame({"note": [f"calm {mark} evening, ção"]}), columns)
    assert mark[0] not in shown
    assert "ção" in shown
