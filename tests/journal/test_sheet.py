import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from runmood.journal import BadSheetError, check_ins_from_csv, plan_from_csv
from runmood.terms.records import CheckIn, PlannedDay

LISBON = ZoneInfo("Europe/Lisbon")
NOW = dt.datetime(2025, 5, 4, 18, tzinfo=LISBON)


def test_check_ins_of_a_sheet() -> None:
    """Rows become check-ins; a row without a time has the usual clock of its kind, an empty cell is unsaid."""
    head = "\ufeffDate,Time,Kind,Mood,Energy,Tags,Note"
    sheet = f"{head}\n2025-05-04,,morning,6,,,\n2025-05-04,22:10,evening,7.5,4,ill | social,ok\n"
    morning, evening = (said.entry for said in check_ins_from_csv(sheet.encode(), LISBON))
    assert morning == CheckIn(dt.datetime(2025, 5, 4, 8, tzinfo=LISBON), "morning", 6.0, source="csv")
    assert isinstance(evening, CheckIn)
    assert (evening.at.hour, evening.mood, evening.energy, evening.tags) == (22, 7.5, 4.0, ("ill", "social"))


def test_planned_days_of_a_sheet() -> None:
    """Rows become planned days, with a distance where there is one."""
    said = plan_from_csv(b"date,planned,distance_km\n2025-05-06,run,8.5\n2025-05-07,Rest,\n", NOW)
    assert [each.entry for each in said] == [
        PlannedDay(dt.date(2025, 5, 6), "run", 8500.0),
        PlannedDay(dt.date(2025, 5, 7), "rest"),
    ]


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        ("date,kind,mood\n2025-05-04,evening,11\n", "Line 2: mood is 11.0, outside 0 to 10"),
        ("date,kind,mood\n2025-05-04,evening,6\n04.05.2025,evening,6\n", "Line 3: '04.05.2025' is not a date"),
        ("date,kind,mood\n2025-05-04,night,6\n", "kind is 'night', not one of morning, evening"),
        ("date,kind,mood\n2025-05-04,evening,fine\n", "Line 2: could not convert string to float: 'fine'"),
        ("date,kind,mood\n2025-05-04,evening,\n", "Line 2: the mood is empty"),
        ("date,kind\n2025-05-04,evening\n", "lacks mood"),
        ("date,kind,mood,smile\n2025-05-04,evening,6,1\n", "does not know smile"),
        ("", "lacks date, kind, mood"),
    ],
)
def test_a_wrong_sheet_is_refused_whole(sheet: str, sentence: str) -> None:
    """One wrong cell stops the import, and the sentence names the line and the fault."""
    with pytest.raises(BadSheetError, match=sentence.replace("(", r"\(")):
        check_ins_from_csv(sheet.encode(), LISBON)
