"""The commands as a person types them."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from runmood import cli as saying
from runmood.cli import main as cli
from runmood.cli.main import COMMANDS, FORMER, GROUP_OF, WITH_NEXT_STEP
from runmood.cli.runs import runs_as_text
from runmood.cohort import bucket
from runmood.core.catalogue import languages
from runmood.core.i18n import translator
from runmood.home.home import Home, open_home
from runmood.home.settings import SettingsError
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.workflow import nightly_run

if TYPE_CHECKING:
    from pathlib import Path

YEAR = simulate(dt.date(2025, 11, 21), days=30)


Command = Callable[..., Any]


def journal(folder: Path) -> list[dict[str, object]]:
    """The lines of the home's journal."""
    return [json.loads(line) for line in (folder / "home/journal/journal.jsonl").read_text("utf-8").splitlines()]


def test_a_check_in_is_one_line(cli: Command, tmp_path: Path) -> None:
    """Mood and energy are kept with what else was said, and nothing that was not."""
    answer = cli("check-in", "--mood", "7", "--energy", "6", "--kind", "evening", "--tag", "social", "--note", "windy")
    assert (answer.status, answer.written.split(",")[0]) == (0, "Saved: evening")
    (line,) = journal(tmp_path)
    assert {"mood": 7, "energy": 6, "kind": "evening", "tags": ["social"], "note": "windy"}.items() <= line.items()
    assert "sleep" not in line


