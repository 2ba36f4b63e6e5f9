"""The check-in as a person types it, changes it and takes it back."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from drawn import rows

from runmood.cli.entries import custom_answers
from runmood.cli.prompts import ask_check_in
from runmood.cli.reports import annotate_run
from runmood.core.checkin_items import LATER
from runmood.core.checkins import CheckIn, CustomQuestion, NewEntry
from runmood.core.entries import DistanceCorrection, RunTagged
from runmood.core.errors import UserError
from runmood.core.i18n import translator
from runmood.home.home import Home, open_home
from runmood.home.work_folder import note_last_run
from runmood.journal.checkin_days import default_checkin_kind
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read
from runmood.journal.tables import check_in_rows as check_in_rows_rows

if TYPE_CHECKING:
    from pathlib import Path

Command = Callable[..., Any]
ITEMS = """
[items.coffee]
question = "How many cups?"
kind = "choice"
choices = ["none", "one", "more"]
when = ["evening"]
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The home in which commands are typed, with a question of its own."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text(f'time_zone = "Europe/Lisbon"\n{ITEMS}', encoding="utf-8")
    return open_home(tmp_path / "home")


def stands(home: Home) -> list[CheckIn]:
    """The check-ins that count."""
    told = effective_entries(read(home.journal).records)
    return [each.entry for each in told if isinstance(each.entry, CheckIn)]


def test_every_item_has_its_flag(cli: Command, home: Home) -> None:
    """All that a check-in may hold can be said by flags, and nothing else is kept."""
    said = "--mood 7 --energy 6 --kind after-run --effort 4 --pain 2 --tag trail --tag trail --tag easy"
    more = ["--answer", "coffee=ONE", "--pain-where", "left knee", "--helped", "time outside"]
    assert cli("check-in", *said.split(), *more).status == 0
    (kept,) = stands(home)
    assert (kept.kind, kept.mood, kept.energy, kept.effort, kept.pain) == ("after-run", 7, 6, 4, 2)
    assert (kept.pain_where, kept.tags, kept.helped) == ("left knee", ("trail", "easy"), ("time outside",))
    assert (kept.answers, kept.stress, kept.note) == ((("coffee", "one"),), None, None)


@pytest.mark.parametrize(
    ("typed", "mood"),
    [("7,5", 7.5), ("7/10", 7.0), ("7,5 / 10", 7.5), ("\uff17", 7.0), ("\uff11\uff10", 10.0), ("10", 10.0)],
)
def test_a_score_is_understood_as_it_is_typed(cli: Command, home: Home, typed: str, mood: float) -> None:
    """A decimal comma, the scale itself and the wide figures of Japan are read by flags as by questions."""
    assert cli("check-in", "--mood", typed, "--energy", "3").status == 0
    asked = ask_check_in(Answering(typed, "3", ""), (), {"kind": "evening"}, say=ENGLISH)
    assert [stands(home)[-1].mood, asked["mood"]] == [mood, mood]


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (["--mood", "7/5", "--energy", "5"], "7/5 is out of range"),
        (["--mood", "1 0", "--energy", "5"], 'can\'t read "1 0" as a number'),
        (["--mood", "nan", "--energy", "5"], 'can\'t read "nan" as a number'),
        (
            ["--mood", "5", "--energy", "5", "--answer", "tea=2"],
            "you have no question named tea. Your questions: coffee.",
        ),
        (["--mood", "5", "--energy", "5", "--answer", "coffee=two"], "not one of none, one, more"),
        (["--mood", "5", "--energy", "5", "--at", "2199-01-01"], "--at is in the future"),
        (["--edit", "last"], "There is no check-in made here yet"),
        (["--delete", "abc"], "There is no abc"),
        (["--energy", "5"], "Pass --mood and --energy"),
    ],
)
def test_what_cannot_be_meant_is_said(cli: Command, home: Home, flags: list[str], sentence: str) -> None:
    """A flag that cannot be meant is told of, with exit status 2, and nothing is kept."""
    answer = cli("check-in", *flags)
    assert (answer.status, sentence in answer.complained) == (2, True)
    assert stands(home) == []


