"""One declaration of an item of a check-in, and all that follows from it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from runmood.core.checkin_items import BY_MOMENT, DAILY, FIRST, ITEMS, LATER, NAMES
from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.versions import schema_sources
from runmood.journal.checkin_files import CSV_COLUMNS, check_ins_from_json
from runmood.journal.codec import CHECK_IN, from_line, to_line
from runmood.schema.tables import CHECK_INS, DAYS

if TYPE_CHECKING:
    from runmood.core.checkin_items import CheckInItem

AT = dt.datetime(2025, 5, 4, 21, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_an_item_is_in_the_journal_the_tables_and_the_sheet(item: CheckInItem) -> None:
    """Each item can be written in the journal, is a column of check-ins and of our own sheet, and has daily columns."""
    assert item.name in CHECK_IN.parsers
    assert item.name in CHECK_INS.schema.names()
    assert item.name in CSV_COLUMNS
    assert {column.name for column in item.daily} <= set(DAYS.schema.names())


def test_every_item_is_asked_once() -> None:
    """What is asked at once and what is asked later come to all items, and no two have a column in common."""
    assert sorted(item.name for item in (*FIRST, *LATER)) == sorted(NAMES)
    assert len(BY_MOMENT) == len(ITEMS) == len(set(NAMES))
    columns = [column.name for _, column in DAILY]
    assert len(columns) == len(set(columns))


def test_a_rating_is_an_attribute() -> None:
    """Each rating is read by its name and None where it is unsaid; a name that is no item is an error."""
    check_in = CheckIn(AT, "evening", 7.0, energy=6.0, scores={"energy": 2.0, "stress": 3.0})
    assert (check_in.mood, check_in.energy, check_in.stress, check_in.pain) == (7.0, 6.0, 3.0, None)
    with pytest.raises(AttributeError, match="a check-in has no joy"):
        check_in.joy  # noqa: B018 - the attribute is what is asked for
    with pytest.raises(TypeError, match="a check-in has no joy"):
        CheckIn(AT, "evening", 7.0, joy=7.0)


def test_a_copy_with_another_mood_keeps_the_other_ratings() -> None:
    """A check-in with something replaced is equal to one that was made so, and has the same hash."""
    check_in = dataclasses.replace(CheckIn(AT, "evening", 7.0, energy=6.0, tags=("ill",)), mood=3.0)
    assert check_in == CheckIn(AT, "evening", 3.0, energy=6.0, tags=("ill",))
    assert hash(check_in) == hash(CheckIn(AT, "evening", 3.0, energy=6.0, tags=("ill",)))
    assert check_in != CheckIn(AT, "evening", 3.0, energy=5.0, tags=("ill",))


def test_every_item_comes_back_from_json_and_from_the_journal() -> None:
    """A check-in with every item rated is taken from JSON and written to the journal as it was said."""
    scores = {name: float(number) for number, name in enumerate(NAMES)}
    text = json.dumps({"at": AT.isoformat(), "kind": "evening", **scores})
    (new,) = check_ins_from_json(text.encode(), ZoneInfo("UTC"), now=AT)
    assert isinstance(new.entry, CheckIn)
    assert new.entry.scores == scores
    assert from_line(to_line(NewEntry(AT, new.entry))).entry == new.entry


def test_a_night_notices_another_item(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a night compares to see whether the tables are declared otherwise changes with the registry of items."""
    before, read = schema_sources(), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b"#" * (path.name == "checkin_items.py"))
    assert schema_sources() != before


ADDED = """
import sys, types
from pathlib import Path

import runmood.core

declaration = '''
    CheckInItem(
        "anxiety", "0 none, 10 as much as can be.", best="low", kind=CheckInKind.EVENING,
        daily=(DailyColumn("anxiety", "Anxiety, as said in the evening.", CheckInKind.EVENING),),
    ),
)

_MOMENTS'''
path = Path(runmood.core.__path__[0], "checkin_items.py")
source = path.read_text()
assert source.count("\\n)\\n\\n_MOMENTS") == 1
registry = types.ModuleType("runmood.core.checkin_items")
registry.__file__ = str(path)
sys.modules[registry.__name__] = runmood.core.checkin_items = registry
exec(compile(source.replace("\\n)\\n\\n_MOMENTS", declaration), str(path), "exec"), registry.__dict__)

import datetime as dt
import inspect
from zoneinfo import ZoneInfo

import duckdb

from runmood.cli.checkin import check_in
from runmood.cli.prompts import ask_check_in
from runmood.core.checkins import CheckIn, NewEntry
from runmood.journal.checkin_files import CSV_COLUMNS, check_ins_from_csv
from runmood.journal.codec import from_line, to_line
from runmood.journal.tables import journal_frames
from runmood.warehouse.ddl import view_statements
from runmood.warehouse.database import DATABASE
from runmood.warehouse.writer import Warehouse
from runmood.web import forms

at = dt.datetime(2025, 5, 4, 21, tzinfo=dt.UTC)
line = to_line(NewEntry(at, CheckIn(at, "evening", 7.0, anxiety=4.0)))
record = from_line(line)
assert record.entry.anxiety == 4.0
assert check_ins_from_csv(b"date,kind,mood,anxiety\\n2025-05-04,evening,7,3", ZoneInfo("UTC"))[0].entry.anxiety == 3.0
assert "anxiety" in inspect.signature(check_in).parameters
form = forms.FormData({"kind": ["evening"], "mood": ["7"], "energy": ["6"], "anxiety": ["4"]})
assert not forms.find_errors(form, ()) and forms.parse_checkin(form, at, ()).anxiety == 4.0

class Answering:
    def tell(self, sentence): pass
    def line(self, question):
        return "5" if "asks." in question else "m" if question == "cli.checkin.ask.more" else ""
class Keys:
    def __call__(self, name, **values): return name
    def choice(self, kind, word): return word
answers = ask_check_in(Answering(), (), {"kind": "evening"}, say=Keys())
assert answers["anxiety"] == 5.0

folder = Path(sys.argv[1])
with Warehouse(folder, folder / "points") as store:
    store.build_tables(journal_frames((record,), ZoneInfo("UTC"), at.date()))
    assert store.table("check_ins")["anxiety"].to_list() == [4.0]
    assert store.table("days")["anxiety"].to_list() == [4.0]
with duckdb.connect(folder / DATABASE) as connection:
    for statement in view_statements(connection, folder / "points"):
        connection.execute(statement)
    assert connection.execute("select value from signals where signal = 'anxiety'").fetchall() == [(4.0,)]
"""


def test_one_declaration_adds_an_item_everywhere(tmp_path: Path) -> None:
    """With one more declaration in the registry an item is in the journal, tables, days, signals, options and forms."""
    command = [sys.executable, "-c", ADDED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
