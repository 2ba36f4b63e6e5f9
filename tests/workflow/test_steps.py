"""What is due on a night, what a failing step leaves standing, and what the log and the person hear of it."""

from __future__ import annotations

import datetime as dt
import json
import os
import plistlib
import random
import shlex
import sqlite3
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from pipelines_homes import LAST_DAY, new_files

from pipelines.prefect_env import RECORDS, configure_prefect_env
from pipelines.schedule import PRINTED
from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.errors import UserError
from runmood.home.home import Home, open_home
from runmood.home.user_config import config_path
from runmood.ingest.importer import open_warehouse
from runmood.journal.store import append
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.publish import differences
from runmood.warehouse.queries import run_query
from runmood.workflow import steps
from runmood.workflow.errors import LOG, LOG_BYTES, NightlyStep, StepFailedError, notify, write_log
from runmood.workflow.imports import batches, revert_import
from runmood.workflow.night import STEPS as WORK
from runmood.workflow.nightly_run import (
    NightFailedError,
    NightlyRun,
    Outcome,
    keep_night,
    last_night,
    one_night,
    quiet_night,
)
from runmood.workflow.state import STEPS, check_clock, is_due, last_due, stale_steps, state_of

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.readers.registry import FileContent

OUTINGS = simulate(LAST_DAY, days=30).outings
LISBON = ZoneInfo("Europe/Lisbon")
BEGAN = dt.datetime(2025, 11, 22, 3, 30, tzinfo=dt.UTC)
FROM_THE_JOURNAL_ON = STEPS[1:]


@pytest.fixture
def made(empty_home: Home) -> Home:
    """A home with one run, everything made."""
    (empty_home.inbox / "a.fit").write_bytes(recorded_as(OUTINGS[0], "fit"))
    for step in STEPS:
        WORK[step](empty_home, LAST_DAY)
    return empty_home


def said(home: Home, mood: float) -> None:
    """A check-in on the day of the first run."""
    moment = dt.datetime.combine(OUTINGS[0].date, dt.time(20), home.zone)
    append(home.journal, [NewEntry(moment, CheckIn(moment, "evening", mood))])


def test_nothing_new_is_due_on_no_step(made: Home) -> None:
    """The same day, inbox, journal, settings and formulas, and what was made in its place: nothing is due."""
    assert stale_steps(state_of(made, LAST_DAY), state_of(made, LAST_DAY)) == ()
    assert stale_steps({}, state_of(made, LAST_DAY)) == STEPS


