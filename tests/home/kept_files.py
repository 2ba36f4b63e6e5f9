"""What a home keeps for itself: each file as it may stand, and what is asked of it; and a home that has them all.

`STATE` is what the tests and `benchmarks/fuzz.py` damage; `lived_in` shows that no file is missing from it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import multiprocessing
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from runmood.cohort.bucket import read_visits
from runmood.cohort.folder import Cohort, CohortSettings
from runmood.cohort.release import _remembered, choose_people, read_release
from runmood.cohort.store import expect_changes, is_behind, read_store_record
from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.errors import UserError
from runmood.home.home import Home, open_home
from runmood.home.import_log import ImportKind, imports
from runmood.home.settings import Settings
from runmood.home.work_folder import note_day_to_ask, outside_copies, read_last_run, take_day_to_ask
from runmood.ingest.calendars import keep_doubtful, titles_to_decide
from runmood.ingest.folder_stamps import LISTED, read_snapshots, stamp_folder
from runmood.ingest.watched import collect_from_folders, doubtful_titles, take_messages
from runmood.journal.store import append, missing_ids, read, restore_copy
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.web.access import PairedDevices
from runmood.web.adapters.jobs import ProcessJobRunner
from runmood.workflow.backup import write_backup
from runmood.workflow.doctor import check_nights, check_watched
from runmood.workflow.imports import import_paths
from runmood.workflow.lock import kept_key, lock_home, open_locked, unlock_home
from runmood.workflow.nightly_run import collect_watched_files, last_night, one_night
from runmood.workflow.pooled_effects import read_pooled_effects
from runmood.workflow.state import is_due, stale_steps

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = dt.datetime(2026, 11, 29, 21, tzinfo=dt.UTC)
NIGHT = {
    "began_at": "2026-11-28T03:30:00+00:00", "day": "2026-11-28", "good_at": None, "done": {"import": "x"},
    "failed": {"days": "y"}, "left": {"publish": "days"}, "needs_a_look": False, "waiting": 0,
    "make_again": False, "state": {"inbox": "ab"},
}  # fmt: skip
CALENDAR = {"titles": ["Parkrun?"], "match": ["club"], "all_runs": False, "name": None}
JOB = {
    "kind": "import", "began": "2026-11-28T03:30:00+00:00", "process": 1, "state": "done", "files": 3, "share": None,
    "messages": ["x"],
}  # fmt: skip


WATCHED = {
    "folders": {
        "{folder}": {
            "files": {"a.fit": [3, 1_790_000_000_000_000_000, "watched/a.fit"], "b.ics": [2, 1, "calendar 2026-11-01"]},
            "waiting": {"c.fit": [3, 1_790_000_000.5]}, "gone": ["d.fit"], "doubtful": {"b.ics": ["a walk"]},
            "brought_at": "2026-11-28T03:30:00+00:00",
        }
    },
    "untold": ["x"],
}  # fmt: skip
IMPORT = {
    "batch": "20261101-080000", "source": "/x", "files": ["inbox/a.fit"], "kind": "moods", "entries": ["aa"],
    "withdrawals": ["bb"],
}  # fmt: skip
VISIT = {
    "day": "2026-11-28", "outcome": "done", "sentence": "", "gives": 3, "cpu_s": 0.5, "good_on": "2026-11-28",
    "attempts": 0,
}  # fmt: skip
FIGURE = {
    "question": "C1", "week": "2026-W48", "people": 15, "mean": 0.3, "least": 0.1, "most": 0.5, "spread": 0.2,
    "seen": None,
}  # fmt: skip
STORED = {"complete": True, "files": {"days/bucket=0001/rows.parquet": {"sha256": "ab", "tag": "ab"}}}
POOLED = {
    "week": "2026-W48", "effects": {"C1": {"people": 15, "mean": 0.3, "least": 0.1, "most": 0.5, "spread": 0.2}}
}  # fmt: skip
RELEASE = {
    "week": "2026-W48", "day": "2026-11-28", "name": "club", "people": 15, "figures": [FIGURE],
    "sites": [{"site": "north", "people": 15, "rated_share": 0.5, "known_share": 0.5}],
}  # fmt: skip


def look_at_folders(home: Home) -> None:
    """What is asked of the watched folders: a visit, what a night tells, titles to decide, what the doctor says."""
    folder = home.root / "watch"
    folder.mkdir(exist_ok=True)
    (folder / "a.fit").write_bytes(b"abc")
    kept = home.work / "watched.json"
    kept.write_bytes(kept.read_bytes().replace(b"{folder}", str(folder).encode()))
    home = Home(home.root, Settings(folders=(str(folder),)))
    (home.root / "inbox").mkdir(exist_ok=True)
    assert all(isinstance(said, str) for said in collect_from_folders(home, NOW))
    assert all(each.as_text(home.say) for each in check_watched(home, NOW))
    doubtful_titles(home)
    "".join(take_messages(home))


def look_at_import(home: Home) -> None:
    """What is asked of an import: when it began, and of which kind it was."""
    for each in imports(home.journal):
        assert each.kind in {*ImportKind}
        _ = each.began_at


def look_at_jobs(home: Home) -> None:
    """What the page shows of jobs."""
    for each in ProcessJobRunner(lambda: home).statuses():
        assert isinstance(each.began.astimezone(home.zone), dt.datetime)
        assert all(isinstance(said, str) for said in each.messages)
        assert each.share is None or each.share <= 10**300


def look_at_visits(home: Home) -> None:
    """What the report of a cohort's night asks."""
    for each in read_visits(home.root / "visits.json").values():
        assert isinstance(each.good, bool)
        _ = each.attempts + 1, each.day < NOW.date(), each.gives + each.cpu_s, each.good_on and each.good_on < each.day


