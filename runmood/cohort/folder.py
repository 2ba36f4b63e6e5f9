"""A cohort: its folder, its settings, the key of its pseudonyms, and the register of its homes."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from runmood.core.catalogue import DEFAULT, languages
from runmood.core.errors import UserError, no_toml
from runmood.core.files import make_folder, open_private, replace_private, write_private
from runmood.core.i18n import message, translator
from runmood.home.home import write_lock
from runmood.home.user_config import check_owner

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from runmood.core.i18n import Translator

SETTINGS, KEY, MEMBERS = "cohort.toml", "key", "members.jsonl"
ROWS = "rows.parquet"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
KEY_BYTES, ID_BYTES, PERSON_LETTERS = 32, 16, 20
FIRST_SETTINGS = """\
name = {name}
language = "{language}"
buckets = {buckets}       # homes are dealt out to so many parts of the night; the fuller, the fewer files
deadline_s = {deadline_s}   # after so long a home's night is ended, and the home is named
"""


class CohortError(UserError):
    """A cohort cannot be used as it is; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class CohortSettings:
    """What the cohort's owner sets.

    `buckets` is into how many parts homes are dealt, `deadline_s` a home's time, `store` where a copy of the pooled
    files lies (s3://bucket/folder) and `store_endpoint` the address of its server; null where there is none.
    """

    name: str
    language: str = DEFAULT
    buckets: int = 16
    deadline_s: int = 900
    store: str | None = None
    store_endpoint: str | None = None
    prefect_server: str | None = None  # as Home.settings has it: a cohort runs its own


@dataclass(frozen=True, slots=True)
class Member:
    """A home of the cohort: a random name of its own, where it is, and the site it belongs to."""

    member: str
    home: Path
    site: str | None = None


@dataclass(frozen=True)
class Cohort:
    """A cohort's folder."""

    root: Path
    settings: CohortSettings
    key: bytes = field(repr=False)

    @property
    def work(self) -> Path:
        """The folder of locks, drafts and Prefect's records."""
        return self.root / ".work"

    @property
    def ledger(self) -> Path:
        """The folder of what each home's last night came to, one file a bucket."""
        return self.root / "ledger"

    @property
    def pooled(self) -> Path:
        """The folder of what people give: a folder a table, in it one a bucket with one Parquet file."""
        return self.root / "pooled"

    @property
    def database(self) -> Path:
        """The database for analysts."""
        return self.root / "cohort.duckdb"

    @property
    def releases(self) -> Path:
        """The folder of what was released, one file a week."""
        return self.root / "releases"

    @property
    def say(self) -> Translator:
        """How the cohort's owner is spoken to."""
        return translator(self.settings.language, "metric")

    def writing(self, *, wait: bool = True) -> AbstractContextManager[None]:
        """Lock the cohort: one night at a time, one writer of its register, database and releases."""
        return write_lock(make_folder(self.work) / "lock", wait=wait)

    def person(self, member: str) -> str:
        """Return the pseudonym of a member: without the key nobody can tell whose it is, or make it again."""
        return hmac.new(self.key, member.encode(), hashlib.sha256).hexdigest()[:PERSON_LETTERS]

    def bucket(self, member: str) -> int:
        """Return the part of the night that serves a member, the same every night."""
        return int(self.person(member), 16) % self.settings.buckets

    def members(self, bucket: int | None = None) -> list[Member]:
        """Return the homes of the cohort, or those of one bucket, in the order in which they were added.

        Raises:
            CohortError: a line of the register cannot be read.
        """
        path = self.root / MEMBERS
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        found: dict[str, Member] = {}
        for number, line in enumerate(lines, start=1):
            try:
                content = json.loads(line)
                found[content["member"]] = Member(str(content["member"]), Path(content["home"]), content.get("site"))
            except (ValueError, KeyError, TypeError, RecursionError) as fault:
                raise CohortError(message("cohort.bad_line", path=str(path), line=number)) from fault
        return [each for each in found.values() if bucket is None or self.bucket(each.member) == bucket]

    def add(self, homes: Iterable[Path], site: str | None = None) -> int:
        """Write homes into the register; one that is there stays under its name, with the new site if one is given.

        Returns:
            How many were new.
        """
        known = {member.home: member for member in self.members()}
        new = 0
        for home in homes:
            path = home.resolve()
            new += path not in known
            before = known.get(path, Member(secrets.token_hex(ID_BYTES), path))
            known[path] = replace(before, site=site or before.site)
        self._write(known.values())
        return new

    def remove(self, home: Path) -> Member:
        """Take a home out of the register.

        Returns:
            What stood there.

        Raises:
            CohortError: there is no such home in it.
        """
        members = self.members()
        gone = next((each for each in members if each.home in {home, home.resolve()}), None)
        if gone is None:
            raise CohortError(self.say("cohort.no_member", home=str(home)))
        self._write(each for each in members if each != gone)
        return gone

    def _write(self, members: Iterable[Member]) -> None:
        lines = (json.dumps({"member": m.member, "home": str(m.home), "site": m.site}) + "\n" for m in members)
        replace_private(self.root / MEMBERS, "".join(lines))


