"""What is due on a night, what a failing step leaves standing, and what the log and the person hear of it."""

from __future__ import annotations

import datetime as dt
import plistlib
import random
import shlex
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pipelines_homes import LAST_DAY

from pipelines.prefect_env import RECORDS, keep_prefect_quiet
from pipelines.units import PRINTED
from runmood.core.models import CheckIn, Said
from runmood.core.notices import CannotBeDoneError
from runmood.home.home import Home, open_home
from runmood.ingest.batch import new_files
from runmood.ingest.imports import batches, take_back
from runmood.journal.store import append
from runmood.nightly import steps
from runmood.nightly.errors import LOG, LOG_BYTES, StepFailedError, notify, one_step, write_log
from runmood.nightly.night import STEPS as WORK
from runmood.nightly.state import (
    STEPS,
    Night,
    NightFailedError,
    Outcome,
    close,
    due,
    is_due,
    last_due,
    last_night,
    mind_the_clock,
    state_of,
)
from runmood.simulate import invent
from runmood.simulate.writers import recorded_as
from runmood.warehouse.publish import differences
from runmood.warehouse.queries import ask

OUTINGS = invent(LAST_DAY, days=30).outings
LISBON = ZoneInfo("Europe/Lisbon")
BEGAN = dt.datetime(2025, 11, 22, 3, 30, tzinfo=dt.UTC)
FROM_THE_JOURNAL_ON = STEPS[1:]


@pytest.fixture
def made(empty: Home) -> Home:
    """A home with one run, everything made."""
    (empty.inbox / "a.fit").write_bytes(recorded_as(OUTINGS[0], "fit"))
    for step in STEPS:
        WORK[step](empty, LAST_DAY)
    return empty


def said(home: Home, mood: float) -> None:
    """A check-in on the day of the first run."""
    moment = dt.datetime.combine(OUTINGS[0].date, dt.time(20), home.zone)
    append(home.journal, [Said(moment, CheckIn(moment, "evening", mood))])


def test_nothing_new_is_due_on_no_step(made: Home) -> None:
    """The same day, inbox, journal, settings and formulas, and what was made in its place: nothing is due."""
    assert due(state_of(made, LAST_DAY), state_of(made, LAST_DAY)) == ()
    assert due({}, state_of(made, LAST_DAY)) == STEPS


