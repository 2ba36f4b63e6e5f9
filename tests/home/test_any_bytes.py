"""Settings and what a home keeps for itself, damaged in every way: a sentence or as if absent, never a crash."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from home.kept_files import NIGHT, STATE, kept_files, lived_in, without_number
from hypothesis import given, settings
from hypothesis import strategies as st

from runmood.core.errors import UserError
from runmood.core.i18n import translator
from runmood.home.home import Home
from runmood.home.settings import Settings, example, read_legible_settings, read_settings
from runmood.home.work_folder import outside_copies
from runmood.journal.store import read
from runmood.workflow.nightly_run import last_night

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def test_every_file_that_a_home_keeps_for_itself_is_among_these(tmp_path: Path) -> None:
    """A home in which everything was done once has no file that nobody damages here."""
    kept = kept_files(lived_in(tmp_path / "home"))
    assert len(kept) > 10
    assert kept.keys() - {without_number(name) for name in STATE} == set()


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


@pytest.mark.parametrize("folder", ["a" * 300, "closed", "f" + "/g" * 3000])
def test_a_backup_in_a_place_that_nobody_can_look_into_is_none(tmp_path: Path, folder: str) -> None:
    """As on a stick that is somebody else's, or with a name that no disk takes."""
    line = json.dumps({"kind": "backup", "path": f"{tmp_path / folder / 'b.zip'}", "at": "2026-11-28T03:30:00+00:00"})
    if folder == "closed":
        (tmp_path / "closed").mkdir(mode=0)
    assert outside_copies(home_with(tmp_path, ".work/handed-out.jsonl", line.encode())) == []


@pytest.mark.parametrize("name", STATE)
@pytest.mark.parametrize("content", [b"", b"{", b"12", b"null", b"[]", b"{}", b"[12]", b"\xff\xfe", b"[" * 100_000])
def test_an_empty_or_torn_file_counts_as_absent(tmp_path: Path, name: str, content: bytes) -> None:
    """As a kill or a full disk may leave it."""
    STATE[name][1](home_with(tmp_path, name, content))


@pytest.mark.parametrize("words", [["ill"], ["hurt"], ["ran", "yesterday", "--no"], ["plan", "--habit", "tue"]])
def test_a_typo_in_a_setting_stops_nothing_that_is_said(
    cli: Callable[..., object], tmp_path: Path, words: list[str]
) -> None:
    """Who is ill, or plans, is heard, whatever stands in the settings."""
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home/settings.toml").write_text("unitz = 1\n", encoding="utf-8")
    assert getattr(cli(*words), "status", None) == 0
    assert len(read(tmp_path / "home/journal").records) == 1


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
    whole = example(translator("en", "metric")).replace("\n# ", "\n").encode()
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
