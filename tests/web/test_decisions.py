"""One page has all that waits for the person's word, and takes it."""

from __future__ import annotations

import datetime as dt
import html
import shutil
from typing import TYPE_CHECKING

import pytest
from web.homes import LAST_DAY, home_of
from web.web_client import WebClient

from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.entries import CareReported, DistanceCorrection, PlannedDay, RunDated, RunJudged, SeriesJudged
from runmood.home.home import open_home
from runmood.ingest.calendars import keep_doubtful, read_calendar_file
from runmood.ingest.importer import open_importer
from runmood.journal.store import append, read
from runmood.web.adapters.jobs import ProcessJobRunner
from runmood.workflow import steps

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.core.entries import Entry

CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:{uid}
DTSTART;VALUE=DATE:{day:%Y%m%d}
SUMMARY:{title}
END:VEVENT
END:VCALENDAR
"""
TRACK = '<gpx version="1.1" creator="drawn"><trk>{head}<trkseg>{points}</trkseg></trk></gpx>'
POINT = '<trkpt lat="{lat:.6f}" lon="-0.1"><time>{at:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'


def track(began: dt.datetime, head: str, speed_m_s: float = 0.0, seconds: int = 1500) -> bytes:
    """A GPX of a way northwards; at no speed it stands at one place."""
    ways = [
        POINT.format(lat=51.5 + speed_m_s * (at + at % 7) / 111_195, at=began + dt.timedelta(0, at))
        for at in range(0, seconds, 5)
    ]
    return TRACK.format(head=head, points="".join(ways)).encode()


@pytest.fixture(scope="module")
def with_waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a home in which three files wait: no distance, no sport, and a clock that is years behind."""
    home = home_of(tmp_path_factory.mktemp("waiting") / "home", runs=2)
    day = dt.datetime.combine(LAST_DAY - dt.timedelta(5), dt.time(9), dt.UTC)
    running = "<type>running</type>"
    (home.inbox / "indoors.gpx").write_bytes(track(day, running))
    (home.inbox / "slow.gpx").write_bytes(track(day - dt.timedelta(7), "", 1.8))
    (home.inbox / "old.gpx").write_bytes(track(dt.datetime(2046, 3, 1, 9, tzinfo=dt.UTC), running, 2.8))
    with home.writing():
        steps.run_pipeline(home, LAST_DAY)
        with open_importer(home) as importer:
            importer.read_inbox()
        steps.run_pipeline(home, LAST_DAY)
    return home.root


@pytest.fixture
def waiting(with_waiting: Path, tmp_path: Path) -> WebClient:
    """A client of a copy of that home."""
    return WebClient(shutil.copytree(with_waiting, tmp_path / "home"))


def entries(client: WebClient) -> list[Entry]:
    """Everything in the journal."""
    return [record.entry for record in read(client.journal).records]


def ids(client: WebClient) -> dict[str, str]:
    """The recordings that wait, by why."""
    rows = client.context.queries.to_decide().iter_rows(named=True)
    return {row["reason_code"]: row["recording_id"] for row in rows}


