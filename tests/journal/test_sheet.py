from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from runmood.core.checkins import CheckIn, CustomQuestion
from runmood.core.errors import CsvFormatError
from runmood.core.i18n import translator
from runmood.journal.checkin_files import check_ins_from_csv

LISBON = ZoneInfo("Europe/Lisbon")
GERMAN = translator("de", "metric")


def test_check_ins_of_a_sheet() -> None:
    """Rows become check-ins; a row without a time has the usual clock of its kind, an empty cell is unsaid."""
    head = "\ufeffDate,Time,Kind,Mood,Energy,Tags,Note"
    sheet = f"{head}\n2025-05-04,,morning,6,,,\n2025-05-04,22:10,evening,7.5,4,ill | social,ok\n"
    morning, evening = (said.entry for said in check_ins_from_csv(sheet.encode(), LISBON))
    assert morning == CheckIn(dt.datetime(2025, 5, 4, 8, tzinfo=LISBON), "morning", 6.0, source="csv")
    assert isinstance(evening, CheckIn)
    assert (evening.at.hour, evening.mood, evening.energy, evening.tags) == (22, 7.5, 4.0, ("ill", "social"))


def test_an_answer_to_every_question() -> None:
    """Lists are joined with |, a semicolon may part the cells, and a question of one's own has a column of its name."""
    items = (CustomQuestion("coffee", "How many cups?", "scale"), CustomQuestion("rain", "Did it rain?", "yes-no"))
    head = "date;kind;mood;pain;pain_where;helped;coffee;rain"
    (said,) = check_ins_from_csv(
        f"{head}\n2025-05-04;after-run;7,5;3;left knee;rest | faith;2;yes\n".encode(), LISBON, items
    )
    assert isinstance(said.entry, CheckIn)
    assert (said.entry.mood, said.entry.pain, said.entry.pain_where) == (7.5, 3.0, "left knee")
    assert (said.entry.helped, said.entry.answers) == (("rest", "faith"), (("coffee", 2.0), ("rain", 1.0)))


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        ("date,kind,mood\n2025-05-04,evening,11\n", "Line 2: mood is 11.0, outside 0 to 10"),
        ("date,kind,mood\n2025-05-04,evening,6\n04.05.2025,evening,6\n", "Line 3: '04.05.2025' is not a date"),
        ("date,kind,mood\n2025-05-04,night,6\n", "kind is 'night', not one of morning, evening"),
        ("date,kind,mood\n2025-05-04,evening,fine\n", "Line 2: mood is 'fine', which is no number"),
        ("date,kind,mood\n2025-05-04,evening,\n", "Line 2: the mood is empty"),
        ("date,kind\n2025-05-04,evening\n", "lacks mood"),
        ("date,kind,mood,smile\n2025-05-04,evening,6,1\n", "does not know smile"),
        ("", "lacks date, kind, mood"),
    ],
)
def test_a_wrong_sheet_is_refused_whole(sheet: str, sentence: str) -> None:
    """One wrong cell stops the import, and the sentence names the line and the fault."""
    with pytest.raises(CsvFormatError) as refused:
        check_ins_from_csv(sheet.encode(), LISBON)
    assert sentence in str(refused.value)
    assert sentence not in refused.value.spoken(GERMAN)
