"""Any other sheet, by a mapping that the person confirms."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from drawn import number, rows
from hypothesis import given, settings
from hypothesis import strategies as st

from runmood.core.checkins import CheckIn
from runmood.core.errors import CsvFormatError
from runmood.core.i18n import translator
from runmood.journal.imports import read_export
from runmood.journal.imports.compare import Export, NeedsMappingError
from runmood.journal.imports.mapping import ColumnMapping, mapping_from_toml

ENGLISH = translator("en", "metric")
BERLIN = ZoneInfo("Europe/Berlin")
SHEET = """\
Date;Hour;Mood;Calm;Energy;Activity;Words
08.02.2026;18:43;2;4;1,5;run, outside;long one
09.02.2026;7:10;6;0;3;;
"""
MAPPING = """
source = "my sheet"
date_format = "%d.%m.%Y"
[columns]
date = "Date"
time = "Hour"
mood = "Mood"
stress = "Calm"
energy = "Energy"
tags = "Activity"
note = "Words"
[scales]
mood = {low = 1, high = 6, best = "low"}
stress = {low = 0, high = 4, best = "high"}
energy = {low = 0, high = 3, best = "high"}
"""
READ = """
    | at               | kind    | mood | stress | energy | note     | raw                                       |
    | 2026-02-08 18:43 | evening | 8    | 0      | 5      | long one | Mood=2 of 1-6; Energy=1,5 of 0-3; Calm=4 of 0-4 |
    | 2026-02-09 07:10 | morning | 0    | 10     | 10     |          | Mood=6 of 1-6; Energy=3 of 0-3; Calm=0 of 0-4   |
