"""Folders that the night looks into: what is new in them is copied into the inbox, and calendars are read.

A folder may be a watch or a stick that is not there, on a disk whose dates wander, or kept by a program that syncs it.
So nothing follows from a file that is missing, and a file counts as known by its size and about the time that it had.
What was copied stays: a file deleted or changed at its source is told of, never deleted or replaced here.

    gather(home, now)         -> a sentence for each thing to know; files are in the inbox, plans in the journal
    take_messages(home)       -> the sentences that no night has told yet

Nothing here needs the readers unless something is new, so that a quiet night stays one.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from runmood.core.errors import UserError, as_message
from runmood.core.files import files_below, read_kept, replace_made
from runmood.core.i18n import message
from runmood.core.json_records import read_record
from runmood.ingest.at_rest import EARLIEST_NS, is_a_tools_draft, is_at_rest
from runmood.ingest.folder_stamps import Snapshot, folder_of, read_snapshots, stamp_watched, write_snapshots
from runmood.ingest.unread_days import note_unread_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from runmood.home.home import Home


Known = tuple[int, int, str]  # size, time and place of a file, as `Watched` has it
Stamp = tuple[int, int]  # bytes, and nanoseconds since 1970
STATE = "watched.json"
IN_INBOX = "watched"  # the folder of the inbox that holds what came from watched folders
READ_AGAIN = dt.timedelta(days=7)  # a calendar plans a year ahead, so it is read again now and then
WORKOUTS = re.compile(rb'"workouts"\s*:\s*\[\s*\{')
MOOD_ENDINGS = (".csv", ".json", ".daylio")
KEPT = ("files", "waiting", "gone", "doubtful", "brought_at")
CALENDAR, LEFT_ALONE = "calendar", "left alone"  # in the place of a file's name in the inbox
MOST_FILES = 500_000

# FAT keeps even seconds by the local clock, MTP whatever the device answers: dates wander by whole quarter hours.
QUARTER_S, SLACK_S, MOST_WANDERED_S = 900, 2, 26 * 3600

TOOL_FOLDERS = {
    ".stfolder", ".stversions", ".dropbox.cache", ".trash", ".trashes", ".spotlight-v100", ".fseventsd", "@eadir",
    "$recycle.bin", "system volume information", "lost+found", "__macosx",
}  # fmt: skip
OF_A_TOOL = re.compile(
    r"\.(?:syncthing|trashed|~lock|goutputstream|nfs|#).*|~syncthing~.*|.*\.sync-conflict-\d{8}-\d{6}-\w+(?:\..*)?"
    r"|.*\(.*(?:conflicted copy|in konflikt stehende kopie|copie en conflit|copia en conflicto).*\).*"
    r"|\._.*|\.ds_store|thumbs\.db|desktop\.ini|.*\.tmp|~\$.*|\.nomedia",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Watched:
    """What is known of one folder.

    `files` are, by their name in it, size, time and the place in the inbox (or what they are instead); `waiting` those
    not at rest, with their size and when they were first seen so; `gone` those that are there no more; `doubtful` the
    titles of each calendar of which only the person knows whether they are runs.
    """

    files: dict[str, Known] = field(default_factory=dict)
    waiting: dict[str, tuple[int, float]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    doubtful: dict[str, list[str]] = field(default_factory=dict)
    brought_at: dt.datetime | None = None

    @property
    def brings_files(self) -> bool:
        """Whether watch files came from it, and not calendars alone."""
        return any(map(_is_copied, self.files.values()))


@dataclass(slots=True)
class State:
    """What is known of all folders, and the sentences that no night has told."""

    folders: dict[str, Watched] = field(default_factory=dict)
    untold: list[str] = field(default_factory=list)


def collect_from_folders(home: Home, now: dt.datetime) -> list[str]:
    """Bring what is new in the watched folders that are not as they were; the caller holds the home's lock.

    Args:
        home: whose folders.
        now: the moment.

    Returns:
        A sentence for each thing that a person should know.
    """
    if not home.settings.folders:
        return []
    before, today = read_snapshots(home.work, home.work / STATE), now.date()
    stamps = {name: stamp_watched(home.work, name, before.get(name), today) for name in home.settings.folders}
    at_rest = {
        name: replace(snapshot, day=today if stamps[name] else snapshot.day)
        for name, snapshot in before.items()
        if name in stamps
        and stamps[name] in (None, snapshot.stamps)
        and (snapshot.until is None or today < snapshot.until)
    }
    visited = [name for name in home.settings.folders if name not in at_rest]
    sentences: list[str] = []
    if visited:
        state = read_state(home)
        visits = [_Visit(home, name, state, now) for name in visited]
        sentences = [sentence for visit in visits for sentence in visit.told()]
        if any(visit.changed for visit in visits):
            replace_made(home.work / STATE, _as_json(state))
        for visit in visits:
            if visit.is_seen:
                note_unread_days(home, visit.name, visit.waits)
            if visit.is_settled and (seen := stamps[visit.name]) is not None:
                at_rest[visit.name] = Snapshot(seen, today, visit.at_rest_until())
    if at_rest != before:
        write_snapshots(home.work, at_rest, home.work / STATE)
    return sentences


def queue_messages(home: Home, sentences: list[str]) -> None:
    """Keep sentences for the night that goes on with what was brought."""
    if sentences:
        state = read_state(home)
        state.untold = [*state.untold, *sentences]
        replace_made(home.work / STATE, _as_json(state))


def take_messages(home: Home) -> list[str]:
    """Return the sentences that were kept, once."""
    if not home.settings.folders:
        return []
    state = read_state(home)
    untold, state.untold = state.untold, []
    if untold:
        replace_made(home.work / STATE, _as_json(state))
    return untold


def forget_calendars(home: Home) -> None:
    """Have the calendars of watched folders read again, since the person has said what some titles are."""
    state = read_state(home)
    for watched in state.folders.values():
        watched.files = {name: known for name, known in watched.files.items() if not _is_calendar(known)}
    if state.folders:
        replace_made(home.work / STATE, _as_json(state))


def doubtful_titles(home: Home) -> dict[str, list[str]]:
    """Return the titles of calendars in watched folders of which only the person knows what they are, by file."""
    state = read_state(home) if home.settings.folders else State()
    return {
        f"{folder_of(name) / file}": titles
        for name, watched in state.folders.items()
        for file, titles in watched.doubtful.items()
        if titles and name in home.settings.folders
    }


def read_state(home: Home) -> State:
    """Return what is known of the folders; nothing where it was lost or cannot be read, as it is made anew."""
    try:
        return read_record(State, json.loads(read_kept(home.work / STATE)))
    except (OSError, ValueError, RecursionError):
        return State()


def _as_json(state: State) -> str:
    folders = {name: {each: getattr(watched, each) for each in KEPT} for name, watched in state.folders.items()}
    return json.dumps({"folders": folders, "untold": state.untold}, default=dt.datetime.isoformat)


def scan(top: Path, known: Collection[str] = ()) -> dict[str, Stamp]:
    """Return every file under a folder by its name in it, without links and what sync programs keep for themselves.

    Args:
        top: the folder.
        known: files that are known, whatever their names.

    Returns:
        Size and time of each file.

    Raises:
        OSError: the folder, or one in it, cannot be looked into.
        UserError: it holds more files than are ever looked at.
    """
    found: dict[str, Stamp] = {}
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with os.scandir(top / above) as entries:
            for entry in entries:
                name = f"{above}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting += [] if entry.name.lower() in TOOL_FOLDERS else [f"{name}/"]
                elif entry.is_file(follow_symlinks=False) and (name in known or not _is_of_a_tool(entry.name)):
                    status = entry.stat(follow_symlinks=False)
                    found[name] = status.st_size, status.st_mtime_ns
        if len(found) > MOST_FILES:
            raise UserError(message("cli.watch.too_many", most=MOST_FILES))
    return found


def _is_of_a_tool(name: str) -> bool:
    return bool(OF_A_TOOL.fullmatch(name)) and not is_a_tools_draft(name)


def is_as_known(known: Known, stamp: Stamp) -> bool:
    """Return whether a file is as it was: of the same size, and of the same time but for what dates wander."""
    size, at = int(known[0]), int(known[1])
    if size != stamp[0]:
        return False
    if min(at, stamp[1]) < EARLIEST_NS:
        return True  # the device tells no dates
    apart = abs(at - stamp[1]) / 10**9
    return apart <= MOST_WANDERED_S and min(apart % QUARTER_S, QUARTER_S - apart % QUARTER_S) <= SLACK_S


def _is_copied(known: Known) -> bool:
    return known[2] != LEFT_ALONE and not _is_calendar(known)


def _is_calendar(known: Known) -> bool:
    return str(known[2]).startswith(CALENDAR)


@dataclass(slots=True)
class _Visit:
    """One look into one folder."""

    home: Home
    name: str
    state: State
    now: dt.datetime
    counts: Counter[str] = field(default_factory=Counter)
    waits: list[str] = field(default_factory=list)
    changed: bool = False  # whether anything is known now that was not before
    is_seen: bool = False  # whether the folder was there to be looked into
    is_settled: bool = False  # whether all that lies there has been dealt with

    @property
    def watched(self) -> Watched:
        return self.state.folders.setdefault(self.name, Watched())

    def told(self) -> Iterator[str]:
        """Bring what is new, and yield what there is to know."""
        say, folder = self.home.say, folder_of(self.name)
        if not folder.is_dir():
            return  # a watch that is not plugged in; the doctor tells if it stays so
        try:
            found = scan(folder, self.watched.files)
        except (OSError, UserError) as fault:
            yield say("cli.watch.unreadable", folder=self.name, fault=as_message(fault))
            return
        if not found and self.watched.files:
            return  # an empty folder in the place of a disk that is not there
        self.is_seen = True
        yield from self._of_deletions(found)
        files = self.watched.files
        new = [name for name, stamp in found.items() if not self._is_known(files.get(name), stamp)]
        self.changed |= bool(new)
        yield from self._bring(folder, {name: found[name] for name in sorted(new)})
        if self.counts["new"] or self.counts["plans"] or self.counts["moods"]:
            self.watched.brought_at = self.now.replace(microsecond=0)
        for what in ("new", "changed"):
            if self.counts[what]:
                yield say(f"cli.watch.{what}", folder=self.name, files=self.counts[what])
        if self.waits:
            yield say("cli.watch.waiting", folder=self.name, files=len(self.waits), file=self.waits[0])
        self.is_settled = not self.waits and all(self._is_known(files.get(name), found[name]) for name in new)

    def at_rest_until(self) -> dt.date | None:
        """Return the day on which a calendar there is due again; null where there is none."""
        read = [str(known[2]) for known in self.watched.files.values() if _is_calendar(known)]
        return min((self._due(place) for place in read), default=None)

    def _is_known(self, known: Known | None, stamp: Stamp) -> bool:
        if known is None or not ((known[0], known[1]) == stamp or is_as_known(known, stamp)):
            return False
        return not (_is_calendar(known) and self._due(str(known[2])) <= self.now.date())

    def _due(self, place: str) -> dt.date:
        """Return the day on which a calendar that was read on a day is read again; today where none is told."""
        try:
            return dt.date.fromisoformat(place.removeprefix(f"{CALENDAR} ")) + READ_AGAIN
        except (ValueError, OverflowError):
            return self.now.date()

    def _of_deletions(self, found: dict[str, Stamp]) -> Iterator[str]:
        """Tell once of files that were copied and are there no more; nothing follows from it."""
        watched = self.watched
        missing = {name for name in watched.files.keys() - found.keys() if _is_copied(watched.files[name])}
        gone = sorted(missing - set(watched.gone))
        if missing != set(watched.gone):
            watched.gone, self.changed = sorted(missing), True
        if gone:
            yield self.home.say("cli.watch.gone", folder=self.name, files=len(gone), file=gone[0])

    def _bring(self, folder: Path, new: dict[str, Stamp]) -> Iterator[str]:
        """Copy the files that are at rest, and read calendars."""
        if not new:
            self.changed |= bool(self.watched.waiting)
            self.watched.waiting = {}
            return
        ready = [name for name, stamp in new.items() if self._is_at_rest(folder / name, name, stamp)]
        self.watched.waiting = {name: each for name, each in self.watched.waiting.items() if name in self.waits}
        calendars = {name for name in ready if name.lower().endswith((".ics", ".ical"))}
        for name in sorted(calendars):
            yield from self._of_calendar(folder / name, name, new[name])
        moods = set()
        for name in (name for name in ready if name.lower().endswith(MOOD_ENDINGS)):
            holds_moods, said = self._of_moods(folder / name)
            yield from said
            if holds_moods and not _tells_of_workouts(folder / name):
                moods.add(name)
                self._note(name, new[name], LEFT_ALONE)
        self._copy(folder, [name for name in ready if name not in calendars | moods], new)

    def _is_at_rest(self, path: Path, name: str, stamp: Stamp) -> bool:
        """Return whether a file is two minutes old; one whose date cannot be right, since it was first seen."""
        size, at = stamp
        now = self.now.timestamp()
        first_size, first_seen = self.watched.waiting.get(name, (size, now))
        at_rest = is_at_rest(path, size, at, now, now - first_seen if first_size == size else 0.0)
        if not at_rest:
            self.watched.waiting[name] = size, first_seen if first_size == size else now
            self.waits.append(name)
        return at_rest

    def _copy(self, folder: Path, names: list[str], stamps: dict[str, Stamp]) -> None:
        """Copy files into the inbox, each under its own name, or with a number where it has changed."""
        from runmood.ingest.folders import is_ignored, waiting_notice  # noqa: PLC0415 - a quiet night needs none of it
        from runmood.ingest.inbox import copy_each  # noqa: PLC0415 - as above

        wanted = []
        for name in names:
            if waiting_notice(Path(name).name):
                self.waits.append(name)
            elif is_ignored(folder / name):
                self._note(name, stamps[name], LEFT_ALONE)
            else:
                wanted.append(name)
        inbox = self.home.inbox.resolve()
        top = inbox / IN_INBOX / (folder.name or "folder")
        there = set(files_below(top)) if wanted else set()
        pairs = {folder / name: top / name for name in wanted}
        places = dict(copy_each(pairs.items(), inbox))
        for name in wanted:
            place = places.get(folder / name)
            if place is None:
                self.waits.append(name)  # it could not be read: it is tried again the next time
                continue
            before = self.watched.files.get(name)
            inside = place.relative_to(inbox).as_posix()
            if place not in there:
                self.counts["new" if before is None or before[2] == LEFT_ALONE else "changed"] += 1
            self._note(name, stamps[name], inside)

    def _of_calendar(self, path: Path, name: str, stamp: Stamp) -> Iterator[str]:
        from runmood.core.errors import spoken  # noqa: PLC0415 - as above
        from runmood.ingest.calendars import read_calendar_file  # noqa: PLC0415 - as above

        try:
            draft, changes, _ = read_calendar_file(self.home, path, self.now)
        except (UserError, OSError) as fault:
            yield spoken(self.home.say, fault)
        else:
            changed = len(changes.planned) + len(changes.changed) + len(changes.taken_back)
            if changed:
                self.counts["plans"] += changed
                yield self.home.say("cli.watch.plans", calendar=draft.calendar, days=changed)
            if draft.set_aside:
                reason = draft.set_aside[0].reason.spoken(self.home.say)
                yield self.home.say("cli.watch.set_aside", file=f"{path}", entries=len(draft.set_aside), reason=reason)
            self.watched.doubtful[name] = [*draft.doubtful]
            if draft.doubtful:
                titles = len(draft.doubtful)
                yield self.home.say("cli.watch.doubtful", titles=titles, title=draft.doubtful[0], file=f"{path}")
        self._note(name, stamp, f"{CALENDAR} {self.now.date()}")

    def _of_moods(self, path: Path) -> tuple[bool, list[str]]:
        """Take what another app's export of moods says anew; return whether it is one, and what there is to know."""
        from runmood.ingest.mood_files import import_known_moods  # noqa: PLC0415 - as above

        try:
            taken = import_known_moods(self.home, path, self.now)
        except OSError:
            return False, []  # it is tried again with the copying
        if taken is None:
            return False, []
        if taken.asks:
            return True, [self.home.say("cli.watch.asks", source=taken.source, file=f"{path}")]
        self.counts["moods"] += taken.new
        said = self.home.say("cli.watch.moods", source=taken.source, entries=taken.new)
        return True, [said] if taken.new else []

    def _note(self, name: str, stamp: Stamp, place: str) -> None:
        self.watched.files[name] = (*stamp, place)


def _tells_of_workouts(path: Path) -> bool:
    """Return whether an export of moods holds workouts, too, as one of Apple Health may."""
    try:
        return bool(WORKOUTS.search(path.read_bytes()))
    except OSError:
        return True
