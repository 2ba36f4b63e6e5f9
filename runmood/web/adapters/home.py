"""Everything the pages depend on, built on the folder of a home."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING

from runmood.core.entries import SeriesJudged
from runmood.core.locked import LockedHomeError, is_locked
from runmood.home.edit_settings import change, change_question
from runmood.home.home import Home, open_readonly
from runmood.home.settings import SPECS, SettingsError
from runmood.ingest.calendars import judge_titles, reread_calendars, titles_to_decide
from runmood.journal.plans.classify import series_of
from runmood.support.help_lines import HelpLines, all_help_lines, help_lines
from runmood.warehouse.publish import recordings_named
from runmood.web.adapters.jobs import ProcessJobRunner
from runmood.web.adapters.journal import JournalRepository
from runmood.web.adapters.published import PublishedRepository, SharedPages
from runmood.web.ports import AppContext, Person
from runmood.workflow.trimming import cuts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from runmood.core.entries import Entry

PAIRED_DEVICES = "phones.json"  # in the work folder: the phones that may check in, by the hash of their secret


def build_app_context(root: Path) -> AppContext:
    """Return the context of the home at a folder. Changed settings hold from the next page on."""
    reloading = ReloadingHome(root)
    journal = JournalRepository(reloading.home)
    return AppContext(
        now=lambda: dt.datetime.now(reloading.home().zone),
        person=reloading.person,
        settings=lambda: {name: getattr(reloading.home().settings, name) for name in SPECS},
        change_setting=lambda name, value: change(reloading.home().settings_file, name, value),
        change_question=lambda name, question: change_question(reloading.home().settings_file, name, question),
        trim=reloading.trim,
        help_lines=reloading.help_lines,
        queries=PublishedRepository(reloading.home, journal.feedback),
        journal=journal,
        jobs=ProcessJobRunner(reloading.home),
        share=SharedPages(reloading.home, journal.feedback),
        paired_devices=root / ".work" / PAIRED_DEVICES,
        titles=lambda: titles_to_decide(reloading.home()),
        judge_title=reloading.judge_title,
        reread_calendars=reloading.reread_calendars,
        is_locked=lambda: is_locked(root),
    )


class ReloadingHome:
    """A home with its settings as they are now; while the file has a fault, as they were before."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._last = open_readonly(root, lenient=True)

    def home(self) -> Home:
        """Return the home with its settings as they are now."""
        with suppress(SettingsError, LockedHomeError):  # an open page goes on; every command says what is wrong
            self._last = open_readonly(self._root)
        return self._last

    def person(self) -> Person:
        """Return whose home it is, and how they like to read."""
        home = self.home()
        settings = home.settings
        return Person(
            name=settings.name, units=settings.units, time_zone=settings.time_zone, language=settings.language,
            settings=home.settings_file.resolve(), hidden_m=settings.privacy_zone_m, items=settings.custom_questions,
        )  # fmt: skip

    def trim(self, run_id: str, begin: str, end: str) -> Sequence[Entry]:
        """Return the entries that cut a run to what was typed as its beginning and end; an empty end stays as it is."""
        home = self.home()
        return tuple(cuts(home, recordings_named(home.published, run_id), begin or None, end or None))

    def judge_title(self, now: dt.datetime, title: str, verdict: str) -> None:
        """Write down what the series of a title is, and have its calendars read again."""
        judge_titles(self.home(), [SeriesJudged(series_of(title), verdict)], now)

    def reread_calendars(self, now: dt.datetime, series: Collection[str]) -> None:
        """Have the calendars read again in which titles of these series stand."""
        reread_calendars(self.home(), series, now)

    def help_lines(self) -> Sequence[HelpLines]:
        """Return the help lines of the person's country; of all where it is not known."""
        country = self.home().settings.country_shown
        return help_lines(country) if country else all_help_lines()
