"""Sleep and State of Mind of Apple Health's export: found in its bytes, as documents of their own.

How sure: records of sleep are seen in exports that people published. They say asleep (before iOS 16 in one word, since
then core, deep, REM or unspecified), awake or in bed; time in bed is not sleep. Watch, phone and apps tell of the same
night, so what counts is the time in which any of them says asleep. A State of Mind was seen in no export, and Apple's
DTD has none; three programs that read exports look for an element with these attributes, so it is read as they do.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from runmood.core.recordings import DecodedFile, Night
from runmood.readers.registry import CollectionPart, reader
from runmood.readers.values import json_of, mapping, number, sequence, with_offset, words

if TYPE_CHECKING:
    from collections.abc import Iterator


FORMAT = "apple"
BEGINS = b'{"apple_health_sleep":'
STATE_OF_MIND = b'{"data":{"stateOfMind":'  # as Health Auto Export writes them, whose reader reads them
_LATEST = 4_102_444_800.0  # 2100
_LONGEST_S = 24 * 3600
_APART_S = 3 * 3600  # who is awake for longer begins another sleep: a nap, or the next night
_ASLEEP = re.compile(rb"\AHKCategoryValueSleepAnalysisAsleep")
_RECORD, _MOOD = b'HKCategoryTypeIdentifierSleepAnalysis"', b"<StateOfMind"
_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(rb"""(?<![\w:])([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ZONE = re.compile(rb'(?:\s*<MetadataEntry[^<>]*>)*?\s*<MetadataEntry\s+key="HKTimeZone"\s+value="([^"]*)"')
_LISTED = re.compile("[,;|]")


@dataclass(slots=True)
class SleepAndMind:
    """What is kept of an export while it is read: from when to when somebody slept, where, and each State of Mind."""

    asleep: list[tuple[float, float, str]] = field(default_factory=list)
    minds: list[dict[str, object]] = field(default_factory=list)

    def find(self, window: bytes) -> None:
        """Keep what a portion of the export says; its tags are whole."""
        for tag, end in _tags(window, _RECORD):
            said = _attributes(tag)
            began, ended = _epoch(said.get("startDate")), _epoch(said.get("endDate"))
            if _ASLEEP.match(said.get("value", "").encode()) and began and ended and 0 < ended - began <= _LONGEST_S:
                zone = None if tag.endswith(b"/>") else _ZONE.match(window, end)
                self.asleep.append((began, ended, zone[1].decode("utf-8", "replace") if zone else ""))
        for tag, _ in _tags(window, _MOOD):
            said = _attributes(tag)
            at, valence = _epoch(said.get("startDate")), number(said.get("valence"), -1, 1)
            if at and valence is not None:
                self.minds.append(_mind(said, at, valence))

    def documents(self) -> Iterator[CollectionPart]:
        """Yield a document for each month with nights, by the UTC day of their end, and one of all States of Mind."""
        months: dict[str, list[list[object]]] = defaultdict(list)
        for began, ended, asleep_s, zone in _sleeps(self.asleep):
            month = f"{dt.datetime.fromtimestamp(ended, dt.UTC):%Y-%m}"
            months[month].append([began, ended, asleep_s, zone])
        for month, nights in sorted(months.items()):
            said = {"apple_health_sleep": {"nights": nights}}
            yield CollectionPart(f"Sleep {month}", json.dumps(said, separators=(",", ":")).encode())
        if self.minds:
            ordered = json.dumps(sorted(self.minds, key=json.dumps), separators=(",", ":"))
            yield CollectionPart("State of Mind", STATE_OF_MIND + ordered.encode() + b"}}")


def _tags(window: bytes, mark: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield each tag in which a mark stands, with where it ends."""
    at = window.find(mark)
    while at >= 0:
        begins = at if mark.startswith(b"<") else window.rfind(b"<", 0, at)
        tag = _TAG.match(window, max(begins, 0))
        if tag and tag.end() > at:
            yield tag[0], tag.end()
        # Each tag is tried once, however often the mark stands in it or after it.
        following = window.find(b"<", at + 1)
        at = window.find(mark, following) if following >= 0 else -1


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): html.unescape((one or other).decode("utf-8", "replace"))
        for name, one, other in _ATTRIBUTE.findall(tag)
    }


def _epoch(written: str | None) -> float | None:
    """Return a time in seconds since 1970; null where the text is none, or none of this century and the one before."""
    moment, _ = with_offset(written)
    at = moment.timestamp() if moment else 0.0
    return at if 0 < at < _LATEST else None


def _mind(said: dict[str, str], at: float, valence: float) -> dict[str, object]:
    """Return a State of Mind as Health Auto Export writes it, in UTC: the offset is that of the phone on export."""
    start = f"{dt.datetime.fromtimestamp(at, dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    listed = {name: _list_of(said.get(name, "")) for name in ("labels", "associations")}
    return {"start": start, "kind": said.get("kind", ""), "valence": valence, **listed}


def _list_of(written: str) -> list[str]:
    return [each for part in _LISTED.split(written) if (each := part.strip())]


def _sleeps(asleep: list[tuple[float, float, str]]) -> Iterator[tuple[float, float, float, str]]:
    """Yield each sleep: when it began and ended, how long of it somebody slept, and the zone that most records name."""
    if not asleep:
        return
    ordered = sorted(asleep)
    began, ended = (np.array([each[place] for each in ordered]) for place in (0, 1))
    until = np.maximum.accumulate(ended)  # of all that began so far
    before = np.concatenate([[began[0]], until[:-1]])
    slept = np.maximum(until - np.maximum(began, before), 0)
    first = np.flatnonzero(np.concatenate([[True], began[1:] - until[:-1] > _APART_S]))
    for start, end in zip(first, [*first[1:], len(ordered)], strict=True):
        zones = Counter(zone for *_, zone in ordered[start:end] if zone)
        zone = min(zones, key=lambda name: (-zones[name], name)) if zones else ""
        yield float(began[start]), float(until[end - 1]), float(slept[start:end].sum()), zone


def _is_sleep(content: bytes) -> bool:
    return content.startswith(BEGINS)


@reader(FORMAT, version=3, files=[], accepts=_is_sleep)
def read_apple_health_sleep(content: bytes) -> DecodedFile:
    """Return the sleeps of a month of a document that `SleepAndMind` wrote.

    Raises:
        UnreadableFileError: It is no JSON.
    """
    said = mapping(mapping(json_of(content.decode("utf-8", "replace"), "Apple Health")).get("apple_health_sleep"))
    nights = (_night(sequence(each)) for each in sequence(said.get("nights")))
    return DecodedFile(FORMAT, nights=tuple(night for night in nights if night))


def _night(written: list[object]) -> Night | None:
    began, ended, asleep_s = (*(number(part, 0, _LATEST) for part in written[:3]), None, None, None)[:3]
    if not began or not ended or not asleep_s:
        return None
    began_at, ended_at = (dt.datetime.fromtimestamp(at, dt.UTC) for at in (began, ended))
    return Night(began_at, ended_at, asleep_s, words(written[3]) if len(written) > 3 else None)  # noqa: PLR2004 - the zone