def look_at_release(home: Home) -> None:
    """What is told of a release."""
    made = read_release(home.root / "2026-W48.json")
    _ = made and [round(figure.mean or 0, 1) for figure in made.figures if figure.people + 1]


def look_at_memory(home: Home) -> None:
    """Of whom the last figures were: legible, or a sentence, since without it a figure could tell of one person."""
    with suppress(UserError):
        for each in _remembered(home.root / "last-release.json").values():
            choose_people(frozenset("ab"), frozenset(each.people), each.count)
            _ = each.figure and round(each.figure.mean or 0, 1)


def look_at_store(home: Home) -> None:
    """What is known of the copy in a store: compared with what lies there, and written again."""
    cohort = Cohort(home.root / "cohort", CohortSettings("club", store="s3://club/pooled"), b"")
    assert all(isinstance(each.tag, str) for each in read_store_record(cohort).files.values())
    expect_changes(cohort)
    assert is_behind(cohort)


def look_at_pooled_effects(home: Home) -> None:
    """What a page tells of what people have in common, each figure of a release."""
    asking = Home(home.root, Settings(cohort_receives=("pooled_effects",)))
    for each in read_pooled_effects(asking).values():
        assert each.people > 0
        assert each.least <= each.mean <= each.most
        assert each.plausible_spread > 0


def look_at_moment(home: Home) -> None:
    """When the last run ended, and which day is to be asked for, in the time of the place."""
    last = read_last_run(home)
    assert last is None or last.astimezone(home.zone) < NOW + dt.timedelta(days=10**5)
    day = take_day_to_ask(home)
    assert day is None or dt.datetime.combine(day, dt.time(), home.zone).astimezone(dt.UTC)


def look_at_listing(home: Home) -> None:
    """Whether the inbox is as it was: whatever is kept of its folders, a look comes to an end, and the next agrees."""
    home.inbox.mkdir(exist_ok=True)
    (home.inbox / "a.fit").write_bytes(b"abc")
    (home.work / "last-night.json").write_bytes(b"{}")
    found = stamp_folder(home.inbox, home.work / LISTED, {}, NOW.date(), NOW.date())
    assert stamp_folder(home.inbox, home.work / LISTED, found, NOW.date(), NOW.date()) == found


KEY = {"format": "runmood sealed file 1", "public_key": "ab", "private_key_sealed": "cd", "memory_kib": 65536}
KEY_KEPT = json.dumps({"key": json.dumps(KEY), "sha256": hashlib.sha256(json.dumps(KEY).encode()).hexdigest()}).encode()


def look_at_key(home: Home) -> None:
    """A key that is not as it was kept, of whichever home, is none: whoever locked with it could not unlock."""
    key = kept_key(home)
    if key is not None:
        written = json.loads((home.work / "lock-key.json").read_bytes())
        assert hashlib.sha256(json.dumps(key).encode()).hexdigest() == written["sha256"]


def look_at_night(home: Home) -> None:
    """What is asked of the last night."""
    last = last_night(home)
    is_due(home, last, NOW)
    stale_steps(last.state if last else {}, {"inbox": "a"})
    assert all(each.as_text(home.say) for each in check_nights(home, NOW))
    assert last is None or isinstance(last.as_text(home.say) + last.as_markdown(home.say), str)


LINE = (
    b'{"id": "dddddddddddddddd", "entry": "check-in", "said_at": "2026-11-15T21:00:00+00:00", '
    b'"at": "2026-11-15T21:00:00+00:00", "kind": "evening", "mood": 5.0, "energy": 5.0, "note": "x"}\n'
)


def look_at_copy(home: Home) -> None:
    """The journal with its newest copy beside it, as whoever has lost it asks for."""
    home.journal.mkdir(exist_ok=True)
    restore_copy(home.journal, home.work)
    read(home.journal, verify=True)