def test_a_check_in_asks_and_presets_nothing(cli: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a terminal it asks until it has a number from 0 to 10; an empty answer is no answer."""
    answers = iter(["", "eleven", "11", "7,5", "6", ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer._click.termui.visible_prompt_func", lambda _prompt: next(answers))
    assert cli("check-in").status == 0
    (line,) = journal(tmp_path)
    assert (line["mood"], line["energy"]) == (7.5, 6)


def test_a_check_in_with_nobody_to_ask(cli: Command) -> None:
    """Without a terminal and without a mood it says what to give, with exit status 2."""
    answer = cli("check-in", "--energy", "5")
    assert (answer.status, "Pass --mood and --energy" in answer.complained) == (2, True)


def test_plans_and_sheets(cli: Command, tmp_path: Path) -> None:
    """A habit, a plan in a CSV file and check-ins of a CSV file go to the journal; the same again adds nothing."""
    (tmp_path / "plan.csv").write_text("date,planned\n2031-05-04,run\n", encoding="utf-8")
    (tmp_path / "moods.csv").write_text(
        "date,kind,mood\n2025-05-04,evening,6\n2025-05-05,evening,7\n", encoding="utf-8"
    )
    assert cli("plan", "--habit", "tue thu sun").status == 0
    assert cli("plan", str(tmp_path / "plan.csv")).status == 0
    assert "2 of them new" in cli("journal", "import", str(tmp_path / "moods.csv")).written
    assert "0 of them new" in cli("journal", "import", str(tmp_path / "moods.csv")).written
    assert [line["entry"] for line in journal(tmp_path)] == ["habit", "plan", "check-in", "check-in"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("plan", "--habit", "tue someday"), 'know the day "someday"'),
        (("columns", "nothing"), "There is no table nothing"),
        (("query", "from runs"), "`runmood nightly` makes it"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(cli: Command, words: tuple[str, ...], sentence: str) -> None:
    """What cannot be done is told in a sentence, with exit status 2 and no traceback."""
    answer = cli(*words)
    assert (answer.status, sentence in answer.complained) == (2, True)
    assert "Traceback" not in answer.complained


def test_import_query_summary(cli: Command, tmp_path: Path) -> None:
    """Files go in with a word on each that needs a look; the database answers; the summary reads."""
    folder = tmp_path / "from the watch"
    folder.mkdir()
    for number, outing in enumerate(YEAR.outings[:3]):
        (folder / f"{number}.fit").write_bytes(recorded_as(outing, "fit"))
    (folder / "page.fit").write_bytes(b"<!doctype html><title>Log in</title>")
    first = cli("import", str(folder), str(tmp_path / "missing"))
    assert first.status == 1
    assert "4 new files: 3 runs; 1 we can't read." in first.written
    assert "inbox/from the watch/page.fit: This is a web page" in first.written
    assert "no such file or folder" in first.complained
    assert cli("import", str(folder)).written.startswith("Nothing new:")
    absent = cli("import", str(tmp_path / "missing"))
    assert (absent.status, absent.written.strip()) == (1, "Nothing new was imported.")
    counted = cli("query", "select count(*) as runs from runs", "--format", "json")
    assert json.loads(counted.written) == [{"runs": 3}]
    assert cli("query", "select 1 as a, 'x' as b", "--format", "csv").written == "a,b\n1,x\n"
    assert "28 October" in cli("summary").written
    assert cli("query", "from nothing").status == 2


def test_what_is_set_aside_is_counted_by_reason(cli: Command, tmp_path: Path) -> None:
    """Files that are something else are told of by how many and why, not one by one."""
    ride = recorded_as(YEAR.outings[0], "tcx").replace(b'Sport="Running"', b'Sport="Biking"')
    for number in range(3):
        (tmp_path / f"ride{number}.tcx").write_bytes(ride.replace(b"</Activities>", b" " * number + b"</Activities>"))
    answer = cli("import", *(str(tmp_path / f"ride{number}.tcx") for number in range(3)))
    assert answer.status == 0
    assert "3 new files: 3 something else." in answer.written
    assert "3 are other sports and don't count: cycling (3)." in answer.written
    assert "runmood summary" not in answer.written


def test_the_inbox_is_never_changed(cli: Command, tmp_path: Path) -> None:
    """Another file of the same name gets a number; the first one stays as it was."""
    path = tmp_path / "run.fit"
    for outing in YEAR.outings[:2]:
        path.write_bytes(recorded_as(outing, "fit"))
        assert cli("import", str(path)).status == 0
    inbox = tmp_path / "home" / "inbox"
    assert sorted(each.name for each in inbox.iterdir()) == ["run-2.fit", "run.fit"]
    assert (inbox / "run.fit").read_bytes() == recorded_as(YEAR.outings[0], "fit")


def test_everything_made_is_its_owners_alone(cli: Command, tmp_path: Path) -> None:
    """No file in a home can be read by other users of the machine."""
    path = tmp_path / "run.fit"
    path.write_bytes(recorded_as(YEAR.outings[0], "fit"))
    cli("import", str(path))
    cli("check-in", "--mood", "5", "--energy", "5")
    files = [each for each in (tmp_path / "home").rglob("*") if each.is_file()]
    assert len(files) > 5
    assert [each for each in files if each.stat().st_mode & 0o077] == []


def test_a_summary_of_an_empty_home_says_what_to_do(cli: Command) -> None:
    """With nothing there yet, the summary names the first two commands."""
    answer = cli("summary")
    assert answer.status == 0
    assert "runmood import" in answer.written
    assert "runmood check-in" in answer.written


def test_a_summary_takes_in_what_was_just_said(cli: Command, tmp_path: Path) -> None:
    """A check-in after the last night is in the summary at once."""
    cli("summary")
    cli("check-in", "--mood", "9", "--energy", "5", "--kind", "evening")
    cli("summary")
    days = pl.read_json(cli("query", "select mood_evening from days", "--format", "json").written.encode())
    assert days["mood_evening"].to_list() == [9]
    assert tmp_path.exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('time_zone = "Europe/Athnes"', "time_zone is 'Europe/Athnes', which no list knows"),
        ('timezone = "Europe/Lisbon"', "Did you mean time_zone?"),
        ("units = 3", "units is to be text"),
        ('units = "furlongs"', "units is 'furlongs', not one of metric, imperial"),
        ("name = ", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(cli: Command, empty_home: Home, line: str, sentence: str) -> None:
    """A wrong setting is named with what is wrong; nothing is made with a guess, and what a person says is kept."""
    (empty_home.root / "settings.toml").write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError, match=sentence.replace("?", r"\?")):
        open_home(empty_home.root)
    for words, status in ((("rebuild",), 2), (("check-in", "--mood", "5", "--energy", "5"), 0)):
        answer = cli(*words)
        assert (answer.status, sentence in answer.complained) == (status, True)


def test_the_daily_commands_start_light() -> None:
    """A check-in loads neither frames, nor a database, nor statistics, nor Prefect."""
    heavy = "{'polars', 'numpy', 'duckdb', 'prefect', 'jinja2', 'fastapi'}"
    script = f"import sys, {cli.__name__}, {saying.__name__}; print(sorted({heavy} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_a_night_that_finds_nothing_new_starts_light() -> None:
    """To see that nothing is due, a night loads neither frames, nor a database, nor what reads files.

    Nor does what hands homes out to the processes that serve them, as each worker of an engine does.
    """
    heavy = "{'polars', 'numpy', 'duckdb', 'jinja2', 'runmood.readers'}"
    script = f"import sys, {nightly_run.__name__}, {bucket.__name__}; print(sorted({heavy} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("module", "left_out"),
    [("runs", "numpy"), ("query", "numpy"), ("reports", "runmood.readers"), ("reports", "runmood.ingest.importer")],
)
def test_what_shows_what_is_published_starts_light(module: str, left_out: str) -> None:
    """A summary, a run and lists load nothing that reads files; lists and queries load no statistics either."""
    script = f"import sys, runmood.cli.{module}; print({left_out!r} in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_a_summary_needs_no_prefect() -> None:
    """Showing the summary loads neither Prefect nor what it brings."""
    loaded = "sorted({'prefect', 'fastapi'} & set(sys.modules))"
    script = f"import sys; from runmood.workflow import steps; print({loaded})"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_help_lists_every_command_with_a_line(cli: Command) -> None:
    """Help imports the commands to show what each is for; former names are not in it."""
    lines = cli("--help").written.splitlines()
    named = [name for name in COMMANDS if any(line.strip("│ ").startswith(f"{name} ") for line in lines)]
    assert named == [*COMMANDS]
    assert not any(line.strip("│ ").startswith((*(f"{name} " for name in FORMER),)) for line in lines)


def test_a_former_name_goes_on_working(cli: Command) -> None:
    """What a script calls by a former name does what it did."""
    assert cli("said").written == cli("log").written != ""


def test_a_check_in_imports_no_other_command() -> None:
    """The module of a command is imported when it is called."""
    script = "import sys; from runmood.cli import main; print([m for m in sys.modules if m.startswith('runmood.cli.')])"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "['runmood.cli.main']"


def test_runmood_alone_greets_and_shows_four_things_to_do(cli: Command, tmp_path: Path) -> None:
    """Without a command nothing is begun: a greeting, and import, check-in, summary and web."""
    answer = cli()
    steps = [line.split()[1] for line in answer.written.splitlines() if line.startswith("  runmood ")]
    assert (answer.status, steps) == (0, ["import", "check-in", "summary", "web"])
    assert not (tmp_path / "home").exists()


def test_the_greeting_is_in_the_language_of_the_home(cli: Command, tmp_path: Path) -> None:
    """A German home greets in German."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home/settings.toml").write_text('time_zone = "Europe/Berlin"\nlanguage = "de"\n', encoding="utf-8")
    assert "Hallo!" in cli().written