def test_all_that_waits_is_counted_shown_and_decided(waiting: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Today counts it with a link; the page has a form for each; each answer is a line of the journal."""
    monkeypatch.setattr(ProcessJobRunner, "update", lambda _: None)  # done below, in this process
    assert "3 things wait for your decision" in waiting.browser.get("/").text
    page = waiting.browser.get("/doubtful").text
    for name in ("indoors.gpx", "slow.gpx", "old.gpx"):
        assert name in page
    named = ids(waiting)
    assert set(named) == {"no_distance", "unclear_sport", "clock_ahead"}
    for recording, answers, said in (
        (named["no_distance"], {"verdict": "run", "distance": "5,2"}, [DistanceCorrection(named["no_distance"], 5200)]),
        (named["unclear_sport"], {"verdict": "not-a-run"}, []),
        (
            named["clock_ahead"],
            {"verdict": "run", "date": "2026-11-19"},
            [RunDated(named["clock_ahead"], dt.date(2026, 11, 19))],
        ),
    ):
        before = len(entries(waiting))
        assert waiting.post("/doubtful/recording", recording=recording, **answers).status_code == 303
        first, *further = entries(waiting)[before:]
        assert isinstance(first, RunJudged)
        assert (first.verdict, further) == (answers["verdict"], said)
    with waiting.home.writing():
        steps.run_pipeline(waiting.home, LAST_DAY)
    assert "Nothing waits for you" in waiting.browser.get("/doubtful").text
    runs = waiting.context.queries.runs(None, 10)
    assert sorted(runs["local_date"].cast(str))[-4:] == ["2026-11-16", "2026-11-19", "2026-11-19", "2026-11-21"]


@pytest.mark.parametrize(
    ("why", "answers", "status"),
    [
        ("clock_ahead", {"verdict": "run"}, 422),
        ("clock_ahead", {"verdict": "run", "date": "2027-01-01"}, 422),
        ("no_distance", {"verdict": "run", "distance": "far"}, 422),
        ("no_distance", {"verdict": "run", "distance": "nan"}, 422),
        ("no_distance", {"verdict": "maybe"}, 400),
        ("", {"verdict": "run"}, 400),
    ],
)
def test_an_answer_that_cannot_be_is_not_written(
    waiting: WebClient, why: str, answers: dict[str, str], status: int
) -> None:
    """A day to come, a distance that is none, or a recording that does not wait stores nothing."""
    recording = ids(waiting).get(why, "0123456789abcdef-9")
    assert waiting.post("/doubtful/recording", recording=recording, **answers).status_code == status
    assert entries(waiting) == []


def test_a_decision_is_undone_on_the_page(waiting: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one form said of a file stands on the page in words, is taken back with one button, and waits again."""
    monkeypatch.setattr(ProcessJobRunner, "update", lambda _: None)  # done below, in this process
    recording = ids(waiting)["clock_ahead"]
    waiting.post("/doubtful/recording", recording=recording, verdict="run", date="2026-11-19", distance="5")
    waiting.post("/doubtful/recording", recording=ids(waiting)["no_distance"], verdict="not-a-run")
    page = waiting.browser.get("/doubtful").text.replace("\xa0", " ")
    assert "old.gpx" in page
    assert "a run, on 19 November 2026, 5 km" in page
    assert "indoors.gpx" in page
    dated = next(each for each in waiting.context.journal.decisions(20) if len(each.ids) > 1)
    assert {type(each) for each in dated.entries} == {RunJudged, RunDated, DistanceCorrection}
    assert waiting.post("/doubtful/undo", entry=list(dated.ids)).status_code == 303
    (left,) = waiting.context.journal.decisions(20)
    assert [type(each) for each in left.entries] == [RunJudged]
    with waiting.home.writing():
        steps.run_pipeline(waiting.home, LAST_DAY)
    assert set(ids(waiting)) == {"clock_ahead", "unclear_sport"}


def test_only_a_decision_that_stands_is_undone(waiting: WebClient) -> None:
    """An entry that is no decision, or was undone already, changes nothing and is answered with a sentence."""
    before = entries(waiting)
    for entry in ([], ["0123456789ab"]):
        assert waiting.post("/doubtful/undo", entry=entry).status_code == 400
    assert entries(waiting) == before


def test_heavy_imported_notes_bring_someone_to_talk_to(tmp_path: Path) -> None:
    """After an import the page names people to talk to where last week's notes ask for it."""
    client = WebClient(tmp_path / "home")
    at = client.clock - dt.timedelta(days=2)
    for days, source, shown in ((2, "daylio", True), (2, "hand", False), (40, "daylio", False)):
        said = CheckIn(
            at=client.clock - dt.timedelta(days), kind="evening", mood=2.0, note="I want to die", source=source
        )
        (client.journal / "journal.jsonl").unlink(missing_ok=True)
        append(client.journal, [NewEntry(at, said)])
        assert client.context.journal.asks_for_support(client.clock) is shown


def test_illness_is_begun_and_ended_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Today's page offers to say it, says since when once it is said, and then offers to end it; nothing is guessed."""
    monkeypatch.setattr(ProcessJobRunner, "update", lambda _: None)
    client = WebClient(tmp_path / "home")
    assert "I'm hurt" in html.unescape(client.browser.get("/").text)
    assert client.post("/care", word="injured").status_code == 303
    assert entries(client) == [CareReported(client.clock.date(), "injured")]
    page = html.unescape(client.browser.get("/").text)
    assert "You have been injured since 21 November" in page
    assert "I'm better" in page
    client.post("/care", word="better")
    assert "I'm hurt" in html.unescape(client.browser.get("/").text)
    assert client.post("/care", word="fine").status_code == 422


def calendar(path: Path, title: str, day: dt.date) -> Path:
    """A calendar with one whole day."""
    path.write_text(CALENDAR.format(uid=title, day=day, title=title).replace("\n", "\r\n"), encoding="utf-8")
    return path


def test_titles_of_calendars_are_decided_by_series(waiting: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A title that may be a run waits with the rest; the answer holds for its series, whose calendar is read again."""
    updates: list[str] = []
    monkeypatch.setattr(ProcessJobRunner, "update", lambda _: updates.append("started"))
    home = open_home(waiting.root)
    day = waiting.context.now().date() + dt.timedelta(days=20)
    file = calendar(waiting.root.parent / "club.ics", "Parkrun <3>?", day)
    draft, changes, _ = read_calendar_file(home, file, waiting.context.now())
    assert (draft.doubtful, changes.planned) == (("Parkrun <3>?",), ())
    keep_doubtful(home, file, draft.doubtful)
    assert "4 things wait for your decision" in waiting.browser.get("/").text
    page = waiting.browser.get("/doubtful").text
    assert (html.escape("Parkrun <3>?") in page, "Parkrun <3>?" in page) == (True, False)
    assert waiting.post("/doubtful/title", title="Parkrun <3>?", verdict="run").status_code == 303
    assert (SeriesJudged("parkrun", "run") in entries(waiting), len(updates)) == (True, 1)
    assert [entry.date for entry in entries(waiting) if isinstance(entry, PlannedDay)] == [day]
    assert html.escape("Parkrun <3>?") not in waiting.browser.get("/doubtful").text


def test_a_decision_on_a_title_is_undone_on_the_page(waiting: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands in the list by its title; taken back, its plans are gone and the title waits again."""
    monkeypatch.setattr(ProcessJobRunner, "update", lambda _: None)
    home = open_home(waiting.root)
    day = waiting.context.now().date() + dt.timedelta(days=20)
    file = calendar(waiting.root.parent / "club.ics", "Parkrun?", day)
    draft, *_ = read_calendar_file(home, file, waiting.context.now())
    keep_doubtful(home, file, draft.doubtful)
    waiting.post("/doubtful/title", title="Parkrun?", verdict="run")
    assert "parkrun" in waiting.browser.get("/doubtful").text
    (decision,) = waiting.context.journal.decisions(20)
    assert decision.entries == (SeriesJudged("parkrun", "run"),)
    assert waiting.post("/doubtful/undo", entry=list(decision.ids)).status_code == 303
    assert waiting.context.journal.decisions(20) == ()
    assert waiting.context.titles() == {f"{file}": ["Parkrun?"]}
    assert waiting.context.journal.plans(day, 1) == {day: None}


@pytest.mark.parametrize("answers", [{"title": "Parkrun?", "verdict": "maybe"}, {"title": "Choir", "verdict": "run"}])
def test_an_answer_on_a_title_that_does_not_wait_changes_nothing(waiting: WebClient, answers: dict[str, str]) -> None:
    """A title that no calendar has, or a word that says neither, is refused."""
    keep_doubtful(open_home(waiting.root), waiting.root / "club.ics", ["Parkrun?"])
    before = entries(waiting)
    assert waiting.post("/doubtful/title", **answers).status_code == 400
    assert entries(waiting) == before


def test_what_is_kept_of_calendars_may_be_damaged(waiting: WebClient) -> None:
    """What cannot be read of it counts as absent; the next reading of the calendar makes it again."""
    for content in ("{", "[]", '{"a.ics": 7}', '{"a.ics": {"titles": [1], "match": [], "all_runs": false}}'):
        (waiting.root / ".work" / "calendars.json").write_text(content, encoding="utf-8")
        assert waiting.browser.get("/doubtful").status_code == 200
        assert waiting.context.titles() == {}