def test_a_wrong_answer_is_told_in_the_language_of_the_home() -> None:
    """What a question of one's own does not offer is said in German to who speaks German."""
    rain = CustomQuestion("rain", "Hat es geregnet?", "yes-no")
    with pytest.raises(UserError, match=r"^--answer rain=vielleicht: rain ist 'vielleicht', weder ja"):
        custom_answers(translator("de", "metric"), ["rain=vielleicht"], [rain])


A_DAY_ALONE = """
    | said           | meant            | day        |
    | --kind evening | 2026-03-19 21:00 | 2026-03-19 |
    | --kind morning | 2026-03-19 08:00 | 2026-03-19 |
    |                | 2026-03-19 21:00 | 2026-03-19 |
"""


@pytest.mark.parametrize("case", rows(A_DAY_ALONE), ids=lambda case: case["said"] or "no kind")
@pytest.mark.parametrize("way", ["flags", "json"])
def test_a_day_alone_means_that_day(cli: Command, home: Home, tmp_path: Path, case: dict[str, str], way: str) -> None:
    """A date without a clock stands for the usual clock of its kind, and never for the night before."""
    kind = case["said"].removeprefix("--kind ")
    if way == "flags":
        cli("check-in", "--mood", "6", "--energy", "6", "--at", "2026-03-19", *case["said"].split())
    else:
        said = {"mood": 6, "energy": 6, "at": "2026-03-19"} | ({"kind": kind} if kind else {})
        (tmp_path / "said.json").write_text(json.dumps(said), encoding="utf-8")
        cli("check-in", "--json", str(tmp_path / "said.json"))
    (kept,) = stands(home)
    assert f"{kept.at:%Y-%m-%d %H:%M}" == case["meant"]
    assert [f"{row['local_date']}" for row in check_in_rows(home)] == [case["day"]]


def test_the_future_is_refused_in_json_too(cli: Command, home: Home, tmp_path: Path) -> None:
    """A shortcut with a wrong date is told so, and nothing is kept."""
    (tmp_path / "said.json").write_text('{"mood": 6, "energy": 6, "at": "2090-01-01T08:00"}', encoding="utf-8")
    assert "lies in the future" in cli("check-in", "--json", str(tmp_path / "said.json")).complained
    assert "none.json: there is no such file" in cli("check-in", "--json", str(tmp_path / "none.json")).complained
    assert stands(home) == []


def test_last_is_the_one_written_last(cli: Command, home: Home) -> None:
    """Whatever day a check-in speaks of: `last` is what was just said, and the answer names it whole."""
    cli("check-in", "--mood", "7", "--energy", "6")
    cli("check-in", "--mood", "3", "--energy", "3", "--at", "2026-03-19", "--note", "tired")
    told = cli("check-in", "--edit", "last", "--mood", "4").written
    assert told == (
        'Before: evening, Thursday 2026-03-19 21:00, mood 3, energy 3; "tired".\n'
        'Changed to: evening, Thursday 2026-03-19 21:00, mood 4, energy 3; "tired".\n'
    )
    assert "Deleted: evening, Thursday 2026-03-19 21:00" in cli("check-in", "--delete", "last").written
    assert [each.mood for each in stands(home)] == [7]


def test_last_is_what_was_made_here(cli: Command, home: Home) -> None:
    """An import afterwards, or a change of an older one, does not move `last` away from the check-in last made here."""
    cli("check-in", "--mood", "7", "--energy", "6", "--note", "first")
    first = cli("log").written.split()[0]
    cli("check-in", "--mood", "3", "--energy", "3", "--note", "second")
    later = dt.datetime.now(home.zone)
    imported = CheckIn(at=later, kind="evening", mood=9.0, energy=9.0, source="daylio")
    append(home.journal, [NewEntry(later, imported)])
    cli("check-in", "--edit", first, "--mood", "8")
    assert '"second"' in cli("check-in", "--delete", "last").written
    assert sorted(each.mood for each in stands(home)) == [8, 9]