def make_cohort(root: Path, settings: CohortSettings) -> Cohort:
    """Make a cohort in an empty or a new folder, with a key of its own.

    Returns:
        The cohort.

    Raises:
        CohortError: there is something in the folder.
    """
    if root.exists() and any(root.iterdir()):
        raise CohortError(message("cohort.not_empty", path=str(root)))
    make_folder(root)
    text = FIRST_SETTINGS.format(
        name=json.dumps(settings.name, ensure_ascii=False),
        language=settings.language,
        buckets=settings.buckets,
        deadline_s=settings.deadline_s,
    )
    write_private(root / SETTINGS, text)
    with open(root / KEY, "xb", opener=open_private) as key:
        key.write(secrets.token_hex(KEY_BYTES).encode())
    return open_cohort(root)


def open_cohort(root: Path) -> Cohort:
    """Return the cohort at a folder.

    Raises:
        CohortError: there is none, or its settings or its key cannot be used.
    """
    check_owner(root)
    settings, key = root / SETTINGS, root / KEY
    if not settings.is_file():
        raise CohortError(message("cohort.none", path=str(root)))
    try:
        secret = bytes.fromhex(key.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as fault:
        raise CohortError(message("cohort.no_key", path=str(key))) from fault
    if len(secret) != KEY_BYTES:
        raise CohortError(message("cohort.no_key", path=str(key)))
    return Cohort(root, _read_settings(settings), secret)


def homes_in(path: Path) -> Iterator[Path]:
    """Yield the home at a path, or those in the folder there; a folder that is no home is passed over."""
    if (path / "settings.toml").is_file():
        yield path
    elif path.is_dir():
        yield from sorted(each for each in path.iterdir() if (each / "settings.toml").is_file())


def place_of(pooled: Path, table: str, bucket: int) -> Path:
    """Return where the rows of a bucket stand, in the layout that Hive began: a folder a value of the partition."""
    return pooled / table / f"bucket={bucket:04}" / ROWS


def is_store(address: object) -> bool:
    """Return whether an address names a bucket and a folder in it."""
    form = r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_.=-]+)+"
    return isinstance(address, str) and bool(re.fullmatch(form, address))


def is_endpoint(address: object) -> bool:
    """Return whether an address is that of a server on this computer, or of one that is spoken to encrypted."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and (parts.scheme == "https" or parts.hostname in LOOPBACK)
    )


def check_scheduler(cohort: Cohort, address: str) -> None:
    """Refuse a scheduler that anybody could send programs to.

    Raises:
        CohortError: it is elsewhere and does not ask for a certificate.
    """
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme != "tls" and parts.hostname not in LOOPBACK:
        raise CohortError(cohort.say("cohort.bad_scheduler", address=address))


def week_of(day: dt.date) -> str:
    """Return the name of the week of a day, as ISO 8601 has it: 2026-W48."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


STORE = {"store": is_store, "store_endpoint": is_endpoint}
BOUNDS = {"buckets": range(1, 100_000), "deadline_s": range(1, 86_401)}


def _read_settings(path: Path) -> CohortSettings:
    """Return the settings; a sentence names what cannot be used."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise CohortError(no_toml(path, fault)) from fault
    unfit = [name for name, value in content.items() if not _is_fit(name, value)]
    unfit += [name for name in STORE if name not in content and content.keys() & STORE]  # one needs the other
    if unfit:
        raise CohortError(message("cohort.bad_setting", path=str(path), name=unfit[0]))
    return CohortSettings(**{"name": path.parent.name} | content)


def _is_fit(name: str, value: object) -> bool:
    if name in BOUNDS:
        return isinstance(value, int) and not isinstance(value, bool) and value in BOUNDS[name]
    if name == "language":
        return value in languages()
    if name in STORE:
        return STORE[name](value)
    return name == "name" and isinstance(value, str)
