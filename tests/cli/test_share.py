"""The shared page as a person makes it: chosen, shown, agreed to, written."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from runmood.warehouse.publish import read_tables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from runmood.home.home import Home


if TYPE_CHECKING:
    Command = Callable[..., Any]

NAME = "running-and-mood_{}_to_{}"


@pytest.fixture
def home(demo_home: Home, tmp_path: Path) -> Path:
    """A copy of the invented runner's home, where commands are typed."""
    copy = tmp_path / "home"
    copy.mkdir()
    for name in ("runmood.duckdb", "settings.toml", "truths.json"):
        shutil.copyfile(demo_home.root / name, copy / name)
    return copy


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a person at a terminal will answer, in order; Enter once there is nothing more."""
    told: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer._click.termui.visible_prompt_func", lambda _prompt: told.pop(0) if told else "")
    return told


def written(home: Path) -> list[str]:
    """The files that were made."""
    return sorted(path.name for path in (home / "summaries" / "shared").glob("*"))


def test_what_leaves_is_shown_and_nothing_is_written_without_a_yes(cli: Command, home: Path) -> None:
    """Where nobody can answer, the page is shown and not written; a sentence says how to."""
    told = cli("share")
    assert told.status == 2
    assert "Made by the client from self-ratings; not a clinical measure." in told.written
    assert "add --yes" in told.complained
    assert not (home / "summaries").exists()


def test_a_page_as_pdf_and_html(cli: Command, home: Path) -> None:
    """With --yes both files are written, for their owner alone, under a name that tells the period."""
    told = cli("share", "--from", "2025-01-01", "--to", "2025-03-31", "--yes")
    assert told.status == 0
    name = NAME.format("2025-01-01", "2025-03-31")
    assert written(home) == [f"{name}.html", f"{name}.pdf"]
    files = list((home / "summaries" / "shared").iterdir())
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert "1 January to 31 March 2025" in told.written
    assert "This runner is made up" in told.written


def test_a_page_that_is_there_stays(cli: Command, home: Path, tmp_path: Path) -> None:
    """A second page of the same days gets a number; the first is as it was."""
    out = tmp_path / "out"
    cli("share", "--yes", "--pdf", "--out", str(out))
    (first,) = out.iterdir()
    before = first.read_bytes()
    told = cli("share", "--yes", "--pdf", "--out", str(out), "--question", "What now?")
    assert "We kept it and gave the new one a number." in told.written
    assert sorted(path.name for path in out.iterdir()) == [first.name, f"{first.stem}_2.pdf"]
    assert first.read_bytes() == before
    assert not (home / "summaries").exists()


def test_step_by_step_enter_is_always_no(cli: Command, home: Path, answers: list[str]) -> None:
    """At a terminal each thing is asked for; Enter leaves all of it out, the writing too."""
    told = cli("share")
    assert told.status == 1
    assert "Any of your findings (" in told.written
    assert "Patterns in all notes up to" not in told.written
    assert told.written.endswith("We wrote nothing.\n")
    assert not (home / "summaries").exists()
    assert answers == []


def test_step_by_step_what_is_ticked_is_there(cli: Command, home: Path, answers: list[str]) -> None:
    """A question, the first finding, no more of them, no goal, no note, the reasons, no name; written on a yes."""
    answers += ["About resting", "y", "y", "q", "n", "n", "y", "n", "n", "n", "y", "n", "n", "n", "n", "y"]
    told = cli("share", "--html")
    assert told.status == 0
    page = told.written.split("This is everything on the page:")[1]
    assert "What I would like to talk about\n  About resting" in page
    assert "Patterns in all notes up to" in page
    assert "Reasons given for skipped runs" in page
    assert "Robin" not in page
    assert "From my notes" not in page
    (name,) = written(home)
    assert name.endswith(".html")


def test_flags_say_it_all(cli: Command, home: Path, answers: list[str]) -> None:
    """Told by flags, only the last question is asked."""
    answers += ["y"]
    told = cli("share", "--finding", "b1", "--name", "Robin", "--pdf")
    assert told.status == 0
    assert "Any of your" not in told.written
    assert "Made by the client, Robin, from self-ratings" in told.written
    assert len(written(home)) == 1


def test_what_leaves_is_in_the_persons_language(cli: Command, home: Path) -> None:
    """In a home that speaks German the command, the page, its preview and its name are German."""
    with (home / "settings.toml").open("a", encoding="utf-8") as settings:
        settings.write('language = "de"\n')
    told = cli("share", "--from", "2025-01-01", "--to", "2025-03-31", "--html", "--yes")
    assert "Das ist alles, was auf der Seite steht:\n" in told.written
    assert "Laufen und Stimmung\n1. Januar bis 31. März 2025\nVon der Person selbst" in told.written
    assert written(home) == ["laufen-und-stimmung_2025-01-01_bis_2025-03-31.html"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--finding", "Q9"), "--finding Q9: there is none of that name."),
        (("--include", "places"), "--include places: there is distance"),
        (("--to", "2999-01-01"), "1 January 2999 is still to come"),
        (("--from", "2025-02-01", "--to", "2025-01-01"), "Swap --from and --to."),
    ],
)
def test_what_cannot_be_done_is_a_sentence(cli: Command, home: Path, words: tuple[str, ...], sentence: str) -> None:
    """Names that are not there, things that are never shared, and days that cannot be meant."""
    told = cli("share", "--yes", *words)
    assert told.status == 2
    assert sentence in told.complained
    assert not (home / "summaries").exists()


def test_nothing_published_yet(cli: Command, tmp_path: Path) -> None:
    """In a home without a published copy, a sentence says what makes one."""
    (tmp_path / "home").mkdir()
    assert "`runmood nightly` makes it" in cli("share", "--yes").complained


def test_the_page_ends_with_the_last_notes(cli: Command, home: Path, demo_home: Home) -> None:
    """Without dates, it is the twelve weeks to the last day with notes, however long ago that is."""
    assert home
    told = cli("share")
    assert f"to {demo_last(demo_home):%-d %B %Y}" in told.written.split("\n")[3]


def demo_last(demo: Home) -> dt.date:
    """The last day with a run or a check-in of the invented runner."""
    days = read_tables(demo.published, ("days",))["days"]
    noted = days.filter(days["runs"].is_not_null() | (days["check_ins"] > 0))["local_date"].sort()
    last: dt.date = noted[-1]
    return last
