"""What the pages are given of a home, in one place."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING

from pipelines.home import Home, SettingsError, look_at_home
from pipelines.serving.hearing import Diary
from pipelines.serving.looking import Shelf
from pipelines.serving.setting import change
from pipelines.serving.working import Yard
from runmood import support, web

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PHONES = "phones.json"  # in the writer's folder: which phones may come in, by the hash of their secret


def given(root: Path) -> web.Given:
    """What the pages are given of the home at a folder. Settings count from the next page on."""
    door = _FrontDoor(root)
    shelf, diary, yard = Shelf(door.home), Diary(door.home), Yard(door.home)
    return web.Given(
        now=lambda: dt.datetime.now(door.home().zone),
        person=door.person,
        change_setting=lambda name, value: change(door.home().settings_file, name, value),
        help_lines=door.help_lines,
        looking=web.Looking(
            made_at=shelf.made_at, said_since=shelf.said_since, span=shelf.span, days=shelf.days, runs=shelf.runs,
            runs_of_day=shelf.runs_of_day, run=shelf.run, findings=lambda: shelf.findings(diary.remarks()),
            doubtful=shelf.doubtful, summary=shelf.summary,
        ),
        saying=web.Saying(
            say=diary.say, check_ins=diary.check_ins, check_in=diary.check_in, withdrawal=diary.withdrawal,
            usual_kind=diary.usual_kind, plans=diary.plans, open_from=diary.open_from, habit=diary.habit,
            goals=diary.goals, heavy=diary.is_heavy,
        ),
        working=web.Working(new_folder=yard.new_folder, take_in=yard.take_in, make=yard.make, works=yard.works),
        phones=root / ".work" / PHONES,
    )  # fmt: skip


class _FrontDoor:
    """The home as its settings are now; with a fault in them, as they were before."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._last = look_at_home(root)

    def home(self) -> Home:
        with suppress(SettingsError):  # a page that is open goes on; every command says what is wrong
            self._last = look_at_home(self._root)
        return self._last

    def person(self) -> web.Person:
        home = self.home()
        settings = home.settings
        return web.Person(
            name=settings.name, units=settings.units, time_zone=settings.time_zone, language=settings.language,
            settings=home.settings_file.resolve(), hidden_m=settings.privacy_zone_m, items=settings.items,
        )  # fmt: skip

    def help_lines(self) -> Sequence[support.HelpLines]:
        return support.help_lines(self.home().settings.country_shown)
