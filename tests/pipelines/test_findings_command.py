"""`runmood findings` as a person types it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.home import Home

Command = Callable[..., Any]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("seen since", "\nThe rule", "\nThe model's terms", "\nAsked otherwise")),
        ("de", ("zu sehen seit dem", "\nDie Regel", "\nDie Glieder des Modells", "\nAnders gefragt")),
    ],
)
def test_findings_are_told_in_the_persons_language(
    typed: Command, demo: Home, tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    """The list of questions and the evidence behind one are in the language of the settings."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home/settings.toml").write_text(f'language = "{language}"\n', encoding="utf-8")
    shutil.copy(demo.published, tmp_path / "home")
    written = typed("findings").written + typed("findings", "b1", "--why").written
    assert [each for each in words if each not in written] == []