def test_what_is_due_follows_what_is_new(made: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word, a setting or a new day needs no reading; a file, a formula, another place or a lost copy needs all."""
    before = state_of(made, LAST_DAY)

    def due_now() -> tuple[str, ...]:
        return due(before, state_of(made, LAST_DAY))

    assert due(before, state_of(made, LAST_DAY + dt.timedelta(days=1))) == FROM_THE_JOURNAL_ON
    said(made, 6)
    assert due_now() == FROM_THE_JOURNAL_ON
    (made.journal / "journal.jsonl").unlink()
    assert due_now() == ()
    (made.root / "settings.toml").write_text('name = "Ana"\n', encoding="utf-8")
    assert due_now() == FROM_THE_JOURNAL_ON
    before = state_of(made, LAST_DAY)
    with monkeypatch.context() as patched:
        patched.setattr("runmood.nightly.state.FORMULAS", {"reading": 99})
        assert due_now() == STEPS
    (made.inbox / "b.fit").write_bytes(b"")
    assert due_now() == STEPS
    (made.inbox / "b.fit").unlink()
    (made.inbox / "b.fit").symlink_to(made.root / "a disk that is not there")
    linked = state_of(made, LAST_DAY)
    (made.root / "a disk that is not there").write_bytes(b"and now it is")
    assert due(linked, state_of(made, LAST_DAY)) == STEPS
    (made.inbox / "b.fit").unlink()
    assert due_now() == ()
    made.published.unlink()
    assert due_now() == STEPS


def test_a_home_that_was_moved_is_made_anew(made: Home) -> None:
    """Everything is due where the home stands elsewhere; points follow at once, before that."""
    before = state_of(made, LAST_DAY)
    moved = made.root.rename(made.root.with_name("on a stick"))
    assert due(before, state_of(open_home(moved), LAST_DAY)) == STEPS
    assert ask(moved / "runmood.duckdb", "select count(*) as n from points")["n"].item() > 100


def failing(night: Night, home: Home, step: str, fault: BaseException) -> None:
    """A step of the night that meets a fault."""

    def work() -> Outcome:
        with one_step(home, step):
            raise fault

    night.do(step, work)


def test_a_fault_in_the_code_quotes_nothing_that_a_person_wrote(empty: Home) -> None:
    """The sentence and the log have its kind and its places, never its message; a sentence of ours is passed on."""
    night = Night(BEGAN, LAST_DAY)
    failing(night, empty, "days", ValueError("cannot convert 'I cried all evening'"))
    failing(night, empty, "publish", CannotBeDoneError("The disk is full."))
    close(empty, night)
    log = (empty.work / LOG).read_text(encoding="utf-8")
    assert "A fault in runmood: ValueError in " in night.failed["days"]
    assert "test_nightly_steps.py, line" in log
    assert "cried" not in log + night.as_text() + night.as_markdown()
    assert night.failed["publish"] == "The disk is full."
    assert (empty.work / LOG).stat().st_mode & 0o077 == 0


def test_a_step_is_stopped_by_hand(empty: Home) -> None:
    """Ctrl-C is no fault of a step: it ends the night."""
    with pytest.raises(KeyboardInterrupt):
        failing(Night(BEGAN, LAST_DAY), empty, "days", KeyboardInterrupt())


def test_a_night_is_kept_for_the_next(empty: Home) -> None:
    """What a night came to is read back as it was; a record that makes no sense is none."""
    night = Night(BEGAN, LAST_DAY, {"days": "Made."}, waiting=2, good_at=BEGAN, state={"inbox": "1", "day": "2"})
    night.state = night.state_after(night.state)
    close(empty, night)
    assert last_night(empty) == night
    assert night.state == {"day": "2"}, "a file that cannot be opened is tried again every night"
    (empty.work / "last-night.json").write_text("{", encoding="utf-8")
    assert last_night(empty) is None


def test_after_a_fault_everything_is_due(empty: Home) -> None:
    """A night with a failed step leaves no state, so that the next one does everything."""
    night = Night(BEGAN, LAST_DAY)
    failing(night, empty, "findings", OSError("gone"))
    assert night.state_after({"inbox": "1"}) == {}
    assert "findings FAILED: gone" in night.as_text()
    assert str(NightFailedError(night)) == "findings: gone"


def test_the_log_makes_room(empty: Home) -> None:
    """An old log goes aside once it is large, and only a few of them are kept."""
    for _ in range(6):
        (empty.work / LOG).write_text("x" * (LOG_BYTES + 1), encoding="utf-8")
        write_log(empty, "Now.")
    assert sorted(path.name for path in empty.work.glob(f"{LOG}*")) == [LOG, *(f"{LOG}.{n}" for n in (1, 2, 3))]
    assert (empty.work / LOG).read_text(encoding="utf-8").endswith("Now.\n")


def test_the_persons_own_command_hears_of_a_fault(empty: Home) -> None:
    """`on_failure` is run with the step and the sentence in its environment, and with nothing else of the home."""
    command = 'echo "$RUNMOOD_STEP: $RUNMOOD_FAULT" > "$HOME/heard"; exit 3'
    home = replace(empty, settings=replace(empty.settings, on_failure=command.replace("$HOME", str(empty.root))))
    notify(home, "days", "The disk is full.")
    assert (empty.root / "heard").read_text(encoding="utf-8") == "days: The disk is full.\n"
    assert "on_failure ended with status 3." in (empty.work / LOG).read_text(encoding="utf-8")


def test_a_night_that_cannot_be_done_at_all_is_told(empty: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is logged, and the person's own command hears of it at once, even where the log itself cannot be written."""
    heard = empty.root / "heard"
    command = f'echo "$RUNMOOD_STEP: $RUNMOOD_FAULT" >> {heard}'
    home = replace(empty, settings=replace(empty.settings, on_failure=command))
    for log in (LOG, "no folder of this name/log"):
        monkeypatch.setattr("runmood.nightly.errors.LOG", log)
        with pytest.raises(StepFailedError), one_step(home, "nightly", tell=True):
            raise CannotBeDoneError("The clock is wrong.")
    assert heard.read_text(encoding="utf-8") == "nightly: The clock is wrong.\n" * 2
    assert "nightly failed: The clock is wrong." in (empty.work / LOG).read_text(encoding="utf-8")


@pytest.mark.parametrize("harm", [b"", b"rubbish" * 1000, None])
def test_prefects_damaged_records_keep_no_night_waiting(
    empty: Home, harm: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records that are no database are begun anew; whole ones, and those of a home of Prefect's own, stay."""
    folder = (empty.work / "prefect").resolve()
    monkeypatch.setenv("PREFECT_HOME", str(folder))
    keep_prefect_quiet(empty)
    with sqlite3.connect(folder / RECORDS) as records:
        records.execute("create table flow_run as select 1 as id")
    whole = (folder / RECORDS).read_bytes()
    (folder / RECORDS).write_bytes(whole if harm is None else whole[:1000] + harm if harm else whole[:2000])
    keep_prefect_quiet(empty)
    assert (folder / RECORDS).exists() == (harm is None)
    (folder / RECORDS).write_bytes(b"rubbish" * 1000)
    monkeypatch.setenv("PREFECT_HOME", str(empty.root))
    keep_prefect_quiet(empty)
    assert (folder / RECORDS).exists()


def test_a_home_without_room_is_told_before_prefect_starts(empty: Home) -> None:
    """Where nothing can be written it says so at once, and in a sentence."""
    (empty.work / "prefect").write_bytes(b"a file where a folder is to be")
    with pytest.raises(CannotBeDoneError, match=r"prefect cannot be written: File exists\. Nothing was done\."):
        keep_prefect_quiet(empty)


def test_a_clock_that_lost_its_battery_does_no_harm() -> None:
    """A day long before the last night is refused; the day before may be another time zone."""
    last = Night(BEGAN, LAST_DAY)
    mind_the_clock(None, dt.date(1970, 1, 1))
    mind_the_clock(last, LAST_DAY - dt.timedelta(days=1))
    with pytest.raises(CannotBeDoneError, match="01 January 1970"):
        mind_the_clock(last, dt.date(1970, 1, 1))


@pytest.mark.parametrize(
    ("now", "due_at"),
    [
        ("2025-11-22T03:29+00:00", "2025-11-21T03:30+00:00"),
        ("2025-11-22T03:30+00:00", "2025-11-22T03:30+00:00"),
        ("2025-07-01T02:31+00:00", "2025-07-01T03:30+01:00"),
        ("2025-07-01T02:29+00:00", "2025-06-30T03:30+01:00"),
    ],
)
def test_when_a_night_was_due(now: str, due_at: str) -> None:
    """The last 03:30 by the clock of the home, in summer and in winter."""
    moment = last_due(dt.datetime.fromisoformat(now), dt.time(3, 30), LISBON)
    assert moment == dt.datetime.fromisoformat(due_at)


def test_a_night_that_was_slept_through_is_due_once(empty: Home) -> None:
    """On waking one night is due, however many were missed, and none once it has begun."""
    home = replace(empty, settings=replace(empty.settings, time_zone="Europe/Lisbon"))
    woke = dt.datetime(2025, 11, 25, 8, 0, tzinfo=dt.UTC)
    assert is_due(home, None, woke)
    assert is_due(home, Night(BEGAN, LAST_DAY), woke)
    assert not is_due(home, Night(woke, LAST_DAY), woke + dt.timedelta(hours=19))
    assert is_due(home, Night(woke + dt.timedelta(days=2000), LAST_DAY), woke), (
        "a clock that was ahead silences no night"
    )
    assert is_due(home, Night(woke, LAST_DAY), woke + dt.timedelta(hours=20))


def test_the_units_call_the_nightly(tmp_path: Path) -> None:
    """Each has absolute paths, quoted as its reader wants them, and the home's own time."""
    home = open_home(tmp_path / "50 % of my $ runs & walks")
    home = replace(home, settings=replace(home.settings, time_zone="Europe/Lisbon", nightly_at=dt.time(22, 5)))
    (cron,) = (line for line in PRINTED["cron"](home).splitlines() if not line.startswith("#"))
    minute, *_, command = cron.split(maxsplit=5)
    assert minute == "5"
    assert shlex.split(command.replace(r"\%", "%"))[-3:] == [str(home.root), "nightly", "--scheduled"]
    systemd = PRINTED["systemd"](home)
    assert '50 %% of my $$ runs & walks" "nightly" "--scheduled"' in systemd
    assert "OnCalendar=*-*-* 22:05:00 Europe/Lisbon\n" in systemd
    assert "Persistent=true" in systemd
    assert "SuccessExitStatus=1" in systemd
    launchd = plistlib.loads(PRINTED["launchd"](home).encode())
    assert launchd["ProgramArguments"][-3:] == [str(home.root), "nightly", "--scheduled"]
    assert launchd["StartCalendarInterval"] == {"Hour": 22, "Minute": 5}


def nights_told(home: Home) -> dict[dt.date, str]:
    """What is published of each night's findings, in one text a night."""
    rows = ask(
        home.published, "select night, string_agg(findings::varchar, ' ' order by question) from findings group by 1"
    )
    return dict(rows.iter_rows())


def test_only_the_nights_that_a_word_touches_are_answered_anew(made: Home) -> None:
    """A late check-in changes its own day and the nights after it; the same again changes none."""
    (made.inbox / "b.fit").write_bytes(recorded_as(OUTINGS[5], "fit"))
    WORK["import"](made, LAST_DAY)
    steps.join_days(made, LAST_DAY)
    assert steps.find_patterns(made) == OUTINGS[0].date + dt.timedelta(days=1)
    assert steps.find_patterns(made) is None
    moment = dt.datetime.combine(OUTINGS[5].date - dt.timedelta(days=1), dt.time(21), made.zone)
    append(made.journal, [Said(moment, CheckIn(moment, "evening", 4))])
    steps.join_days(made, LAST_DAY)
    assert steps.find_patterns(made) == moment.date()


def test_files_that_the_code_cannot_read_keep_nobody_waiting(empty: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a fault in the code stops the import, every other file is read; the one waits, and the step says so."""
    for number in range(3):
        (empty.inbox / f"{number}.fit").write_bytes(recorded_as(OUTINGS[number], "fit"))
    decode = __import__("runmood.readers", fromlist=["decode"]).decode
    bad = recorded_as(OUTINGS[1], "fit")

    def stumble(content: bytes, *rest: object) -> object:
        if content == bad:
            raise ZeroDivisionError
        return decode(content, *rest)

    monkeypatch.setattr("runmood.ingest.read_file.decode", stumble)
    with pytest.raises(StepFailedError, match="ZeroDivisionError"):
        WORK["import"](empty, LAST_DAY)
    ((left,),) = new_files(empty)
    assert left.name.endswith("1.fit")
    assert "import of inbox/1.fit failed" in (empty.work / LOG).read_text(encoding="utf-8")


def test_looking_for_what_is_new_takes_no_frames(made: Home) -> None:
    """A night without news loads neither Polars nor DuckDB nor statistics."""
    script = """
import sys
from pathlib import Path
from runmood.home.home import open_home
from pipelines import nightly as flows
from runmood.nightly.state import state_of
home = open_home(Path(sys.argv[1]))
state_of(home, home.today())
print(sorted({'polars', 'duckdb', 'scipy', 'numpy'} & set(sys.modules)))
"""
    told = subprocess.run([sys.executable, "-c", script, str(made.root)], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("seed", range(3))
def test_night_after_night_comes_to_what_a_rebuild_comes_to(empty: Home, seed: int) -> None:
    """Runs that come in any order, late words, an import taken back: every table is as if made at once."""
    drawn = random.Random(seed)  # noqa: S311 - moments, not secrets
    outings = drawn.sample(OUTINGS, 5)
    for number, outing in enumerate(outings):
        (empty.inbox / f"{number}.fit").write_bytes(recorded_as(outing, "fit"))
        for day in drawn.sample(range(30), 3):
            moment = dt.datetime.combine(LAST_DAY - dt.timedelta(days=day), dt.time(21), empty.zone)
            append(empty.journal, [Said(moment, CheckIn(moment, "evening", drawn.randint(0, 10)))])
        for step in STEPS:
            WORK[step](empty, LAST_DAY)
    take_back(empty, batches(empty)["batch"][drawn.randrange(5)])
    for step in STEPS[1:]:
        WORK[step](empty, LAST_DAY)
    before = steps.keep_published(empty)
    steps.forget_what_was_made(empty)
    steps.make_everything(empty, LAST_DAY)
    assert before is not None
    told = {each.table: each for each in differences(before, empty.published)}
    assert told.keys() <= {"imports"}, told  # a row of imports says what the import came to when it was made
