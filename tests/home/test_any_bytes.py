"""Settings and what a home keeps for itself, damaged in every way: a sentence or as if absent, never a crash."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runmood.cohort.bucket import read_visits
from runmood.cohort.release import _remembered, choose_people, read_release
from runmood.core.errors import UserError
from runmood.core.i18n import translator
from runmood.home.home import Home
from runmood.home.import_log import ImportKind, imports
from runmood.home.settings import Settings, example, read_legible_settings, read_settings
from runmood.home.work_folder import handed_out, read_last_run, take_day_to_ask
from runmood.ingest.calendars import titles_to_decide
from runmood.ingest.watched import doubtful_titles, gather, take_untold
from runmood.journal.store import missing_ids, read
from runmood.web.access import PairedDevices
from runmood.web.adapters.jobs import ProcessJobRunner
from runmood.workflow.doctor import check_nights, check_watched
from runmood.workflow.lock import kept_key
from runmood.workflow.nightly_run import last_night
from runmood.workflow.state import is_due, stale_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
RELEASE = {
    "week": "2026-W48", "day": "2026-11-28", "name": "club", "people": 15, "figures": [FIGURE],
    "sites": [{"site": "north", "people": 15, "rated_share": 0.5, "known_share": 0.5}],
}  # fmt: skip


def look_into_folders(home: Home) -> None:
    """What is asked of the watched folders: a visit, what a night tells, titles to decide, what the doctor says."""
    folder = home.root / "watch"
    folder.mkdir(exist_ok=True)
    (folder / "a.fit").write_bytes(b"abc")
    kept = home.work / "watched.json"
    kept.write_bytes(kept.read_bytes().replace(b"{folder}", str(folder).encode()))
    home = Home(home.root, Settings(folders=(str(folder),)))
    (home.root / "inbox").mkdir(exist_ok=True)
    assert all(isinstance(said, str) for said in gather(home, NOW))
    assert all(each.as_text(home.say) for each in check_watched(home, NOW))
    doubtful_titles(home)
    "".join(take_untold(home))


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


def look_at_moment(home: Home) -> None:
    """When the last run ended, and which day is to be asked for, in the time of the place."""
    last = read_last_run(home)
    assert last is None or last.astimezone(home.zone) < NOW + dt.timedelta(days=10**5)
    day = take_day_to_ask(home)
    assert day is None or dt.datetime.combine(day, dt.time(), home.zone).astimezone(dt.UTC)


KEY = {"format": "runmood sealed file 1", "public_key": "ab", "private_key_sealed": "cd", "memory_kib": 65536}
KEY_KEPT = json.dumps({"key": json.dumps(KEY), "sha256": hashlib.sha256(json.dumps(KEY).encode()).hexdigest()}).encode()


def look_at_key(home: Home) -> None:
    """A key that is not as it was kept is none: whoever locked with it could not unlock."""
    assert kept_key(home) in (None, KEY)


def look_at_night(home: Home) -> None:
    """What is asked of the last night."""
    last = last_night(home)
    is_due(home, last, NOW)
    stale_steps(last.state if last else {}, {"inbox": "a"})
    assert all(each.as_text(home.say) for each in check_nights(home, NOW))
    assert last is None or isinstance(last.as_text(home.say) + last.as_markdown(home.say), str)


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
    ".work/watched.json": (json.dumps(WATCHED).encode(), look_into_folders),
    ".work/calendars.json": (json.dumps({"/x/club.ics": CALENDAR}).encode(), titles_to_decide),
    ".work/lock-key.json": (KEY_KEPT, look_at_key),
    ".work/handed-out.jsonl": (
        b'{"kind": "backup", "path": "/dev/null", "at": "2026-11-28T03:30:00+00:00"}\n',
        lambda home: [each.at >= NOW for each in handed_out(home)],
    ),
    "journal/imports.jsonl": (json.dumps(IMPORT).encode() + b"\n", look_at_import),
    "visits.json": (json.dumps({"ab12": VISIT}).encode(), look_at_visits),
    "2026-W48.json": (json.dumps(RELEASE).encode(), look_at_release),
    "last-release.json": (json.dumps({"C1": {"count": 1, "people": ["a"], "figure": FIGURE}}).encode(), look_at_memory),
    "journal/journal.jsonl": (
        (
            b'{"id": "dddddddddddddddd", "entry": "check-in", "said_at": "2026-11-15T21:00:00+00:00", '
            b'"at": "2026-11-15T21:00:00+00:00", "kind": "evening", "mood": 5.0, "energy": 5.0, "note": "x"}\n'
        ),
        lambda home: read(home.journal, verify=True),
    ),
}
PIECES = st.sampled_from(
    [b"", b"0", b"12", b"-", b"9" * 400, b"null", b"true", b"[", b"[" * 5000, b"{}", b"[]", b'"', b",", b"\n", b"\xff",
     b"\0", b"1e999", b"0001-01-01T00:00:00+00:00", b"9999-12-31T23:59:59-23:59", b"NaN", b"\\ud800", b"'"]
)  # fmt: skip
DAMAGE = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES | st.binary(max_size=4)), max_size=4)


def damaged(content: bytes, damage: list[tuple[float, int, bytes]]) -> bytes:
    """The content with a few stretches replaced."""
    for place, length, piece in damage:
        start = int(place * len(content))
        content = content[:start] + piece + content[start + length :]
    return content


def home_with(root: Path, name: str, content: bytes) -> Home:
    """A home in which one file holds this."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(content)
    return Home(root, Settings())