@pytest.mark.usefixtures("home")
def test_all_that_was_kept_is_echoed(cli: Command) -> None:
    """What was stored is shown whole: every rating, tags, what helped, the reason, where it hurt, the note."""
    long = "a long note about the day that goes on well beyond forty letters and is still shown to its last word"
    said = ["--mood", "2", "--energy", "1", "--stress", "7", "--pain", "6", "--pain-where", "calf", "--tag", "injured"]
    more = ["--helped", "talking to someone", "--skip-reason", "injured", "--answer", "coffee=one", "--note", long]
    shown = cli("check-in", "--kind", "evening", *said, *more).written
    for part in (
        "mood 2",
        "energy 1",
        "stress 7",
        "pain 6",
        "calf",
        "tags: injured",
        "talking to someone",
        "coffee: one",
    ):
        assert part in shown
    assert f"{ENGLISH('field.skip_reason')}: injured" in shown
    assert long in shown
    assert long in cli("check-in", "--delete", "last").written


UNKNOWN = """
    | flag          | typed  | meant   |
    | --tag         | injurd | injured |
    | --tag         | Feverr | fever   |
    | --helped      | runing | running |
    | --skip-reason | no tme | no time |
"""


@pytest.mark.parametrize("case", rows(UNKNOWN), ids=lambda case: case["typed"])
def test_a_slip_is_asked_about(cli: Command, home: Home, case: dict[str, str]) -> None:
    """A word like an offered one is not kept silently: the one that may be meant is named, and nothing is saved."""
    flags = ("check-in", "--mood", "6", "--energy", "6", case["flag"], case["typed"])
    answer = cli(*flags)
    assert (answer.status, stands(home)) == (2, [])
    assert f'Did you mean {case["flag"]} "{case["meant"]}"' in answer.complained
    assert cli(*flags, "--own-words").status == 0
    (kept,) = stands(home)
    assert case["typed"] in (*kept.tags, *kept.helped, kept.skip_reason)
    assert cli(*flags).status == 0  # a word of theirs by now


def test_a_new_word_is_kept_and_named_once(cli: Command, home: Home) -> None:
    """A word like no other is a person's own: kept, named the first time, and known afterwards."""
    shown = cli("check-in", "--mood", "6", "--energy", "6", "--tag", "exam week").written
    assert '"exam week" is a new word of yours' in shown
    assert "new word" not in cli("check-in", "--mood", "6", "--energy", "6", "--tag", "exam week").written
    assert cli("check-in", "--mood", "6", "--energy", "6", "--tag", "Chest_Pain").status == 0
    assert stands(home)[-1].tags == ("chest pain",)


def check_in_rows(home: Home) -> list[dict[str, object]]:
    """The rows of CHECK_INS that count."""
    return check_in_rows_rows(effective_entries(read(home.journal).records))


def test_an_edit_changes_what_it_names(cli: Command, home: Home) -> None:
    """Only what is given changes; an item can be left unsaid again; the entry keeps its name."""
    cli("check-in", "--mood", "7", "--energy", "6", "--stress", "3", "--note", "wind")
    (before,) = stands(home)
    assert cli("check-in", "--edit", "last", "--mood", "5", "--unsay", "stress").written.startswith("Before: ")
    (after,) = stands(home)
    assert (after.mood, after.energy, after.stress, after.note, after.at) == (5, 6, None, "wind", before.at)
    assert cli("check-in", "--edit", "last", "--mood", "5").written == "Nothing was changed.\n"
    refused = cli("check-in", "--edit", "last", "--unsay", "mood")
    assert (refused.status, "--unsay mood: there is no answer" in refused.complained) == (2, True)
    (told,) = effective_entries(read(home.journal).records)
    assert (told.edited, len(read(home.journal).records)) == (True, 2)


def test_what_is_taken_back_can_be_brought_back(cli: Command, home: Home) -> None:
    """A deletion is a line with a name of its own; deleting that line brings the check-in back."""
    cli("check-in", "--mood", "7", "--energy", "6")
    told = cli("check-in", "--delete", "last").written
    assert stands(home) == []
    again = cli("check-in", "--delete", told.split()[-1]).written
    assert again.startswith("Deleted. It counts again.")
    assert [each.mood for each in stands(home)] == [7]