STATE: dict[str, tuple[bytes, Callable[[Home], object]]] = {
    ".work/last-run": (b"2026-11-28T08:00:00+00:00", look_at_moment),
    ".work/day-to-ask": (b"2026-11-28", look_at_moment),
    ".work/day-asked": (b"2026-11-27", look_at_moment),
    ".work/last-night.json": (json.dumps(NIGHT).encode(), look_at_night),
    ".work/journal-seen.json": (b'{"ids": ["aa", "bb"]}', lambda home: missing_ids(home.work, [])),
    ".work/phones.json": (
        b'[{"number": 1, "name": "Pixel", "since": "2026-11-01", "secret_hash": "ab", "looks": false}]',
        lambda home: (
            PairedDevices(home.work / "phones.json").with_secret("x"),
            PairedDevices(home.work / "phones.json").add("x", "2026-11-01"),
            PairedDevices(home.work / "phones.json").remove(1),
        ),
    ),
    ".work/jobs/1.json": (json.dumps(JOB).encode(), look_at_jobs),
    ".work/watched.json": (json.dumps(WATCHED).encode(), look_at_folders),
    ".work/watched-snapshots.json": (
        b'{"state": "", "folders": {"/x": {"stamps": {"inbox": "a"}, "day": "2026-11-28", "until": null}}}',
        lambda home: [each.day < NOW.date() for each in read_snapshots(home.work, home.work / "watched.json").values()],
    ),
    ".work/inbox-listed.json": (
        json.dumps({"": {"times": [1, 2, 3], "folders": "b\0", "recordings": "a.fit\0", "others": ""}}).encode(),
        look_at_listing,
    ),
    ".work/calendars.json": (json.dumps({"/x/club.ics": CALENDAR}).encode(), titles_to_decide),
    ".work/lock-key.json": (KEY_KEPT, look_at_key),
    ".work/handed-out.jsonl": (
        b'{"kind": "backup", "path": "/dev/null", "at": "2026-11-28T03:30:00+00:00"}\n',
        lambda home: [each.at >= NOW for each in outside_copies(home)],
    ),
    "journal/imports.jsonl": (json.dumps(IMPORT).encode() + b"\n", look_at_import),
    "visits.json": (json.dumps({"ab12": VISIT}).encode(), look_at_visits),
    "2026-W48.json": (json.dumps(RELEASE).encode(), look_at_release),
    "cohort/.work/store.json": (json.dumps(STORED).encode(), look_at_store),
    "pooled-effects.json": (json.dumps(POOLED).encode(), look_at_pooled_effects),
    "last-release.json": (json.dumps({"C1": {"count": 1, "people": ["a"], "figure": FIGURE}}).encode(), look_at_memory),
    ".work/journals/2026-11-28.jsonl": (LINE, look_at_copy),
    "journal/journal.jsonl": (LINE, lambda home: read(home.journal, verify=True)),
}


# What other tests and targets damage: databases, samples, pages, what was given; and what nobody reads back.
NOT_KEPT = re.compile(r".*\.(duckdb|parquet|html|fit|log)|settings\.toml|\.work/lock")
CALENDAR_FILE = b"""BEGIN:VCALENDAR\r
BEGIN:VEVENT\r
UID:1\r
DTSTART;VALUE=DATE:20270105\r
SUMMARY:Parkrun or a walk?\r
END:VEVENT\r
END:VCALENDAR\r
"""


def kept_files(home: Home) -> dict[str, bytes]:
    """Return the files that a home keeps for itself, as `STATE` names them: of several of a kind, the last."""
    paths = sorted(each for each in home.root.rglob("*") if each.is_file())
    names = {each.relative_to(home.root).as_posix(): each for each in paths}
    return {without_number(name): path.read_bytes() for name, path in names.items() if not NOT_KEPT.fullmatch(name)}


def without_number(name: str) -> str:
    """Return a name in which a day or a number is any."""
    return re.sub(r"\d[\d-]*", "1", name)


def lived_in(root: Path) -> Home:
    """Return a home in which everything was done once that leaves a file behind."""
    watched = root.with_name("watched")
    watched.mkdir()
    run = recorded_as(simulate(NOW.date(), days=10).outings[0], "fit")
    for name, content in {"run.fit": run, "club.ics": CALENDAR_FILE}.items():
        (watched / name).write_bytes(content)
        os.utime(watched / name, (1_700_000_000, 1_700_000_000))
    home = open_home(root)
    home.settings_file.write_text(f'folders = ["{watched}"]\n', encoding="utf-8")
    home = open_home(root)
    append(home.journal, [NewEntry(NOW, CheckIn(NOW, "evening", 5, note="x"))])
    import_paths(home, [watched / "run.fit"])
    keep_doubtful(home, watched / "club.ics", ["Parkrun or a walk?"])
    with home.writing():
        collect_watched_files(home)
        one_night(home, NOW.date())
    note_day_to_ask(home, NOW.date())
    take_day_to_ask(home)
    write_backup(home, root.with_name("backup.zip"), lambda _home: iter(()))
    PairedDevices(home.work / "phones.json").add("Pixel", "2026-11-01")
    ProcessJobRunner(lambda: home).update()
    for job in multiprocessing.active_children():
        job.join()
    lock_home(home, "a calm river")
    unlock_home(root, home.say, open_locked(root, home.say, "a calm river"))
    return home
