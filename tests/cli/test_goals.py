"""Goals, reflection and readiness as a person types them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from runmood.cli.goals import OF_THE_MONTH, READINESS
from runmood.core.entries import Reflection
from runmood.core.enums import GoalMeasure
from runmood.core.i18n import translator
from runmood.home.home import Home, open_home
from runmood.journal.store import read
from runmood.journal.tables import journal_frames
from runmood.reports.standing import goal_progress
from runmood.reports.summary import build_summary
from runmood.schema.tables import DAYS
from runmood.workflow.summaries import load_report_data

if TYPE_CHECKING:
    from pathlib import Path

Command = Callable[..., Any]
TODAY = dt.date(2025, 6, 2)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The home in which commands are typed."""
    return open_home(tmp_path / "home")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a person at a terminal that knows no keys will answer, in order."""
    told: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer._click.termui.visible_prompt_func", lambda _prompt: told.pop(0))
    return told


def test_goals_of_both_kinds(cli: Command, home: Home) -> None:
    """A goal is in the person's words, with a measure where they like; let go, it is not listed."""
    assert "You have no open goals" in cli("goal").written
    cli("goal", "add", "calmer Sundays", "--kind", "therapeutic")
    fitness = ["--kind", "fitness", "--measure", "distance a week", "--target", "25", "--until", "2031-12-31"]
    name = cli("goal", "add", "run a little further", *fitness).written.split()[1].rstrip(".")
    first, second, measure = cli("goal").written.splitlines()
    feeling, running = (home.say.choice("goal", kind) for kind in ("therapeutic", "fitness"))
    assert first.split("  ")[1] == f"{feeling}, open: calmer Sundays"
    assert second == f"{name}  {running}, open, until 2031-12-31: run a little further"
    known = {"measure": home.say.choice("measure", "distance a week"), "wished": home.say.distance(25_000)}
    assert measure.strip() == home.say("goal.stands_unknown", **known)
    (row,) = [row for row in journal_frames(read(home.journal).records, home.zone, TODAY)["goals"] if row["target"]]
    assert row["target"] == 25_000
    assert (
        cli("goal", "review", name, "this is enough", "--state", "let go").written == "Saved: let go. That is fine.\n"
    )
    assert name not in cli("goal").written
    assert "let go" in cli("goal", "--all").written


@pytest.mark.parametrize("language", ["de", "nl"])
def test_how_a_goal_stands_is_in_the_language_of_the_home(cli: Command, tmp_path: Path, language: str) -> None:
    """The kind and the state of a goal are words of the language, in the list of goals and in the log."""
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home/settings.toml").write_text(f'language = "{language}"\n', encoding="utf-8")
    name = cli("goal", "add", "calm", "--kind", "therapeutic").written.split()[1].rstrip(".")
    cli("goal", "review", name, "--state", "reached")
    say = translator(language, "metric")
    kind, state = say.choice("goal", "therapeutic"), say.choice("cli.goals.state", "reached")
    assert kind in cli("log").written
    assert state in cli("log").written
    assert f"{kind}, {state}" in cli("goal", "--all").written


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "x", "--kind", "money"], "I don't know --kind 'money'. Use one of: feeling, running"),
        (["add", "x", "--kind", "fitness", "--target", "3"], "Give both --measure and --target"),
        (
            ["add", "x", "--kind", "fitness", "--measure", "joy", "--target", "3"],
            "I don't know --measure 'joy'. Use one of: runs",
        ),
        (["add", "x", "--kind", "fitness", "--measure", "longest run", "--target", "-3"], "can't be right"),
        (["add", "x", "--kind", "fitness", "--measure", "longest run", "--target", "inf"], 'can\'t read "inf"'),
        (["review", "abc"], translator("en", "metric")("cli.checkin.none", which="abc")),
    ],
)
def test_a_goal_that_cannot_be_meant(cli: Command, words: list[str], sentence: str) -> None:
    """What is wrong with a goal is said, with exit status 2."""
    answer = cli("goal", *words)
    assert (answer.status, sentence in answer.complained) == (2, True)


def test_the_questions_of_the_month(cli: Command, home: Home, answers: list[str]) -> None:
    """Four questions, any of which may be passed over; an answer is kept with the question as it stood."""
    answers += ["quieter", "", "my sister", ""]
    assert "2 saved." in cli("reflect").written
    found = [each.entry for each in read(home.journal).records]
    expected = [(home.say(OF_THE_MONTH[0]), "quieter"), (home.say(OF_THE_MONTH[2]), "my sister")]
    assert found == [Reflection(home.today(), "month", prompt, answer) for prompt, answer in expected]
    answers += ["", "", "", ""]
    again = cli("reflect").written
    assert "once a month is plenty" in again
    assert "Nothing saved." in again