@pytest.mark.parametrize("name", STATE)
@given(damage=DAMAGE)
@settings(max_examples=30, deadline=None)
def test_what_is_kept_counts_as_absent_where_it_cannot_be_read(
    name: str, damage: list[tuple[float, int, bytes]]
) -> None:
    """Whatever stands in a file that a home keeps for itself, whoever asks goes on."""
    content, ask = STATE[name]
    with TemporaryDirectory() as folder:
        ask(home_with(Path(folder), name, damaged(content, damage)))


@pytest.mark.parametrize("told", ["done", "failed", "left"])
def test_a_night_with_a_step_of_another_name_counts_as_absent(tmp_path: Path, told: str) -> None:
    """As one byte amiss, or a later runmood with more steps, leaves it."""
    kept = json.dumps(NIGHT | {told: {"inbox": "x"}}).encode()
    assert last_night(home_with(tmp_path, ".work/last-night.json", kept)) is None


@pytest.mark.parametrize("name", STATE)
@pytest.mark.parametrize("content", [b"", b"{", b"12", b"null", b"[]", b"{}", b"[12]", b"\xff\xfe", b"[" * 100_000])
def test_an_empty_or_torn_file_counts_as_absent(tmp_path: Path, name: str, content: bytes) -> None:
    """As a kill or a full disk may leave it."""
    STATE[name][1](home_with(tmp_path, name, content))


ODD: list[object] = [
    None, True, -1, 0.5, 10**400, float("inf"), float("nan"), "", "no such", "\0", "\ud800", "../..", "{0.__class__}",
    "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-23:59", "2026-11-28T03:30:00", "2026-02-30", [], ["x"],
    {}, {"x": 1},
]  # fmt: skip


def with_odd_values(kept: object) -> Iterator[object]:
    """Each of what can be made of it by giving one value, or the name of one, another value."""
    yield from ODD
    if isinstance(kept, dict):
        for name, value in kept.items():
            yield from ({**kept, name: odd} for odd in with_odd_values(value))
            rest = {other: each for other, each in kept.items() if other != name}
            yield from ({**rest, odd: value} for odd in ODD if isinstance(odd, str))
            yield rest
    if isinstance(kept, list):
        for place, value in enumerate(kept):
            yield from ([*kept[:place], odd, *kept[place + 1 :]] for odd in with_odd_values(value))


@pytest.mark.parametrize("name", STATE)
def test_a_value_that_nobody_wrote_is_never_used(name: str, tmp_path: Path) -> None:
    """Each value in its turn is another type, a key, a path, a moment or a number that no writer of ours writes."""
    content, ask = STATE[name]
    try:
        kept = json.loads(content)
    except ValueError:
        kept = None
    for odd in with_odd_values(kept):
        written = odd if kept is None and isinstance(odd, str) else json.dumps(odd)
        ask(home_with(tmp_path, name, written.encode(errors="replace") + b"\n" * name.endswith("l")))


@given(damage=DAMAGE)
@settings(max_examples=100, deadline=None)
def test_settings_of_any_bytes_are_a_sentence_and_stop_no_check_in(damage: list[tuple[float, int, bytes]]) -> None:
    """The strict reader ends with a sentence; the lenient one has every setting that can be read, and that sentence."""
    whole = example().replace("\n# ", "\n").encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        path.write_bytes(damaged(whole, damage))
        legible, faults = read_legible_settings(path)
        assert isinstance(legible, Settings)
        with suppress(UserError):
            assert read_settings(path) == legible
            assert faults == ()


def test_a_typo_in_one_setting_stops_no_check_in(cli: Callable[..., object], tmp_path: Path) -> None:
    """It is told, with its line, and every other setting holds."""
    root = tmp_path / "home"
    root.mkdir(mode=0o700)
    (root / "settings.toml").write_text('unitz = "imperial"\nname = "Ana\nlanguage = "de"\n', encoding="utf-8")
    typed = cli("check-in", "--mood", "5", "--energy", "5")
    assert getattr(typed, "status", None) == 0
    complained = str(getattr(typed, "complained", ""))
    say = translator("de", "metric")
    slip = say("home.settings.near", name="unitz", near="units")
    assert say("home.settings.at", file=str(root / "settings.toml"), line="1", fault=slip) in complained
    assert "Zeile 2, Spalte" in complained
    assert read_legible_settings(root / "settings.toml")[0].language == "de"
    assert len(read(root / "journal").records) == 1


@pytest.mark.parametrize(
    "line",
    ['prefect_server = "http://[::1"', 'nightly_at = "99999999999999999999:30"', 'time_zone = "/etc/passwd"',
     'time_zone = "\\u0000"', "heart_max_bpm = 1e400", "heart_zones_bpm = [[[]]]", 'country = "\\ud7ff\\ud7ff"'],
)  # fmt: skip
def test_a_setting_beyond_all_bounds_is_named(tmp_path: Path, line: str) -> None:
    """Found by damaged files: each is a sentence that names the setting."""
    path = tmp_path / "settings.toml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(UserError, match=f"line 1: {line.split(maxsplit=1)[0]} "):
        read_settings(path)
