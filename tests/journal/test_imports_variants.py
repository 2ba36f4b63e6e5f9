from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from drawn import number, rows

from runmood.core.checkins import CheckIn
from runmood.core.errors import CsvFormatError
from runmood.core.i18n import translator
from runmood.journal.imports import read_export
from runmood.journal.imports.compare import Export, NeedsMappingError
from runmood.journal.imports.formats import ANY_SHEET, SourceScale, formats
from runmood.journal.store import append, read

ENGLISH = translator("en", "metric")
OSLO = ZoneInfo("Europe/Oslo")
DAYLIO = "full_date,date,weekday,time,mood,activities,note_title,note\n"
PMSYS = "effective_time_frame,fatigue,mood,readiness,sleep_duration_h,sleep_quality,soreness,soreness_area,stress\n"
BEARABLE = "date,date formatted,weekday,time of day,category,rating/amount,detail,notes\n"


def through(text: str, name: str = "export.csv", encoding: str = "utf-8") -> Export:
    """A text through the door of the imports, at home in Oslo."""
    return read_export(text.encode(encoding), name, OSLO, None)


def only(export: Export) -> CheckIn:
    """The one check-in of an export."""
    (said,) = export.entries
    assert isinstance(said.entry, CheckIn)
    return said.entry


SCALES = """
    | low | high | best | item     | theirs | ours |
    | 1   | 4    | low  | mood     | 1      | 10   |
    | 1   | 4    | low  | mood     | 4      | 0    |
    | 1   | 4    | low  | soreness | 1      | 0    |
    | 1   | 4    | low  | soreness | 4      | 10   |
    | 1   | 5    | high | mood     | 4      | 7.5  |
    | 1   | 5    | high | stress   | 5      | 0    |
    | 1   | 5    | high | stress   | 1      | 10   |
    | 1   | 5    | high | sleep    | 5      | 10   |
    | -1  | 1    | high | mood     | 0      | 5    |
    | 0   | 100  | high | energy   | 33     | 3.3  |
    | 1   | 10   | low  | effort   | 10     | 10   |
"""


@pytest.mark.parametrize("case", rows(SCALES), ids=lambda case: f"{case['item']} {case['theirs']} of {case['high']}")
def test_scales(case: dict[str, str]) -> None:
    """The good end of a scale is 10 for mood, energy and sleep, and 0 for what is better when there is less of it."""
    scale = SourceScale(float(case["low"]), float(case["high"]), case["best"])  # type: ignore[arg-type]
    assert scale.of_ten(case["item"], float(case["theirs"])) == number(case["ours"])


CLOCKS = """
    | written   | clock | kind    |
    | 5:01 PM   | 17:01 | evening |
    | 6:50 pm   | 18:50 | evening |
    | 18:43     | 18:43 | evening |
    | 12:05 am  | 00:05 | evening |
    | 12:38 pm  | 12:38 | evening |
    | 3:59      | 03:59 | evening |
    | 4:00 a.m. | 04:00 | morning |
    | 11:59 AM  | 11:59 | morning |
    | 8:15 p. m. | 20:15 | evening |
    | 7.45      | 07:45 | morning |
    | 午後9:30  | 21:30 | evening |
    | 오전 7:15 | 07:15 | morning |
"""


@pytest.mark.parametrize("case", rows(CLOCKS), ids=lambda case: case["written"])
def test_clocks(case: dict[str, str]) -> None:
    """Twelve hours or twenty-four, any way of writing am and pm; the kind goes by the clock, a morning from 04:00."""
    check_in = only(through(f"{DAYLIO}2026-02-08,8 Feb,Sunday,{case['written']},good,,,\n"))
    assert (f"{check_in.at:%H:%M}", check_in.kind) == (case["clock"], case["kind"])


@pytest.mark.parametrize("blank", ["\u202f", "\u00a0"])
def test_a_blank_that_does_not_break(blank: str) -> None:
    """Newer phones write a blank before am and pm that is not the common one."""
    assert only(through(f"{DAYLIO}2026-02-08,8 Feb,Sunday,5:01{blank}PM,good,,,\n")).at.hour == 17


PLAIN = f'{DAYLIO}2026-02-08,8 Feb,Sunday,18:43,Good ,"run | friends | ",Title,"two\nlines, and a comma"\n'


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (PLAIN, "utf-8"),
        (PLAIN, "utf-8-sig"),
        (PLAIN, "utf-16"),
        (PLAIN.replace("\n", "\r\n").replace("two\r\n", "two\n"), "utf-8-sig"),
        (
            PLAIN.upper().replace("TITLE", "Title").replace("TWO\nLINES, AND A COMMA", "two\nlines, and a comma"),
            "utf-8",
        ),
    ],
    ids=["plain", "byte order mark", "UTF-16", "CRLF", "capitals"],
)
def test_the_same_sheet_in_another_coat(text: str, encoding: str) -> None:
    """Byte order marks, line ends, capitals and blanks around words change nothing."""
    check_in = only(through(text, encoding=encoding))
    assert (check_in.mood, check_in.note) == (7.5, "Title\ntwo\nlines, and a comma")
    assert [tag.lower() for tag in check_in.tags] == ["run", "friends"]


def test_semicolons_between_cells() -> None:
    """A spreadsheet in much of Europe saves semicolons."""
    assert only(through("full_date;time;mood;activities\n2026-02-08;18:43;meh;run | cook\n")).tags == ("run", "cook")