def test_somebody_hurt_is_asked_other_questions(cli: Command, home: Home, answers: list[str]) -> None:
    """While the latest check-in says injured, the questions of the month do not ask how much running mattered."""
    cli(
        "check-in", "--mood", "3", "--energy", "3", "--tag", "injured", "--at", f"{home.today() - dt.timedelta(days=1)}"
    )
    answers += ["long", "", ""]
    cli("reflect")
    said = [each.entry.prompt for each in read(home.journal).records if isinstance(each.entry, Reflection)]
    assert said == [home.say("cli.goals.month.without")]
    cli("check-in", "--mood", "6", "--energy", "6")
    answers += ["a lot", "", "", ""]
    cli("reflect")
    last = read(home.journal).records[-1].entry
    assert isinstance(last, Reflection)
    assert last.prompt == home.say("cli.goals.month.mattered")


def test_a_look_before_a_plan(cli: Command, home: Home, answers: list[str]) -> None:
    """Readiness is notes for oneself: no score is given, and words of distress bring up the panel here too."""
    answers += ["not much", "", "", "I have no reason to live", "", "", ""]
    written = cli("readiness").written
    assert "2 saved." in written
    assert "you don't have to be in crisis" in written
    assert len(answers) == 0
    assert {each.entry.occasion for each in read(home.journal).records} == {"before a plan"}  # type: ignore[union-attr]
    assert len(READINESS) == 7


def test_nobody_to_ask(cli: Command) -> None:
    """Without a terminal there is nobody to ask; that is said, and what is needed."""
    answer = cli("reflect")
    assert answer.status == 2
    assert "isn't an interactive terminal. Open one to answer the questions" in answer.complained


def day(date: dt.date, runs: int | None, **more: object) -> dict[str, object]:
    """A day of the table."""
    return {"local_date": date, "day_kind": "no_run", "runs": runs, "check_ins": 1, **more}


def test_how_measures_stand() -> None:
    """What 28 days came to, a week; days that no import covers yet make nothing look like less."""
    days = [TODAY - dt.timedelta(days=number) for number in range(1, 41)]
    frame = DAYS.frame(
        [
            day(date, None if number <= 14 else number % 2, distance_m=None if number <= 14 else 5000.0 * (number % 2))
            | {"mood_evening": 6.0 if number % 2 else None, "helped": ["running", "rest"] if number < 8 else None}
            | {"longest_m": 5000.0 if number % 2 and number > 14 else None}
            for number, date in enumerate(days, start=1)
        ]
    )
    stands = goal_progress(frame, GoalMeasure, TODAY - dt.timedelta(days=1))
    assert stands == {
        "runs a week": 7 * 7 / 14,
        "distance a week": 35_000.0 * 7 / 14,
        "rests a week": 7 * 7 / 14,
        "longest run": 5000.0,
        "evening mood": 6.0,
        "check-ins a week": 7.0,
        "other things that helped a week": 7 * 7 / 28,
    }
    assert goal_progress(DAYS.empty(), ["runs a week", "evening mood"], TODAY) == {}


def test_a_goal_is_told_alike_on_the_page_and_in_the_terminal(cli: Command, home: Home) -> None:
    """Both take figure, days and words from one place; while somebody is hurt both say that a goal of running rests."""
    for measure, target in (("check-ins a week", "5"), ("distance a week", "25")):
        cli("goal", "add", f"my {measure}", "--kind", "fitness", "--measure", measure, "--target", target)
    for ago in range(3):
        cli("check-in", "--mood", "6", "--energy", "5", "--at", f"{home.today() - dt.timedelta(days=ago)}")
    cli("check-in", "--mood", "3", "--energy", "3", "--tag", "injured")
    cli("rebuild")
    typed = {line.strip() for line in cli("goal").written.splitlines() if line.startswith(" ")}
    page = build_summary(load_report_data(home, home.today()))
    assert typed == {goal.stands[0] for goal in page.goals}
    assert home.say("goal.rests") in typed


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("feeling", "therapeutic"), ("Running", "fitness"), ("therapeutic", "therapeutic"), ("fitness", "fitness")],
)
def test_a_kind_of_goal_has_the_name_one_expects(cli: Command, tmp_path: Path, typed: str, kind: str) -> None:
    """For how one feels, for how one runs; the spelling of the journal is read as well."""
    assert cli("goal", "add", "calm", "--kind", typed).status == 0
    assert f'"kind": "{kind}"' in (tmp_path / "home/journal/journal.jsonl").read_text()
