"""A setting is changed from the local page; everything else in the file stays as the person wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from runmood.home.edit_settings import change, changed
from runmood.home.settings import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = """\
# mine
name = "Ana"  # me
heart_zones_bpm = [
  112,  # easy
  130, 149, 168,
]

[custom_questions.tea]
question = "Tea?"
kind = "yes-no"
"""


def test_comments_and_values_of_several_lines_stay() -> None:
    """Only the value changes; a new setting stands before the first table, and taken away nothing of it is left."""
    assert changed(WRITTEN, "name", "Bea") == WRITTEN.replace("Ana", "Bea")
    added = changed(WRITTEN, "units", "imperial")
    assert added.index("units") < added.index("[custom_questions")
    assert changed(added, "units", "") == WRITTEN


def test_a_value_of_several_lines_is_replaced_whole() -> None:
    """A text in three quotation marks leaves no rest behind."""
    assert changed('name = """\nAna\n"""\nunits = "metric"\n', "name", "Bea") == 'name = "Bea"\nunits = "metric"\n'


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    """What is wrong with it is said in a sentence, and nothing is written."""
    file = tmp_path / "settings.toml"
    file.write_text("name = ")
    with pytest.raises(SettingsError, match="cannot be read"):
        change(file, "name", "Ana")
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]
    assert file.read_text() == "name = "


def test_a_mark_at_the_beginning_of_the_file_does_no_harm(tmp_path: Path) -> None:
    """Editors on Windows put a byte order mark before the text."""
    file = tmp_path / "settings.toml"
    file.write_text('name = "Ana"\n', encoding="utf-8-sig")
    change(file, "name", "Bea")
    assert file.read_text(encoding="utf-8-sig") == 'name = "Bea"\n'