"""


def through(text: str, mapping: str = "") -> Export:
    """A sheet through the door of the imports, at home in Berlin."""
    return read_export(text.encode(), "mine.csv", BERLIN, mapping_from_toml(mapping.encode()) if mapping else None)


def drafted(text: str, mapping: str = "") -> str:
    """The mapping that is drafted for a sheet that cannot be read as it is."""
    with pytest.raises(NeedsMappingError) as stopped:
        through(text, mapping)
    return stopped.value.draft(ENGLISH)


def check_ins(export: Export) -> list[CheckIn]:
    """The check-ins of an export."""
    return [said.entry for said in export.entries if isinstance(said.entry, CheckIn)]


def test_a_sheet_by_its_mapping() -> None:
    """Columns, scales, their good ends and the way of writing a date are as the person says."""
    found = check_ins(through(SHEET, MAPPING))
    for check_in, row in zip(found, rows(READ), strict=True):
        assert (f"{check_in.at:%Y-%m-%d %H:%M}", check_in.kind) == (row["at"], row["kind"])
        assert [check_in.mood, check_in.stress, check_in.energy] == [
            number(row[item]) for item in ("mood", "stress", "energy")
        ]
        assert (check_in.note or "", (check_in.raw or "").lower()) == (row["note"], row["raw"].lower())
        assert (check_in.source, check_in.sleep) == ("my sheet", None)
    assert found[0].tags == ("run, outside",)


def test_a_sheet_without_a_mapping_gets_a_draft() -> None:
    """The draft lists the columns, fills in those whose names are ours, shows the numbers seen, and asks the rest."""
    draft = drafted(SHEET)
    assert '# The file\'s columns: "Date", "Hour", "Mood", "Calm", "Energy", "Activity", "Words"' in draft
    assert '[columns]\ndate = "Date"\nmood = "Mood"\nenergy = "Energy"\n' in draft
    assert "# The scale of mood (seen: 2 to 6)" in draft
    assert '[scales.energy]\nlow = "?"\nhigh = "?"\nbest = "?"\n' in draft


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Datum;Uhrzeit;Stimmung;Schlaf;Notiz", {"date": "Datum", "mood": "Stimmung", "time": "Uhrzeit"}),
        ("datum;tijd;stemming;slaap;notitie", {"date": "datum", "mood": "stemming", "time": "tijd"}),
        ("Quand;Humeur", {"date": "?", "mood": "?"}),
    ],
)
def test_columns_are_known_by_their_names_in_our_languages(header: str, columns: dict[str, str]) -> None:
    """Who writes their diary in German or Dutch has the scales left to say; other names are asked for."""
    row = "04.05.2026;21:00;7;5;gut" if header.count(";") > 1 else "04.05.2026;7"
    listed = "".join(f'{place} = "{column}"\n' for place, column in columns.items())
    assert f"[columns]\n{listed}" in drafted(f"{header}\n{row}\n")


def test_a_draft_that_is_not_filled_in_is_refused() -> None:
    """Every ? that is left is named, and nothing is taken."""
    with pytest.raises(CsvFormatError, match=r"still has a \? at: scales.energy.best, scales.energy.high"):
        through(SHEET, drafted(SHEET))


def test_a_column_of_words_is_drafted_as_words() -> None:
    """A mood in words gets a list of its words, each asked for once; the answers are all it takes."""
    sheet = "Date,Mood\n2026-02-08,Up\n2026-02-09,down\n2026-02-10,up\n"
    draft = drafted(sheet)
    assert draft.endswith('[labels]\n"Up" = "?"\n"down" = "?"\n')
    assert "[scales" not in draft
    answered = draft.replace('"Up" = "?"', '"Up" = 9').replace('"down" = "?"', '"down" = 1')
    with pytest.raises(CsvFormatError, match="Line 2: it has no time of day"):
        through(sheet, answered)
    found = check_ins(through(sheet, answered.replace('kind = ""', 'kind = "morning"')))
    assert [(each.mood, each.at.hour, each.kind) for each in found] == [
        (9.0, 8, "morning"),
        (1.0, 8, "morning"),
        (9.0, 8, "morning"),
    ]


def test_what_was_answered_stays_in_the_next_draft() -> None:
    """A word that turns up later is asked for beside those that have their number."""
    draft = drafted("full_date,time,mood,activities\n2026-02-08,18:43,zen,\n", '[labels]\nwow = 9\nnah = "leave out"')
    assert draft.endswith('[labels]\n"wow" = 9.0\n"nah" = "leave out"\n"zen" = "?"\n')


def test_a_date_with_the_time_in_it() -> None:
    """Day and clock may stand in one column, in any way of writing."""
    mapping = 'date_format = "%d/%m/%Y %I:%M %p"\n[columns]\ndate = "when"\nmood = "m"\n'
    mapping += '[scales.mood]\nlow = 0\nhigh = 10\nbest = "high"'
    (check_in,) = check_ins(through("when,m\n08/02/2026 06:30 PM,4\n", mapping))
    assert (check_in.at.isoformat(), check_in.kind) == ("2026-02-08T18:30:00+01:00", "evening")


def test_a_kind_that_the_person_gives() -> None:
    """intervals.icu filled in at night is an evening once the mapping says so."""
    sheet = "date,restingHR,fatigue,mood,motivation\n2026-02-08,48,2,1,2\n"
    (check_in,) = check_ins(through(sheet, 'kind = "evening"'))
    assert (check_in.kind, check_in.at.hour, check_in.mood) == ("evening", 21, 10.0)


def test_another_scale_for_a_known_source() -> None:
    """A scale that the person names goes before the one in the table."""
    sheet = (
        "date,date formatted,weekday,time of day,category,rating/amount,detail,notes\nx,2026-02-08,Sunday,pm,Mood,4,,\n"
    )
    (check_in,) = check_ins(through(sheet, '[scales.mood]\nlow = 1\nhigh = 5\nbest = "high"'))
    assert (check_in.mood, check_in.raw) == (7.5, "rating/amount=4 of 1-5")


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("= 7", "(at line 1, column 1)"),
        ("\ufeff= 7", "(at line 1, column 1)"),
        ("sauce = 'x'", "does not know: sauce"),
        ("[columns]\nsmile = 'Mood'", "does not know: smile"),
        ("[scales.smile]\nlow = 1", "does not know: smile"),
        ("columns = 4", r"\[columns\] has to be a table"),
        ("[columns]\nmood = 4", "needs text at: mood"),
        ("kind = ['morning']", "needs text at: kind"),
        ("kind = 'night'", "does not know the kind: night"),
        ("[labels]\nwow = 11", "'wow' needs a number from 0 to 10"),
        ("[labels]\nwow = true", "'wow' needs a number from 0 to 10"),
        ("[labels]\nwow = nan", "'wow' needs a number from 0 to 10"),
        ("[scales]\nmood = 5", r"\[scales.mood\] needs low"),
        ("[scales.mood]\nlow = 5\nhigh = 1\nbest = 'low'", r"\[scales.mood\] needs low, a high above it"),
        ("[scales.mood]\nlow = 1\nhigh = inf\nbest = 'low'", r"\[scales.mood\] needs low"),
        ("[scales.mood]\nlow = 1\nhigh = 5\nbest = ['low']", r"\[scales.mood\] needs low"),
        (MAPPING.replace('"Hour"', '"Clock"'), "columns that the file has not: clock. It has: Date, Hour"),
        (MAPPING.replace("energy = {", "sleep = {"), "the column and the scale of energy"),
        (MAPPING.replace("%d.%m.%Y", "%Y"), "Line 2: '08.02.2026' is not a date like %Y"),
    ],
)
def test_a_mapping_that_cannot_be_meant(mapping: str, sentence: str) -> None:
    """What is wrong with a mapping is said, and nothing is taken."""
    with pytest.raises(CsvFormatError, match=sentence) as refused:
        through(SHEET, mapping)
    assert str(refused.value) != refused.value.spoken(translator("de", "metric"))


WORDS = st.text(st.characters(codec="utf-8", exclude_characters='",\r\n\0'), min_size=1, max_size=12)


@settings(max_examples=150)
@given(st.lists(WORDS.filter(str.strip), min_size=1, max_size=4))
def test_any_words_survive_the_draft(words: list[str]) -> None:
    """Whatever signs a mood is named with, the draft can be filled in and then reads the file."""
    sheet = "full_date,time,mood,activities\n" + "".join(f'2026-02-08,18:43,"{word}",\n' for word in words)
    try:
        export = through(sheet)
    except NeedsMappingError as stopped:
        mapping = mapping_from_toml(stopped.draft(ENGLISH).replace('= "?"', "= 4").encode())
        assert isinstance(mapping, ColumnMapping)
        export = read_export(sheet.encode(), "mine.csv", BERLIN, mapping)
    assert len(export.entries) == len(words)


@pytest.mark.parametrize("language", ["de", "nl"])
def test_a_draft_is_explained_in_the_language_of_the_home(language: str) -> None:
    """Each comment of a draft is another one in each language, and what is to be filled in is the same."""
    with pytest.raises(NeedsMappingError) as stopped:
        read_export(b"when,mood\n2026-05-04 21:00,2\n2026-05-05 21:00,6\n", "notes.csv", BERLIN)
    drafts = [stopped.value.draft(translator(each, "metric")) for each in ("en", language)]
    english, other = ([line for line in draft.splitlines() if line.startswith("#")] for draft in drafts)
    assert len(english) == len(other) > 5
    assert not {*english} & {*other}
    asked = [[line for line in draft.splitlines() if not line.startswith("#")] for draft in drafts]
    assert asked[0] == asked[1]
    assert "2 to 6" in drafts[0]
    assert "2 to 6" not in drafts[1]


@pytest.mark.parametrize(("column", "mood"), [("mood", 7.0), ("mood (2)", 3.0)])
def test_two_columns_of_one_name_are_told_apart(column: str, mood: float) -> None:
    """A spreadsheet may have two; the draft names both, and neither hides the other."""
    sheet = "date,mood,mood\n2026-05-05,7,3\n"
    assert '"date", "mood", "mood (2)"' in drafted(sheet)
    said = f'source = "mine"\nkind = "evening"\n[columns]\ndate = "date"\nmood = "{column}"\n'
    (entry,) = through(sheet, f'{said}[scales.mood]\nlow = 0\nhigh = 10\nbest = "high"\n').entries
    assert isinstance(entry.entry, CheckIn)
    assert entry.entry.mood == mood