@pytest.mark.usefixtures("home")
def test_what_was_said_is_listed(cli: Command) -> None:
    """The last entries, the newest last, each with the name by which it can be changed, and whether it was late."""
    assert "No check-ins yet" in cli("log").written
    for day in (3, 1, 2):
        cli("check-in", "--mood", str(day), "--energy", "6", "--kind", "evening", "--at", f"2025-05-0{day}T21:00")
    name = cli("log", "--last", "1").written.split()[0]
    cli("check-in", "--edit", name, "--note", "A long walk home, slowly and without a single thought")
    lines = cli("log", "--last", "2").written.splitlines()
    assert [line.split(maxsplit=1)[1] for line in lines] == [
        "Fri 2025-05-02 21:00  evening     mood 2  energy 6  (late)",
        'Sat 2025-05-03 21:00  evening     mood 3  energy 6  "A long walk home, slowly and without a…"  (late, edited)',
    ]


def test_check_ins_as_json(cli: Command, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shortcut hands over JSON: all of it is taken, once, or every fault is named."""

    def given(text: str) -> Any:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return cli("check-in", "--json", "-")

    moments = ["2025-05-04T08:00", "2025-05-04T21:00"]
    list_ = json.dumps([{"mood": 7, "energy": 6, "at": at, "answers": {"coffee": "none"}} for at in moments])
    assert given(list_).written == "2 check-ins read, 2 of them new.\n"
    assert [(each.kind, each.source) for each in stands(home)] == [("morning", "json"), ("evening", "json")]
    refused = given('{"mood": 12}')
    assert (refused.status, "the energy is missing; mood is 12.0, outside 0 to 10" in refused.complained) == (2, True)
    assert len(stands(home)) == 2


def test_the_kind_goes_by_a_run_that_has_just_ended(cli: Command, home: Home) -> None:
    """Within two hours of a run it is a check-in after a run; otherwise it goes by the clock."""
    now = dt.datetime.now(home.zone)
    note_last_run(home, now - dt.timedelta(minutes=40))
    cli("check-in", "--mood", "7", "--energy", "6")
    note_last_run(home, now - dt.timedelta(hours=3))
    cli("check-in", "--mood", "6", "--energy", "6")
    assert [each.kind for each in stands(home)] == ["after-run", default_checkin_kind(now)]


def test_words_of_distress_bring_up_the_panel(cli: Command, home: Home) -> None:
    """The panel follows the words, to the person who writes; the journal holds what they wrote and nothing more."""
    answer = cli("check-in", "--mood", "3", "--energy", "2", "--kind", "evening", "--note", "I want to die")
    kept, _, shown = answer.written.partition("\n\n")
    assert (answer.status, kept.startswith("Saved: evening")) == (0, True)
    assert "1411" in shown  # Lisbon
    assert shown == cli("support").written
    (line,) = (home.journal / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    assert set(json.loads(line)) == {"id", "entry", "said_at", "at", "kind", "mood", "energy", "note", "source"}
    assert "crisis" not in cli("check-in", "--mood", "0", "--energy", "0", "--note", "heavy legs").written


def test_a_torn_line_is_told_of_once(cli: Command, home: Home) -> None:
    """Who writes after a power cut hears of it, and everything whole is still there."""
    cli("check-in", "--mood", "7", "--energy", "6")
    with (home.journal / "journal.jsonl").open("a", encoding="utf-8") as lines:
        lines.write('{"id": "12')
    assert "was cut off" in cli("check-in", "--mood", "6", "--energy", "6").written
    assert "was cut off" not in cli("check-in", "--mood", "5", "--energy", "6").written
    assert [each.mood for each in stands(home)] == [7, 6, 5]


def test_what_a_person_knows_of_a_run(home: Home) -> None:
    """How far it was and its tags are words in the journal; a distance that no run has is refused."""
    annotate_run(home, "aa-1", 8200.0, ["easy", " easy", "trail"])
    annotate_run(home, "aa-1", tags=[])
    entries = [each.entry for each in read(home.journal).records]
    assert entries == [DistanceCorrection("aa-1", 8200.0), RunTagged("aa-1", ("easy", "trail")), RunTagged("aa-1", ())]
    with pytest.raises(UserError, match="A run of 8200 km"):
        annotate_run(home, "aa-1", 8_200_000.0)


class Answering:
    """Someone who answers with keys, in order, and keeps what they were told."""

    def __init__(self, *keys: str) -> None:
        self.keys, self.told = list(keys), []  # type: ignore[var-annotated]

    def tell(self, sentence: str) -> None:
        """Hear a line."""
        self.told.append(sentence)

    def line(self, question: str) -> str:
        """Answer the next question."""
        self.told.append(question)
        return self.keys.pop(0)


ENGLISH = translator("en", "metric")
EVENING = {"kind": "evening"}
RATED = [item.name for item in LATER if item.kind in (None, "evening")]  # what an evening asks for after "m"
COFFEE = CustomQuestion("coffee", "How many cups?", "choice", ("none", "one"), ("evening",))
RAIN = CustomQuestion("rain", "Did it rain?", "yes-no")


def evening(**rated: str) -> list[str]:
    """Return what is typed for each rating of an evening; the others are passed over."""
    return [rated.get(name, "") for name in RATED]


def test_three_keys_are_a_check_in() -> None:
    """Mood, energy, Enter: nothing else is asked, and nothing is preset."""
    assert ask_check_in(Answering("7", "x", ""), (), {"kind": "evening"}, say=ENGLISH) == {
        "kind": "evening",
        "mood": 7.0,
        "energy": 10.0,
    }


def test_what_is_needed_is_asked_until_it_is_answered() -> None:
    """An empty answer, a word and a number beyond the scale are no answers to how one feels."""
    someone = Answering("", "q", "11", "7,5", "6", "")
    assert ask_check_in(someone, (), {"kind": "evening"}, say=ENGLISH)["mood"] == 7.5
    fault = ENGLISH("cli.checkin.ask.number", typed="11")
    assert ENGLISH("cli.checkin.ask.please", fault=fault) in someone.told
    assert someone.keys == []


def test_another_kind_is_a_key_away() -> None:
    """The key k goes round the kinds, and what may be added is that of the kind."""
    someone = Answering("k", "k", "7", "6", "4", "m", "3", "left knee", "ai", "")
    said = ask_check_in(someone, (), {"kind": "evening"}, say=ENGLISH)
    assert said == {
        "kind": "after-run",
        "mood": 7.0,
        "energy": 6.0,
        "effort": 4.0,
        "pain": 3.0,
        "pain_where": "left knee",
        "tags": ("social", "music"),
    }


def test_an_evening_may_say_more() -> None:
    """Stress, tiredness, soreness, what helped, why no run, tags, own questions, a note; Enter passes each over."""
    someone = Answering("7", "6", "m", *evening(stress="3"), "ac", "z", "b", "", "b", "y", "fine day")
    said = ask_check_in(someone, (COFFEE, RAIN), {"kind": "evening"}, say=ENGLISH)
    assert said == {
        "kind": "evening",
        "mood": 7.0,
        "energy": 6.0,
        "stress": 3.0,
        "helped": ("running", "talking to someone"),
        "skip_reason": "too tired",
        "answers.coffee": "one",
        "answers.rain": 1.0,
        "note": "fine day",
    }
    assert any("what helped, why no run, tags, coffee, rain, note" in line for line in someone.told)


def test_a_morning_asks_for_the_night() -> None:
    """A morning may add how one slept; where it hurt is asked only of who hurts."""
    assert (
        ask_check_in(Answering("7", "6", "m", "8", "", ""), (COFFEE,), {"kind": "morning"}, say=ENGLISH)["sleep"] == 8.0
    )
    assert "pain_where" not in ask_check_in(
        Answering("7", "6", "", "m", "0", "", ""), (), {"kind": "after-run"}, say=ENGLISH
    )


def test_what_is_known_is_shown_and_kept_by_enter() -> None:
    """Changing a check-in by keys shows each answer; Enter leaves it."""
    someone = Answering("", "4", "")
    said = ask_check_in(
        someone, (), {"kind": "evening", "mood": 7.0, "energy": 6.0, "note": "wind"}, say=ENGLISH, again=True
    )
    assert said == {"kind": "evening", "mood": 7.0, "energy": 4.0, "note": "wind"}
    assert someone.told[1].endswith("(7)")


@pytest.mark.parametrize(("typed", "kept"), [("10", 10.0), ("1", 1.0), ("0", 0.0), ("10.0", 10.0), ("x", 10.0)])
def test_ten_is_ten(typed: str, kept: float) -> None:
    """A rating is a whole line, so that 10 is never a mood of 1 and an energy of 0."""
    said = ask_check_in(Answering(typed, "5", ""), (), EVENING, say=ENGLISH)
    assert (said["mood"], said["energy"]) == (kept, 5.0)


def test_ten_typed_on_a_real_terminal_is_ten(home: Home) -> None:
    """The keys 1, 0, Enter, 6, Enter, Enter on a terminal are a mood of 10 and an energy of 6."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "runmood.cli.main", "--home", str(home.root), "check-in"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.write(ours, b"10\n6\n\n")
        assert process.wait(60) == 0
    os.close(ours)
    os.close(theirs)
    assert [(each.mood, each.energy) for each in stands(home)] == [(10, 6)]


HELPED_LETTERS = """
    | typed         | kept                        |
    | a, c          | running, talking to someone |
    | ac            | running, talking to someone |
    | time outside  | time outside                |
    | a hobby, rest | hobby, rest                 |
"""


@pytest.mark.parametrize("case", rows(HELPED_LETTERS), ids=lambda case: case["typed"])
def test_letters_or_words_choose(case: dict[str, str]) -> None:
    """A choice is made by letters or by its words."""
    said = ask_check_in(Answering("7", "6", "m", *evening(), case["typed"], *[""] * 9), (), EVENING, say=ENGLISH)
    assert ", ".join(said["helped"]) == case["kept"]  # type: ignore[arg-type]


def test_a_word_is_not_read_as_letters() -> None:
    """A word of one's own whose letters all stand for something is not kept as four other things."""
    someone = Answering("7", "6", "m", *evening(), "hike", *[""] * 9)
    assert "helped" not in ask_check_in(someone, (), EVENING, say=ENGLISH)
    assert any('can\'t read "hike"' in line for line in someone.told)


def test_a_sentence_instead_of_m_is_the_note() -> None:
    """Whoever starts to write where only m was asked for loses nothing."""
    said = ask_check_in(Answering("7", "6", "slept badly, all hurts"), (), EVENING, say=ENGLISH)
    assert said["note"] == "slept badly, all hurts"
    assert "note" not in ask_check_in(Answering("7", "6", "n"), (), EVENING, say=ENGLISH)


def test_what_was_given_is_not_asked() -> None:
    """What flags have said already is not asked; the rest is."""
    someone = Answering("4", "m", "3", "", "", "")
    said = ask_check_in(
        someone, (), {"kind": "after-run", "mood": 7.0, "energy": 6.0, "pain_where": "knee"}, say=ENGLISH
    )
    assert said == {"kind": "after-run", "mood": 7.0, "energy": 6.0, "pain_where": "knee", "effort": 4.0, "pain": 3.0}


def test_a_check_in_loads_little(home: Home) -> None:
    """The path of a check-in loads no frames, no database, no Prefect, no pages and no plans' calendars."""
    code = (
        "import sys; sys.argv = ['runmood', '--home', sys.argv[1], 'check-in', '--mood', '7', '--energy', '6']\n"
        "from runmood.cli import main as cli\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code, str(home.root)], capture_output=True, text=True, check=True)
    heavy = {"polars", "numpy", "duckdb", "prefect", "fastapi", "jinja2", "icalendar", "tzlocal", "rich"}
    assert not heavy & set(loaded.stdout.split())


def test_a_question_called_as_a_rating_is_answered_beside_it(cli: Callable[..., Any], tmp_path: Path) -> None:
    """Both are kept, each under its name in its table; what is left unsaid by that name is the person's own."""
    cli("log")
    table = '[custom_questions.stress]\nquestion = "Stress at work?"\nkind = "scale"\n'
    (tmp_path / "home" / "settings.toml").write_text(table, encoding="utf-8")
    said = ("check-in", "--mood", "6", "--energy", "6", "--kind", "evening", "--stress", "2", "--answer", "stress=9")
    assert cli(*said).status == 0
    asked = "select stress, value from check_ins left join custom_answers using (check_in_id)"
    for value in ("9", ""):
        cli("summary")
        assert cli("query", asked, "--format", "csv").written.splitlines()[1].replace(".0", "") == f"2,{value}"
        assert cli("check-in", "--edit", "last", "--unsay", "stress").status == 0
