"""Every sample of another app's export, against numbers worked out by hand from the scales in docs/imports.md."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from drawn import number, rows

from runmood.core.errors import CsvFormatError
from runmood.core.i18n import translator
from runmood.journal.imports import read_export
from runmood.journal.imports.compare import Export, NeedsMappingError
from runmood.journal.imports.mapping import mapping_from_toml

if TYPE_CHECKING:
    from runmood.core.checkins import CheckIn

ENGLISH = translator("en", "metric")
LISBON = ZoneInfo("Europe/Lisbon")
SAMPLES = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parents[3] / "shared")) / "mood-formats"
WITHOUT_SAMPLES = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"the samples are not here: there is no {SAMPLES}")
pytestmark = WITHOUT_SAMPLES

DRAWN = {
    "daylio/daylio_2018_year_column.csv": """
        | at                     | kind    | mood | tags         | note     | raw       |
        | 2018-06-22 20:39+01:00 | evening | 7.5  | run, friends | easy 8 k | mood=good |
        | 2018-06-21 21:02+01:00 | evening | 5    | work         |          | mood=meh  |
    """,
    "daylio/daylio_2019_full_date.csv": """
        | at                     | kind    | mood | tags                | note               | raw      |
        | 2019-03-17 17:01+00:00 | evening | 10   | running, good sleep | long run done      | mood=rad |
        | 2019-03-16 22:45+00:00 | evening | 2.5  |                     | skipped, calf sore | mood=bad |
        | 2019-03-16 07:10+00:00 | morning | 5    | tired               |                    | mood=meh |
    """,
    "daylio/daylio_2021_note_title_12h.csv": """
        | at                     | kind    | mood | tags                       | note                  | raw        |
        | 2021-09-28 22:00+01:00 | evening | 7.5  | running, cook, movies / tv |                       | mood=good  |
        | 2021-09-27 23:00+01:00 | evening | 5    | rest day, bad sleep        | Rest/no run "planned" | mood=meh   |
        | 2021-09-26 00:05+01:00 | evening | 0    |                            |                       | mood=awful |
    """,
    "daylio/sample.daylio": """
        | at                     | kind    | mood | tags | note             | raw                                |
        | 2026-04-12 21:03+02:00 | evening | 7.5  | run  |                  | mood_group=2 of 1-5                |
        | 2026-04-11 21:00+02:00 | evening | 2.5  |      | missed tempo run | mood_group=4 of 1-5; mood=knackered |
    """,
    "daylio/backup_decoded.json": """
        | at                     | kind    | mood | tags | note             | raw                                |
        | 2026-04-12 21:03+02:00 | evening | 7.5  | run  |                  | mood_group=2 of 1-5                |
        | 2026-04-11 21:00+02:00 | evening | 2.5  |      | missed tempo run | mood_group=4 of 1-5; mood=knackered |
    """,
    "apple_state_of_mind/health_auto_export.json": """
        | at                     | kind    | mood | tags               | source              | raw                  |
        | 2026-02-08 14:00-08:00 | evening | 7.1  | Calm, Fitness      | apple-daily-mood    | valence=0.42 daily_mood |
        | 2026-02-07 21:10-08:00 | evening | 3.25 | Irritated, Fitness | apple-state-of-mind | valence=-0.35 mood   |
    """,
    "intervals_icu/wellness.csv": """
        | at                     | kind    | mood | sleep | stress | tiredness | soreness |
        | 2026-02-08 08:00+00:00 | morning | 6.67 | 6.67  | 0      | 3.33      | 3.33     |
    """,
    "pmsys/wellness.csv": """
        | at                     | kind    | mood | sleep | stress | tiredness | soreness |
        | 2026-02-07 07:31+00:00 | morning | 5    | 5     | 5      | 7.5       | 7.5      |
        | 2026-02-08 08:00+00:00 | morning | 7.5  | 7.5   | 5      | 5         | 5        |
    """,
    "bearable/bearable_export.csv": """
        | at                     | kind    | mood | note        | raw                   |
        | 2026-02-08 21:00+00:00 | evening | 6.67 |             | rating/amount=7 of 1-10 |
        | 2026-02-07 21:00+00:00 | evening | 3.33 | skipped run | rating/amount=4 of 1-10 |
    """,
    "exist/data_mood_2026.json": """
        | at                     | kind    | mood | raw            |
        | 2026-02-06 21:00+00:00 | evening | 6.25 | value=6 of 1-9 |
        | 2026-02-08 21:00+00:00 | evening | 7.5  | value=7 of 1-9 |
    """,
}
SOURCES = """
    | sample                                       | source              | sure | entries |
    | daylio/daylio_2018_year_column.csv           | daylio              | V    | 2       |
    | daylio/daylio_2019_full_date.csv             | daylio              | V    | 3       |
    | daylio/daylio_2021_note_title_12h.csv        | daylio              | V    | 3       |
    | daylio/sample.daylio                         | daylio              | V    | 2       |
    | apple_state_of_mind/health_auto_export.json  | apple-state-of-mind | V    | 2       |
    | intervals_icu/wellness.csv                   | intervals.icu       | V    | 1       |
    | pmsys/wellness.csv                           | pmsys               | V    | 2       |
    | bearable/bearable_export.csv                 | bearable            | P    | 2       |
    | exist/data_mood_2026.json                    | exist               | P    | 2       |
    | upstream/daylio_staticf0x_test_data.MIT.csv  | daylio              | V    | 32      |
