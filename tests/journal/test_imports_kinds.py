"""Kinds of exports that were once doubled, refused or misread."""

from __future__ import annotations

import io
import json
import zipfile
from zoneinfo import ZoneInfo

import pytest

from runmood.core.checkins import CheckIn
from runmood.core.errors import CsvFormatError
from runmood.core.i18n import translator
from runmood.journal.imports import packed_notes, read_export
from runmood.journal.imports.compare import Export, NeedsMappingError, compare
from runmood.journal.imports.mapping import mapping_from_toml
from runmood.journal.store import append, read

OSLO, UTC = ZoneInfo("Europe/Oslo"), ZoneInfo("UTC")
ENGLISH = translator("en", "metric")
DAYLIO = "full_date,date,weekday,time,mood,activities,note_title,note\n"
SCALE = '[scales.mood]\nlow = 1\nhigh = 10\nbest = "high"\n'


def through(content: str | bytes, name: str = "export.csv", mapping: str = "", zone: ZoneInfo = OSLO) -> Export:
    """An export through the door of the imports."""
    said = mapping_from_toml(mapping.encode()) if mapping else None
    return read_export(content.encode() if isinstance(content, str) else content, name, zone, said)


def check_ins(export: Export) -> list[CheckIn]:
    """The check-ins of an export."""
    return [said.entry for said in export.entries if isinstance(said.entry, CheckIn)]