def test_what_is_due_follows_what_is_new(made: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word, a setting or a new day needs no reading; a file, a formula, another place or a lost copy needs all."""
    before = state_of(made, LAST_DAY)

    def due_now() -> tuple[str, ...]:
        return stale_steps(before, state_of(made, LAST_DAY))

    assert stale_steps(before, state_of(made, LAST_DAY + dt.timedelta(days=1))) == FROM_THE_JOURNAL_ON
    said(made, 6)
    assert due_now() == FROM_THE_JOURNAL_ON
    (made.journal / "journal.jsonl").unlink()
    assert due_now() == ()
    (made.root / "settings.toml").write_text('name = "Ana"\n', encoding="utf-8")
    assert due_now() == FROM_THE_JOURNAL_ON
    before = state_of(made, LAST_DAY)
    for name, other in (("FORMULAS", {"reading": 99}), ("READERS", made.root / "no readers")):
        with monkeypatch.context() as patched:
            patched.setattr(f"runmood.workflow.state.{name}", other)
            assert due_now() == STEPS
    (made.inbox / "b.fit").write_bytes(b"")
    assert due_now() == STEPS
    (made.inbox / "b.fit").unlink()
    (made.inbox / "b.fit").symlink_to(made.root / "a disk that is not there")
    linked = state_of(made, LAST_DAY)
    (made.root / "a disk that is not there").write_bytes(b"and now it is")
    assert stale_steps(linked, state_of(made, LAST_DAY)) == STEPS
    (made.inbox / "b.fit").unlink()
    assert due_now() == ()
    made.published.unlink()
    assert due_now() == STEPS


def test_a_home_that_was_moved_is_made_anew(made: Home) -> None:
    """Everything is due where the home stands elsewhere; points follow at once, before that."""
    before = state_of(made, LAST_DAY)
    moved = made.root.rename(made.root.with_name("on a stick"))
    assert stale_steps(before, state_of(open_home(moved), LAST_DAY)) == STEPS
    assert run_query(moved / "runmood.duckdb", "select count(*) as n from points")["n"].item() > 100


def failing(night: NightlyRun, home: Home, step: str, fault: BaseException) -> None:
    """A step of the night that meets a fault."""

    def work() -> Outcome:
        with NightlyStep(home, step):
            raise fault

    night.do(step, work)


def test_a_night_that_left_steps_is_kept_with_them(empty_home: Home) -> None:
    """What failed, what waited for it and since when all was well are there the next day, for doctor and schedule."""

    def run(step: str, *_: object) -> Outcome:
        if step == "days":
            raise StepFailedError("The disk is full.", OSError())
        return Outcome(f"{step} done")

    night = one_night(empty_home, empty_home.today(), run=run)
    assert (list(night.failed), list(night.left)) == (["days"], ["findings", "publish"])
    assert last_night(empty_home) == night


def test_a_fault_in_the_code_quotes_nothing_that_a_person_wrote(empty_home: Home) -> None:
    """The sentence and the log have its kind and its places, never its message; a sentence of ours is passed on."""
    night = NightlyRun(BEGAN, LAST_DAY)
    failing(night, empty_home, "days", ValueError("cannot convert 'I cried all evening'"))
    failing(night, empty_home, "publish", UserError("The disk is full."))
    keep_night(empty_home, night)
    log = (empty_home.work / LOG).read_text(encoding="utf-8")
    assert "A fault in runmood: ValueError in " in night.failed["days"]
    assert "test_steps.py, line" in log
    assert "cried" not in log + night.as_text(empty_home.say) + night.as_markdown(empty_home.say)
    assert night.failed["publish"] == "The disk is full."
    assert (empty_home.work / LOG).stat().st_mode & 0o077 == 0


def test_a_step_is_stopped_by_hand(empty_home: Home) -> None:
    """Ctrl-C is no fault of a step: it ends the night."""
    with pytest.raises(KeyboardInterrupt):
        failing(NightlyRun(BEGAN, LAST_DAY), empty_home, "days", KeyboardInterrupt())


def test_a_night_is_kept_for_the_next(empty_home: Home) -> None:
    """What a night came to is read back as it was; a record that makes no sense is none."""
    night = NightlyRun(BEGAN, LAST_DAY, {"days": "Made."}, waiting=2, good_at=BEGAN, state={"inbox": "1", "day": "2"})
    night.state = night.state_after(night.state)
    keep_night(empty_home, night)
    assert last_night(empty_home) == night
    assert night.state == {"day": "2"}, "a file that cannot be opened is tried again every night"
    (empty_home.work / "last-night.json").write_text("{", encoding="utf-8")
    assert last_night(empty_home) is None


def test_after_a_fault_everything_is_due(empty_home: Home) -> None:
    """A night with a failed step leaves no state, so that the next one does everything."""
    night = NightlyRun(BEGAN, LAST_DAY)
    failing(night, empty_home, "findings", OSError("gone"))
    assert night.state_after({"inbox": "1"}) == {}
    why = empty_home.say("error.system.other", code="gone")
    assert f"Findings: this did not work. {why}" in night.as_text(empty_home.say)
    assert str(NightFailedError(night)) == f"findings: {why}"


def test_the_log_makes_room(empty_home: Home) -> None:
    """An old log goes aside once it is large, and only a few of them are kept."""
    for _ in range(6):
        (empty_home.work / LOG).write_text("x" * (LOG_BYTES + 1), encoding="utf-8")
        write_log(empty_home, "Now.")
    assert sorted(path.name for path in empty_home.work.glob(f"{LOG}*")) == [LOG, *(f"{LOG}.{n}" for n in (1, 2, 3))]
    assert (empty_home.work / LOG).read_text(encoding="utf-8").endswith("Now.\n")


def configure(command: str) -> None:
    """Write the command into this account's own configuration."""
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(f"on_failure = {json.dumps(command)}\n", encoding="utf-8")
    config_path().chmod(0o600)


def test_the_persons_own_command_hears_of_a_fault(empty_home: Home) -> None:
    """`on_failure` is run with the step and the sentence in its environment, and with nothing else of the home."""
    configure(f'echo "$RUNMOOD_STEP: $RUNMOOD_FAULT" > "{empty_home.root}/heard"; exit 3')
    notify(empty_home, "days", "The disk is full.")
    assert (empty_home.root / "heard").read_text(encoding="utf-8") == "days: The disk is full.\n"
    assert "on_failure ended with status 3." in (empty_home.work / LOG).read_text(encoding="utf-8")


def test_a_night_that_cannot_be_done_at_all_is_told(empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is logged, and the person's own command hears of it at once, even where the log itself cannot be written."""
    heard = empty_home.root / "heard"
    configure(f'echo "$RUNMOOD_STEP: $RUNMOOD_FAULT" >> {heard}')
    for log in (LOG, "no folder of this name/log"):
        monkeypatch.setattr("runmood.workflow.errors.LOG", log)
        with pytest.raises(StepFailedError), NightlyStep(empty_home, "nightly", tell=True):
            raise UserError("The clock is wrong.")
    assert heard.read_text(encoding="utf-8") == "nightly: The clock is wrong.\n" * 2
    assert "nightly failed: The clock is wrong." in (empty_home.work / LOG).read_text(encoding="utf-8")


@pytest.mark.parametrize("harm", [b"", b"rubbish" * 1000, None])
def test_prefects_damaged_records_keep_no_night_waiting(
    empty_home: Home, harm: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records that are no database are begun anew; whole ones stay."""
    folder = (empty_home.work / "prefect").resolve()
    monkeypatch.setattr("os.environ", dict(os.environ))
    configure_prefect_env(empty_home)
    with sqlite3.connect(folder / RECORDS) as records:
        records.execute("create table flow_run as select 1 as id")
    whole = (folder / RECORDS).read_bytes()
    (folder / RECORDS).write_bytes(whole if harm is None else whole[:1000] + harm if harm else whole[:2000])
    configure_prefect_env(empty_home)
    assert (folder / RECORDS).exists() == (harm is None)


def test_a_home_without_room_is_told_before_prefect_starts(empty_home: Home) -> None:
    """Where nothing can be written it says so at once, and in a sentence."""
    (empty_home.work / "prefect").write_bytes(b"a file where a folder is to be")
    with pytest.raises(UserError) as refused:
        configure_prefect_env(empty_home)
    why = empty_home.say("error.system.exists")
    folder = (empty_home.work / "prefect").resolve()
    assert refused.value.spoken(empty_home.say) == empty_home.say("error.not_written", file=f"{folder}", fault=why)


def test_a_quiet_night_needs_no_prefect(made: Home) -> None:
    """A night in which nothing is due is noted as any other; with a new file there is work for Prefect."""
    night = NightlyRun(BEGAN, made.today(), state=state_of(made, made.today()), good_at=BEGAN)
    keep_night(made, night)
    quiet = quiet_night(made, made.today())
    assert quiet is not None
    assert last_night(made) == quiet
    assert quiet.began_at > BEGAN
    (made.inbox / "b.fit").write_bytes(recorded_as(OUTINGS[1], "fit"))
    assert quiet_night(made, made.today()) is None


def test_another_programs_prefect_decides_nothing(empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither an address nor a database nor a profile of the environment is used: only the settings name a server."""
    theirs = {
        "PREFECT_API_URL": "http://192.0.2.1/api",
        "PREFECT_HOME": "/elsewhere",
        "PREFECT_PROFILE": "theirs",
        "PREFECT_API_DATABASE_CONNECTION_URL": "sqlite:///theirs.db",
        "PREFECT_API_AUTH_STRING": "theirs",
    }
    monkeypatch.setattr("os.environ", dict(os.environ) | theirs)
    configure_prefect_env(empty_home)
    assert not {*theirs.values()} & {*os.environ.values()}
    assert "PREFECT_API_URL" not in os.environ
    assert os.environ["RUNMOOD_HOME"] == str(empty_home.root.resolve())


def test_a_clock_that_lost_its_battery_does_no_harm() -> None:
    """A day long before the last night and the last run is refused; the day before may be another time zone."""
    last = NightlyRun(BEGAN, LAST_DAY)
    check_clock(None, dt.date(1970, 1, 1), BEGAN)
    check_clock(last, LAST_DAY - dt.timedelta(days=1), BEGAN)
    with pytest.raises(UserError, match="1 January 1970"):
        check_clock(last, dt.date(1970, 1, 1), BEGAN)


def test_a_clock_that_was_ahead_for_one_night_ends_no_later_one() -> None:
    """Where the last night alone lies ahead and no run does, its clock was wrong, and tonight is done."""
    check_clock(NightlyRun(BEGAN, dt.date(2030, 1, 1)), LAST_DAY, BEGAN)
    check_clock(NightlyRun(BEGAN, dt.date(2030, 1, 1)), LAST_DAY, None)


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


def test_a_night_that_was_slept_through_is_due_once(empty_home: Home) -> None:
    """On waking one night is due, however many were missed, and none once it has begun."""
    home = replace(empty_home, settings=replace(empty_home.settings, time_zone="Europe/Lisbon"))
    woke = dt.datetime(2025, 11, 25, 8, 0, tzinfo=dt.UTC)
    assert is_due(home, None, woke)
    assert is_due(home, NightlyRun(BEGAN, LAST_DAY), woke)
    assert not is_due(home, NightlyRun(woke, LAST_DAY), woke + dt.timedelta(hours=19))
    assert is_due(home, NightlyRun(woke + dt.timedelta(days=2000), LAST_DAY), woke), (
        "a clock that was ahead silences no night"
    )
    assert is_due(home, NightlyRun(woke, LAST_DAY), woke + dt.timedelta(hours=20))


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
    rows = run_query(
        home.published, "select night, string_agg(findings::varchar, ' ' order by question) from findings group by 1"
    )
    return dict(rows.iter_rows())


def test_only_the_nights_that_a_word_touches_are_answered_anew(made: Home) -> None:
    """A late check-in changes its own day and the nights after it; the same again changes none."""
    (made.inbox / "b.fit").write_bytes(recorded_as(OUTINGS[5], "fit"))
    WORK["import"](made, LAST_DAY)
    with open_warehouse(made) as store:
        steps.build_days(made, store, LAST_DAY)
        assert steps.find_patterns(store) == OUTINGS[0].date + dt.timedelta(days=1)
        assert steps.find_patterns(store) is None
    moment = dt.datetime.combine(OUTINGS[5].date - dt.timedelta(days=1), dt.time(21), made.zone)
    append(made.journal, [NewEntry(moment, CheckIn(moment, "evening", 4))])
    with open_warehouse(made) as store:
        steps.build_days(made, store, LAST_DAY)
        assert steps.find_patterns(store) == moment.date()


def test_files_that_the_code_cannot_read_keep_nobody_waiting(empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a fault in the code stops the import, every other file is read; the one waits, and the step says so."""
    for number in range(3):
        (empty_home.inbox / f"{number}.fit").write_bytes(recorded_as(OUTINGS[number], "fit"))
    decode = __import__("runmood.readers", fromlist=["decode_with"]).decode_with
    bad = recorded_as(OUTINGS[1], "fit")

    def stumble(reader: object, content: FileContent, *rest: object) -> object:
        if content.data == bad:
            raise ZeroDivisionError
        return decode(reader, content, *rest)

    monkeypatch.setattr("runmood.ingest.read_file.decode_with", stumble)
    with pytest.raises(StepFailedError, match="ZeroDivisionError"):
        WORK["import"](empty_home, LAST_DAY)
    ((left,),) = new_files(empty_home)
    assert left.name.endswith("1.fit")
    assert "import of inbox/1.fit failed" in (empty_home.work / LOG).read_text(encoding="utf-8")


def test_looking_for_what_is_new_takes_no_frames(made: Home) -> None:
    """A night without news loads neither Polars nor DuckDB nor statistics."""
    script = """
import sys
from pathlib import Path
from runmood.home.home import open_home
from pipelines import nightly as flows
from runmood.workflow.state import state_of
home = open_home(Path(sys.argv[1]))
state_of(home, home.today())
print(sorted({'polars', 'duckdb', 'numpy'} & set(sys.modules)))
"""
    told = subprocess.run([sys.executable, "-c", script, str(made.root)], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("seed", range(3))
def test_night_after_night_comes_to_what_a_rebuild_comes_to(empty_home: Home, seed: int) -> None:
    """Runs that come in any order, late words, an import taken back: every table is as if made at once."""
    drawn = random.Random(seed)  # noqa: S311 - moments, not secrets
    outings = drawn.sample(OUTINGS, 5)
    for number, outing in enumerate(outings):
        (empty_home.inbox / f"{number}.fit").write_bytes(recorded_as(outing, "fit"))
        for day in drawn.sample(range(30), 3):
            moment = dt.datetime.combine(LAST_DAY - dt.timedelta(days=day), dt.time(21), empty_home.zone)
            append(empty_home.journal, [NewEntry(moment, CheckIn(moment, "evening", drawn.randint(0, 10)))])
        for step in STEPS:
            WORK[step](empty_home, LAST_DAY)
    revert_import(empty_home, batches(empty_home)["batch"][drawn.randrange(5)])
    for step in STEPS[1:]:
        WORK[step](empty_home, LAST_DAY)
    before = steps.keep_published(empty_home)
    steps.delete_derived_files(empty_home)
    steps.run_pipeline(empty_home, LAST_DAY)
    assert before is not None
    told = {each.table: each for each in differences(before, empty_home.published)}
    assert told.keys() <= {"imports"}, told  # a row of imports says what the import came to when it was made