"""
ITEMS = ("mood", "energy", "sleep", "stress", "tiredness", "soreness")


def read(sample: str, mapping: str = "") -> Export:
    """A sample through the door of the imports."""
    path = SAMPLES / sample
    return read_export(path.read_bytes(), path.name, LISBON, mapping_from_toml(mapping.encode()) if mapping else None)


def seen(check_in: CheckIn, like: dict[str, str]) -> dict[str, object]:
    """What a drawn row says of a check-in."""
    everything: dict[str, object] = {item: getattr(check_in, item) for item in ITEMS}
    everything |= {
        "at": check_in.at.isoformat(" ", "minutes"),
        "kind": check_in.kind,
        "tags": ", ".join(check_in.tags),
        "note": (check_in.note or "").replace("\n", "/"),
        "source": check_in.source,
        "raw": (check_in.raw or "").replace(" of -1 to 1; kind=", " "),
    }
    return {column: everything[column] for column in like}


@pytest.mark.parametrize("sample", DRAWN)
def test_every_check_in_of_a_sample(sample: str) -> None:
    """Moments, kinds, numbers on our scale, words and raw values are those worked out by hand."""
    drawn = rows(DRAWN[sample])
    expected = [{name: number(cell) if name in ITEMS else cell for name, cell in row.items()} for row in drawn]
    assert [seen(said.entry, drawn[0]) for said in read(sample).entries] == expected


@pytest.mark.parametrize("case", rows(SOURCES), ids=lambda case: case["sample"])
def test_which_source_it_is(case: dict[str, str]) -> None:
    """The source is known by the content, with how sure its layout is; each entry was said at its own moment."""
    export = read(case["sample"])
    assert (export.source, export.how_sure, len(export.entries)) == (case["source"], case["sure"], int(case["entries"]))
    assert [said.said_at for said in export.entries] == [said.entry.at for said in export.entries]


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        ("daylio/daylio_2026_scales_24h.csv", ["knackered"]),
        ("daylio/daylio_es_localised.csv", ["mal", "bien"]),
        ("upstream/daylio_MichaelCurrin_sample.MIT.csv", ["sad", "average"]),
        ("how_we_feel/HowWeFeelEmotions.csv", ["Mellow", "Hopeful", "Calm"]),
        ("upstream/HowWeFeelEmotions_davicedraz_example.MIT.csv", ["Mellow", "Hopeful", "Thoughtful"]),
    ],
)
def test_unknown_words_stop_the_import(sample: str, words: list[str]) -> None:
    """A word without a known rank stops the file, all such words are listed, and the draft holds each of them."""
    with pytest.raises(NeedsMappingError) as stopped:
        read(sample)
    assert all(
        f'"{word}"' in str(stopped.value) and f'"{word}" = "?"' in stopped.value.draft(ENGLISH) for word in words
    )
    assert "Nothing is imported yet" in str(stopped.value)


def test_a_filled_in_draft_is_all_it_takes() -> None:
    """With the number that the person gives, the Daylio file is read; the word stays in the raw value."""
    sample = "daylio/daylio_2026_scales_24h.csv"
    with pytest.raises(NeedsMappingError) as stopped:
        read(sample)
    entries = [said.entry for said in read(sample, stopped.value.draft(ENGLISH).replace('"?"', "2")).entries]
    assert [entry.mood for entry in entries] == [7.5, 2.0, 10.0]
    assert entries[1].raw == "mood=knackered; scales=Sleep Quality: 5/10 points"


def test_words_of_how_we_feel_become_tags() -> None:
    """Words are tags; several in one row give the mean of what the person says they are worth."""
    mapping = '[labels]\nmellow = "leave out"\nHopeful = 8\nCalm = 7\n'
    export = read("how_we_feel/HowWeFeelEmotions.csv", mapping)
    (hopeful,) = (said.entry for said in export.entries)
    assert (hopeful.mood, hopeful.tags) == (7.5, ("Hopeful", "Calm", "Outside", "Running"))
    assert (hopeful.note, hopeful.raw) == ("after long run", "mood=Hopeful;Calm")
    assert tuple(map(str, export.remarks)) == ("1 row with a word that your mapping leaves out was left out.",)


def test_an_unquoted_comma_loses_no_words() -> None:
    """Where a comma without quotes pushed a text beyond the header, the note holds every part of it."""
    export = read(
        "upstream/HowWeFeelEmotions_davicedraz_example.MIT.csv", "[labels]\nMellow=6\nHopeful=7\nThoughtful=5"
    )
    note = export.entries[0].entry.note
    assert note is not None
    assert note.splitlines()[-2:] == ["consectetur adipiscing elit", "Sed do eiusmod tempor incididunt"]


def test_mood_patterns_asks_which_slider_is_the_mood() -> None:
    """The draft knows the source and its scale 0 to 100; the slider and its good end are the person's to say."""
    with pytest.raises(NeedsMappingError) as stopped:
        read("mood_patterns/mood.csv")
    draft = stopped.value.draft(ENGLISH)
    mapping = draft.replace('mood = "?"', 'mood = "happy"').replace('best = "?"', 'best = "high"')
    first, second = (said.entry for said in read("mood_patterns/mood.csv", mapping).entries)
    assert (first.mood, first.kind, first.tags) == (6.7, "evening", ("Nothing",))
    assert (second.mood, second.source, second.raw) == (4.2, "mood-patterns", "happy=42 of 0-100")
    assert second.at.isoformat() == "2026-02-08T20:01:00+00:00"


@pytest.mark.parametrize(
    ("sample", "sentence"),
    [
        ("pmsys/srpe.csv", "it holds no mood. Import its wellness.csv"),
        ("exist/data_running_2026.json", "data_running_2026.json does not say that it holds the mood"),
        ("exist/data_mood_note_2026.json", "data_mood_note_2026.json does not say that it holds the mood"),
        ("apple_state_of_mind/export_stateofmind.SPECULATIVE.xml", "is for runmood import"),
    ],
)
def test_a_sample_without_moods_is_refused(sample: str, sentence: str) -> None:
    """A file beside the moods, or one whose layout nobody has seen, is refused with what to do."""
    with pytest.raises(CsvFormatError, match=sentence):
        read(sample)


def test_rows_left_out_are_counted() -> None:
    """What was left out is said with how many."""
    assert "4 rows of other things than mood were left out." in map(str, read("bearable/bearable_export.csv").remarks)
    assert "1 row without a mood was left out." in map(str, read("exist/data_mood_2026.json").remarks)
    assert "1 row without a mood was left out." in map(str, read("intervals_icu/wellness.csv").remarks)