@pytest.mark.parametrize("language", languages())
def test_what_the_system_refuses_is_said_in_the_language_of_the_home(
    cli: Command, tmp_path: Path, language: str
) -> None:
    """A file where the folder of the journal should be: its name, and why nothing can be written there."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home/settings.toml").write_text(f'language = "{language}"\n', encoding="utf-8")
    (tmp_path / "home/journal").touch()
    answer = cli("check-in", "--mood", "5", "--energy", "5")
    why = translator(language, "metric")("error.system.exists")
    assert (answer.status, answer.complained) == (2, f"runmood: {tmp_path / 'home/journal'}: {why}\n")


def test_the_version_is_shown(cli: Command) -> None:
    """--version names the installed version and does nothing else."""
    assert re.fullmatch(r"runmood \d+\.\S+\n", cli("--version").written)


def test_h_is_help_for_every_command(cli: Command) -> None:
    """-h shows what --help shows, for runmood and for a command."""
    assert cli("-h").written == cli("--help").written
    assert cli("check-in", "-h").written == cli("check-in", "--help").written


def test_a_slip_of_the_keyboard_is_answered_with_the_nearest_command(cli: Command) -> None:
    """A command that is not there names one spelled alike, with exit status 2."""
    answer = cli("sumary")
    assert (answer.status, "Did you mean: summary?" in " ".join(answer.complained.split())) == (2, True)


def test_every_command_has_one_group_in_help(cli: Command) -> None:
    """Help shows the commands in seven groups, none outside of them."""
    assert GROUP_OF.keys() == COMMANDS.keys()
    shown = cli("--help").written
    assert "Every day" in shown
    assert "For analysts" in shown
    assert "─ Commands ─" not in shown


@pytest.mark.parametrize("language", languages())
def test_each_next_step_names_commands_that_there_are(language: str) -> None:
    """What is said after a command has words in each language, and every command in them can be typed."""
    for command in WITH_NEXT_STEP:
        assert command in COMMANDS
        step = translator(language, "metric")(f"cli.main.next.{command.replace('-', '_')}")
        assert {*re.findall(r"`runmood ([a-z-]+)", step)} <= {*COMMANDS}


def test_a_next_step_ends_a_command_on_a_terminal_alone(
    cli: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person is told what they may do next, also where files want a look; a script's output stays as it is."""
    (tmp_path / "walk.gpx").write_bytes(b"<gpx")
    typed = cli("import", str(tmp_path / "walk.gpx"))
    assert "runmood web" not in typed.written + typed.complained
    monkeypatch.setattr(saying.main, "_on_a_terminal", lambda: True)
    asked = cli("import", str(tmp_path / "walk.gpx"))
    assert (asked.status, "`runmood web`" in asked.complained) == (1, True)
    assert "`runmood web`" in cli("plan").complained
    assert "`runmood" not in cli("columns").complained


@pytest.mark.parametrize("width", [40, 60, 80, 200, None])
def test_runs_fit_a_narrow_terminal(width: int | None) -> None:
    """No line is wider than the terminal, each run keeps name, day, distance, time and pace, and files go first."""
    runs = pl.DataFrame([{
        "run_id": "20261122-084653-2", "local_date": dt.date(2026, 11, 22), "local_clock": "08:46",
        "distance_m": 117270.0, "moving_s": 36119.0, "pace_s_km": 354.0, "file_names": ["inbox/2026/a-run.fit"],
    }])  # fmt: skip
    lines = runs_as_text(translator("en", "metric"), runs, None, width).replace("\xa0", " ").splitlines()
    assert all(len(line) <= (width or 1000) for line in lines)
    for part in ("20261122-084653-2", "Sun 22 Nov 2026 08:46", "117.27 km", "10:01:59", "5:54 /km"):
        assert part in " ".join(lines)
    assert "117,27 km" in runs_as_text(translator("nl", "metric"), runs, None, width).replace("\xa0", " ")
    assert ("a-run.fit" in " ".join(lines)) is (width in (200, None))