DAYS = """
    | written      | day        |
    | June 22      | 2018-06-22 |
    | 22 June      | 2018-06-22 |
    | Feb 3        | 2018-02-03 |
"""


@pytest.mark.parametrize("case", rows(DAYS), ids=lambda case: case["written"])
def test_the_year_in_its_own_column(case: dict[str, str]) -> None:
    """The layout of 2018 writes the year apart, the day before or after the month."""
    text = f"year,date,weekday,time,mood,activities,note\n2018,{case['written']},Friday,20:39,good,,\n"
    assert str(only(through(text)).at.date()) == case["day"]


def test_several_entries_a_day_stay_several() -> None:
    """Three rows of one day are three check-ins, in the order of the file."""
    lines = "".join(
        f"2026-02-08,8 Feb,Sunday,{clock},{mood},,,\n" for clock, mood in (("21:00", "rad"), ("8:00", "meh"))
    )
    assert [said.entry.mood for said in through(DAYLIO + lines).entries] == [10.0, 5.0]


def test_zeros_of_pmsys_are_no_answers() -> None:
    """A zero is unsaid, never a score; a row whose mood is zero is left out and counted."""
    text = f"{PMSYS}2026-02-07T07:31:40.751Z,0,3,5,6,3,2,[],0\n2026-02-08T07:31:40.751Z,3,0,5,6,3,2,[],3\n"
    export = through(text)
    check_in = only(export)
    assert (check_in.tiredness, check_in.stress, check_in.mood) == (None, None, 5.0)
    assert (check_in.at.isoformat(), check_in.raw) == (
        "2026-02-07T08:31:40+01:00",
        "mood=3 of 1-5; sleep_quality=3 of 1-5; soreness=2 of 1-5; readiness=5; sleep_duration_h=6; soreness_area=[]",
    )
    assert tuple(map(str, export.remarks)) == (
        "1 row without a mood was left out.",
        "Answers of 0 are no answers there; left out: 3.",
    )


def test_a_state_of_mind_of_the_day_is_an_evening() -> None:
    """The mood of a day is that day's evening even when logged after midnight; a moment goes by its clock."""
    entries = [
        {"start": "2026-02-08 00:30:00 +0100", "kind": kind, "valence": valence, "labels": None}
        for kind, valence in (("daily_mood", -1), ("momentary_emotion", 4e-05))
    ]
    export = through(json.dumps({"data": {"stateOfMind": entries}}), "HealthAutoExport.json")
    day, moment = (said.entry for said in export.entries)
    assert (day.at.isoformat(), day.kind, day.mood) == ("2026-02-08T21:00:00+01:00", "evening", 0.0)
    assert (moment.at.isoformat(), moment.kind, moment.mood) == ("2026-02-08T00:30:00+01:00", "evening", 5.0)
    assert (day.source, moment.source, export.source) == (
        "apple-daily-mood",
        "apple-momentary-emotion",
        "apple-state-of-mind",
    )


def test_bearable_has_words_for_the_time() -> None:
    """In Bearable am is a morning, pm and all day an evening; any other word stops the import."""
    lines = [f"x,2026-02-08,Sunday,{part},Mood,8,,\n" for part in ("am", "pm", "all day", "14:30")]
    kinds = [(said.entry.kind, said.entry.at.hour) for said in through(BEARABLE + "".join(lines)).entries]
    assert kinds == [("morning", 8), ("evening", 21), ("evening", 21), ("evening", 14)]
    with pytest.raises(CsvFormatError, match="Line 2: 'mid' is not a time like"):
        through(BEARABLE + lines[0].replace(",am,", ",mid,"))


def test_a_scale_that_may_be_shorter_is_asked_for() -> None:
    """Bearable's scale is known from other programs only: a file with nothing above 5 stops and asks."""
    with pytest.raises(NeedsMappingError, match="may be 1-5 or 1-10") as stopped:
        through(f"{BEARABLE}x,2026-02-08,Sunday,pm,Mood,4,,\n")
    assert '[scales.mood]\nlow = "?"' in stopped.value.draft(ENGLISH)


def test_our_own_sheet_comes_through_the_same_door() -> None:
    """A sheet with date, kind and mood is our own and is read as ever."""
    check_in = only(through("date,kind,mood,energy\n2026-02-08,evening,6,4\n"))
    assert (check_in.mood, check_in.energy, check_in.source, check_in.raw) == (6.0, 4.0, "csv", None)


def test_a_known_layout_without_rows_is_no_fault() -> None:
    """An export in which nothing stands gives no entries."""
    assert through(DAYLIO).entries == ()


def test_what_is_imported_twice_is_kept_once(tmp_path: Path) -> None:
    """A second import of the same file adds nothing; what the journal gives back is what was imported."""
    entries = through(PLAIN).entries
    assert (append(tmp_path, entries).new, append(tmp_path, through(PLAIN).entries).new) == (1, 0)
    (told,) = read(tmp_path).records
    assert told.entry == entries[0].entry


def test_the_page_names_every_source() -> None:
    """docs/imports.md has a row for each source and says of those known from programs only that they are."""
    page = (Path(__file__).parents[2] / "docs" / "imports.md").read_text(encoding="utf-8")
    known = [ANY_SHEET, *formats()]
    assert {"daylio", "apple-daily-mood", "csv"} < {layout.source for layout in known}
    for layout in known:
        (row, *_) = [line for line in page.splitlines() if line.startswith("| ") and f"`{layout.source}`" in line]
        assert row.split("|")[3].strip().startswith(layout.how_sure)