def zipped(**members: str) -> bytes:
    """A zip of texts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "."), text)
    return packed.getvalue()


HOURLY = DAYLIO + "".join(f"2026-10-01,x,Thursday,{hour}:00,{word},,,\n" for hour, word in ((19, "good"), (21, "bad")))


def test_a_zone_that_was_corrected_doubles_nothing(tmp_path: object) -> None:
    """A clock without a zone is known by itself: read again under another zone it is the same, at another moment.

    Entries an hour or two apart are not taken for each other.
    """
    append(tmp_path, through(HOURLY, zone=UTC).entries)  # type: ignore[arg-type]
    again = through(HOURLY, zone=OSLO)
    found = compare(again.entries, read(tmp_path).records, again.by_clock)  # type: ignore[arg-type]
    assert (found.new, found.disagreements, len(found.moved)) == ((), (), 2)
    append(tmp_path, found.as_theirs())  # type: ignore[arg-type]
    settled = compare(again.entries, read(tmp_path).records, again.by_clock)  # type: ignore[arg-type]
    assert (settled.new, settled.disagreements, settled.moved) == ((), (), ())


def test_our_own_sheet_after_the_zone_was_corrected(tmp_path: object) -> None:
    """Our own sheet writes clocks, too: read again under another zone it adds nothing."""
    text = "date,time,kind,mood\n2026-10-01,21:00,evening,6\n2026-10-01,22:00,evening,7\n"
    append(tmp_path, through(text, zone=UTC).entries)  # type: ignore[arg-type]
    again = through(text, zone=OSLO)
    found = compare(again.entries, read(tmp_path).records, again.by_clock)  # type: ignore[arg-type]
    assert (found.new, found.disagreements, len(found.moved)) == ((), (), 2)


def test_moments_in_utc_are_the_same_in_every_zone(tmp_path: object) -> None:
    """A source that writes UTC is known by the moment, whose clock at home changes with the zone."""
    text = "effective_time_frame,fatigue,mood,readiness,soreness,stress\n"
    text += "2026-02-07T07:00:00Z,3,4,5,2,3\n2026-02-07T08:00:00Z,3,2,5,2,3\n"
    append(tmp_path, through(text, zone=UTC).entries)  # type: ignore[arg-type]
    again = through(text, zone=OSLO)
    found = compare(again.entries, read(tmp_path).records, again.by_clock)  # type: ignore[arg-type]
    assert (found.new, found.disagreements, found.moved) == ((), (), ())


def test_one_bad_row_is_set_aside_and_the_year_is_taken() -> None:
    """A row with an impossible time is set aside with its line and reason; all others are read."""
    good = "".join(f"2026-02-{day:02},x,x,18:43,good,,,\n" for day in range(1, 21))
    export = through(DAYLIO + good + "2026-02-21,x,x,25:99,good,,,\n")
    assert len(export.entries) == 20
    (aside,) = export.set_aside
    assert (str(aside.place), "25:99" in str(aside.reason), aside.cells["full_date"]) == ("Line 22", True, "2026-02-21")


def test_answers_beyond_the_scale_are_no_slips() -> None:
    """Where more than a tenth of the answers lie beyond a scale it is another scale, and nothing is taken."""
    lines = "".join(f"2026-02-{day:02},{day % 3 + 4},1,2,48\n" for day in range(1, 21))
    with pytest.raises(CsvFormatError, match=r"outside 1-4\. It is so with"):
        through("date,mood,motivation,fatigue,restingHR\n" + lines)


MARKED = [
    ("<p>Slow &amp; easy.</p><p><b>Glad</b> I went</p>", "Slow & easy.\nGlad I went"),
    ("one<br>two<br/>three", "one\ntwo\nthree"),
    ("<ul><li>hills</li><li>rain &gt; sun</li></ul>", "- hills\n- rain > sun"),
    ("Tom &amp; I", "Tom & I"),
    ("I <3 hills", "I <3 hills"),
    ('<a href=""https://x.org"">a link</a>&nbsp;here', "a link here"),
]


@pytest.mark.parametrize(("note", "plain"), MARKED)
def test_notes_are_plain_text(note: str, plain: str) -> None:
    """Markup of paragraphs, lists and links becomes lines; signs that are no markup stay."""
    (check_in,) = check_ins(through(f'{DAYLIO}2026-03-27,x,Friday,20:39,good,"","","{note}"\n'))
    assert check_in.note == plain


def test_notes_that_were_taken_with_their_markup_are_no_disagreement(tmp_path: object) -> None:
    """An entry whose markup stands in the journal says the same as its plain text."""
    export = through(f'{DAYLIO}2026-03-27,x,Friday,20:39,good,"","","a &amp; <b>b</b>"\n')
    (said,) = export.entries
    from dataclasses import replace  # noqa: PLC0415

    append(tmp_path, [replace(said, entry=replace(said.entry, note="a &amp; <b>b</b>"))])  # type: ignore[arg-type, type-var]
    found = compare(export.entries, read(tmp_path).records, export.by_clock)  # type: ignore[arg-type]
    assert (found.new, found.disagreements) == ((), ())


def test_words_and_numbers_in_one_column() -> None:
    """A column of numbers with a few words asks for both at once: the scale, and what each word is worth."""
    sheet = "Day,Feeling\n2026-02-08 20:00,7\n2026-02-09 20:00,so-so\n2026-02-10 20:00,n/a\n"
    columns = '[columns]\ndate = "Day"\nmood = "Feeling"\n'
    with pytest.raises(NeedsMappingError) as stopped:
        through(sheet, mapping=columns)
    assert ('low = "?"' in stopped.value.draft(ENGLISH), '"so-so" = "?"' in stopped.value.draft(ENGLISH)) == (
        True,
        True,
    )
    said = columns + SCALE + '[labels]\n"so-so" = 5\n"n/a" = "leave out"\n'
    assert [each.mood for each in check_ins(through(sheet, mapping=said))] == [6.67, 5.0]


def test_several_columns_of_one_clock() -> None:
    """Hour and minute may stand apart, in a known app and by a mapping."""
    imood = 'Date,Day of Week,Hour,Minute,Level,Text\n2026-11-20,Fri,21,5,7,"ok"\n'
    (check_in,) = check_ins(through(imood))
    assert (check_in.at.isoformat(), check_in.mood, check_in.note) == ("2026-11-20T21:05:00+01:00", 6.67, "ok")
    mapping = '[columns]\ndate = "d"\ntime = ["h", "m"]\nmood = "x"\n' + SCALE
    (check_in,) = check_ins(through("d,h,m,x\n2026-11-20,7,5,10\n", mapping=mapping))
    assert (f"{check_in.at:%H:%M}", check_in.mood) == ("07:05", 10.0)


def test_dates_that_could_be_swapped_are_asked_about() -> None:
    """Nothing decides between the eighth of February and the second of August but the person, once."""
    sheet = f"{DAYLIO}08/02/2026,x,x,18:43,good,,,\n"
    with pytest.raises(NeedsMappingError, match="could be swapped") as stopped:
        through(sheet)
    for order, day in (("day first", "2026-02-08"), ("month first", "2026-08-02")):
        answered = stopped.value.draft(ENGLISH).replace('date_order = "?"', f'date_order = "{order}"')
        assert str(check_ins(through(sheet, mapping=answered))[0].at.date()) == day


def test_a_second_sheet_is_never_read_by_anothers_scale() -> None:
    """A mapping is for the columns it was confirmed for; where many sheets have these, for their name too."""
    plain = mapping_from_toml(b'source = "csv"\nheader = ["date", "mood"]\nfile = "appa"\n[columns]\nmood = "mood"\n')
    assert plain.fits("csv", ("date", "mood"), "appA (2).csv")
    assert not plain.fits("csv", ("date", "mood"), "appB.csv")
    own = mapping_from_toml(b'source = "mine"\nheader = ["when", "how"]\nfile = "a"\n[columns]\nmood = "how"\n')
    assert own.fits("csv", ("When", "How"), "b.csv")
    assert not own.fits("csv", ("When", "How", "Where"), "b.csv")


def test_pixels() -> None:
    """Scores of one day give their mean, all kinds of tags are tags, and pixels of other things are left out."""
    pixel = {"date": "2025-1-31", "type": "Mood", "scores": [4, 3], "notes": "first", "tags": [{"entries": ["calm"]}]}
    other = {"date": "2025-02-01", "type": "Sleep", "scores": [2], "notes": "", "tags": []}
    export = through(json.dumps([pixel, other]), "PIXELS-BACKUP.json")
    (check_in,) = check_ins(export)
    assert (check_in.mood, check_in.tags, check_in.note) == (6.25, ("calm",), "first")
    assert (check_in.at.isoformat(), str(export.remarks[0])) == (
        "2025-01-31T21:00:00+01:00",
        "1 row without a mood was left out.",
    )


def test_loop_habits() -> None:
    """The person says which habit is the mood; amounts are as typed, and an unanswered or skipped day is none."""
    sheet = "Date,Mood,Run,\n2025-01-31,7000,YES_MANUAL,\n2025-02-01,UNKNOWN,NO,\n2025-02-02,3500,SKIP,\n"
    for content in (sheet, zipped(Checkmarks__csv=sheet)):
        with pytest.raises(NeedsMappingError) as stopped:
            through(content)
        assert "(seen: 3.5 to 7)" in stopped.value.draft(ENGLISH)
        answered = '[columns]\ndate = "Date"\nmood = "Mood"\n' + SCALE
        assert [each.mood for each in check_ins(through(content, mapping=answered))] == [6.67, 2.78]


def test_day_one() -> None:
    """A line or a tag of the person's own is the mood, at the place's clock; what names none is left out."""
    entries = [
        {
            "creationDate": "2026-02-08T03:10:00Z",
            "timeZone": "America/New_York",
            "text": "Tired.\nMood: 6/10",
            "tags": [],
        },
        {"creationDate": "2026-02-09T18:00:00Z", "timeZone": "Europe/Oslo", "text": "x", "tags": ["mood 8", "run"]},
        {"creationDate": "2026-02-09T19:00:00Z", "timeZone": "Europe/Oslo", "text": "The plan: go far", "tags": []},
    ]
    document = json.dumps({"metadata": {"version": "1.0"}, "entries": entries})
    with pytest.raises(NeedsMappingError, match="numbers of your own"):
        through(document, "Journal.json")
    export = through(zipped(Journal__json=document), "export.zip", SCALE)
    first, second = check_ins(export)
    assert (first.at.isoformat(), first.mood) == ("2026-02-07T22:10:00-05:00", 5.56)
    assert (second.at.isoformat(), second.mood, second.tags) == ("2026-02-09T19:00:00+01:00", 7.78, ("run",))


def test_daily_notes() -> None:
    """Front matter or a line of a daily note is the mood of its day; notes of other names are passed over."""
    notes = {
        "daily/2026-02-08.md": "---\nmood: 7\ntags: [run, hills]\n---\nA long day.",
        "daily/2026-02-09.md": "Walked.\n- mood:: 4\n",
        "ideas.md": "mood: 10\n",
    }
    content = packed_notes((name, text.encode()) for name, text in notes.items())
    first, second = check_ins(through(content, "daily", SCALE))
    assert (first.at.date().isoformat(), first.mood, first.tags, first.note) == (
        "2026-02-08",
        6.67,
        ("run", "hills"),
        None,
    )
    assert (second.at.date().isoformat(), second.mood) == ("2026-02-09", 3.33)


def test_states_of_mind_as_a_table() -> None:
    """The CSV of Health Auto Export holds what its JSON does; days and moments stay apart."""
    sheet = "Start,End,Kind,Labels,Associations,Valence,Valence Classification,\n"
    sheet += "2026-01-09 15:34:06 -0500,x,Momentary Emotion,Anxious | Sad,Health,-0.5,Unpleasant,\n"
    sheet += "2026-01-09 22:34:06 -0500,x,Daily Mood,Calm,,0.5,Pleasant,\n"
    moment, day = check_ins(through(sheet))
    assert (moment.source, moment.mood, moment.tags) == ("apple-momentary-emotion", 2.5, ("Anxious", "Sad", "Health"))
    assert (day.source, day.mood, day.kind) == ("apple-daily-mood", 7.5, "evening")
