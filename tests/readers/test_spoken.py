"""What is said of a file is said in the person's language, every word of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from runmood.core.catalogue import catalogue, languages
from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Message, Name, Term, message, translator
from runmood.readers import decode
from runmood.tracks.clean import clean_track

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from runmood.core.notices import Notice

HOME = ZoneInfo("Europe/Berlin")
ALIKE = {"json", "hiit", "multisport", "training", "tennis", "american_football", "golf", "yoga", "hockey", "rugby"}
ALIKE |= {"cricket", "baseball", "basketball", "surfing", "snowboarding", "triathlon", "duathlon", "meditation"}
TABLES = ("looks_like", "fit_file", "instead", "file_fault", "xml_fault", "json_fault", "archive_fault", "duration")


def said_of(content: bytes) -> Iterator[Notice]:
    """All notices of a file, of its activities and of their tracks."""
    try:
        file = decode(content)
    except UnreadableFileError as refused:
        yield refused.notice
        return
    yield from file.notices
    for activity in file.activities:
        yield from activity.notices
        try:
            yield from clean_track(activity, HOME).notices
        except UnreadableFileError as refused:
            yield refused.notice


def parts_of(sentence: Message) -> Iterator[object]:
    """Everything that a sentence names, and what that names in turn."""
    for _, value in sentence.values:
        yield value
        if isinstance(value, Message):
            yield from parts_of(value)


def damaged(content: bytes) -> Iterator[bytes]:
    """Return a file as it is, broken off in three places, and with bytes in its middle that belong nowhere."""
    middle = len(content) // 2
    yield content
    yield from (content[: len(content) * part // 4] for part in (1, 2, 3))
    yield content[:middle] + b"\xff<&\x00" * 6 + content[middle:]


def test_a_notice_names_no_text_of_one_language(case_runs: Path) -> None:
    """Figures, dates, names and keys of the catalogue stand in the notices of the small inputs, whole and damaged."""
    files = [path for path in sorted(case_runs.rglob("*")) if path.suffix in {".fit", ".gpx", ".tcx", ".json", ".csv"}]
    known = catalogue("de")
    notices = [each for path in files for content in damaged(path.read_bytes()) for each in said_of(content)]
    assert len({notice.code for notice in notices}) > 10
    for notice in notices:
        for part in parts_of(notice.message):
            assert isinstance(part, (int, float, dt.date, Name, Message, Term)), notice
            assert not isinstance(part, Message) or part.name in known.own()
            assert not isinstance(part, Message) or part.name != "error.in_words", notice


@pytest.mark.parametrize("content", [b"<html><body>", b"%PDF-1.7", b'{"a": 1}', b"\x89PNG", b"\x00\x01\x02\x03" * 9])
@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_what_a_file_looks_like_is_said_in_the_language_of_the_home(content: bytes, language: str) -> None:
    """No English word for a kind of file stands in a sentence of another language."""
    (notice,) = said_of(content)
    english = str(dict(notice.message.values)["looks_like"])
    assert english == "JSON" or english not in notice.spoken(translator(language, "metric"))


@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_every_part_of_a_notice_is_translated(language: str) -> None:
    """A fault, a kind of file and a length of time each have words of their own in every language."""
    english, own = catalogue("en").own(), catalogue(language).own()
    parts = [name for name in english if name.partition(".")[0] in TABLES]
    alike = [name for name in parts if own.get(name) in (None, english[name]) and name.rpartition(".")[2] not in ALIKE]
    assert alike == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "cross country skiing"), ("de", "Skilanglauf"), ("nl", "langlaufen")],
)
def test_a_sport_is_named_in_the_language_of_the_home(language: str, sentence: str) -> None:
    """A sport that catalogues know is translated; one that only its maker knows stays as the file has it."""
    say = translator(language, "metric")
    assert sentence in message("notice.not-a-run", sport=Term("sport", "cross_country_skiing")).spoken(say)
    assert "sport 99" in message("notice.not-a-run", sport=Term("sport", "sport 99")).spoken(say)
