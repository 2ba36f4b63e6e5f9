"""The pages of a home: what they read there, what they write, and what jobs do."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import time
import tomllib
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from web.homes import LAST_DAY, gpx, home_of
from web.web_client import WebClient

from runmood.core.entries import FindingFeedback, Habit, PlannedDay, RunsMerged
from runmood.core.i18n import translator
from runmood.home.edit_settings import changed
from runmood.journal.store import read

if TYPE_CHECKING:
    from pathlib import Path

    from httpx import Response


SOON_S = 240  # a job steps back behind everything else that the machine does


@pytest.fixture
def full(tmp_path: Path) -> WebClient:
    """Return a client of a home with three runs and ten evenings."""
    return WebClient(home_of(tmp_path / "home", 3, 10).root)


def entries(client: WebClient) -> list[object]:
    """Return the journal's entries, in order."""
    return [record.entry for record in read(client.journal).records]


def upload(client: WebClient, *files: tuple[str, bytes]) -> Response:
    """Send files and return the response."""
    sent = [("files", (name, content, "application/octet-stream")) for name, content in files]
    return client.browser.post("/import", data={"token": client.token()}, files=sent)


def finished(client: WebClient) -> str:
    """Return the import page once all jobs have ended."""
    until = time.monotonic() + SOON_S
    while time.monotonic() < until:
        page = client.browser.get("/import").text
        if "data-again" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("it did not come to an end")


def test_files_that_are_brought_become_runs(tmp_path: Path) -> None:
    """Several files at once are imported by a process of its own; the page says what became of each, if refused too."""
    client = WebClient(tmp_path / "home")
    began = dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)
    reply = upload(client, ("park.gpx", gpx(began)), ("broken.fit", b"not a watch file"))
    assert (reply.status_code, reply.headers["location"]) == (303, "/import")
    page = finished(client)
    assert "2 new files: 1 run; 1 we can&#39;t read." in page
    assert "broken.fit" in page
    assert "/runs/20261120-070000" in client.browser.get("/runs").text
    assert sorted(path.name for path in client.home.inbox.iterdir()) == ["broken.fit", "park.gpx"]
    assert list((client.home.work / "jobs").glob("upload-*")) == []


def test_the_page_holds_no_lock(full: WebClient) -> None:
    """While somebody else writes in the home, every page is shown, a check-in is stored, and files may wait."""
    with full.home.writing():
        assert full.browser.get("/runs").status_code == 200
        assert full.send().status_code == 303
        assert upload(full, ("x.gpx", gpx(dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)))).status_code == 303
        assert "waiting its turn" in full.browser.get("/import").text
    assert "1 run" in finished(full)


def test_files_without_our_token_are_not_kept(client: WebClient) -> None:
    """A form of files that another page made up leaves nothing behind."""
    files = [("files", ("a.gpx", b"<gpx/>", "application/octet-stream"))]
    assert client.browser.post("/import", data={"token": "0" * 64}, files=files).status_code == 403
    assert client.browser.post("/import", files=files, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.browser.post("/import", data={"token": client.token()}).status_code == 415
    assert [path for path in client.home.work.rglob("*") if path.is_file()] == []


def test_no_file_is_no_import(client: WebClient) -> None:
    """The form sent without a file starts nothing."""
    assert upload(client, ("", b"")).status_code == 303
    assert "data-again" not in client.browser.get("/import").text


def test_what_was_said_waits_to_be_taken_in(full: WebClient) -> None:
    """After a check-in today says that it is not in calendar and findings yet; one button takes it in."""
    full.clock = dt.datetime.combine(LAST_DAY, dt.time(22), full.home.zone)
    assert "Update now" not in full.browser.get("/").text
    full.send(mood="2")
    assert "Update now" in full.browser.get("/").text
    assert full.post("/update", then="today").headers["location"] == "/"
    finished(full)
    assert "Update now" not in full.browser.get("/").text
    days = full.context.queries.days(LAST_DAY, LAST_DAY)
    assert days["mood_evening"].to_list() == [2.0]


def test_what_is_published_is_seen_at_once(full: WebClient) -> None:
    """The published copy is opened for each page: another one is shown without a restart."""
    assert full.browser.get("/runs").text.count('<th scope="row">') == 3
    full.home.published.unlink()
    assert "No runs yet" in full.browser.get("/runs").text


def test_after_an_update_everything_is_made_anew(full: WebClient) -> None:
    """Where another version made the home, pages say so and offer an update; a check-in is accepted meanwhile."""
    with duckdb.connect(full.home.published) as other:
        other.execute("update schema_version set fingerprint = 'another'")
    for path in ("/", "/calendar", "/runs", "/runs/20261121-070000", "/findings", "/doubtful"):
        reply = full.browser.get(path)
        assert (reply.status_code, translator("en", "metric")("updated.title") in reply.text) == (503, True), path
    assert full.send(mood="2").headers["location"] == "/saved"
    assert full.post("/update", then="today").headers["location"] == "/"
    finished(full)
    assert full.browser.get("/runs").text.count('<th scope="row">') == 3


def test_a_month_of_which_nobody_knows_says_so(tmp_path: Path) -> None:
    """A home with evenings and no file has no runs to count: it is not known, and not 0."""
    client = WebClient(home_of(tmp_path / "home", 0, 10).root)
    page = client.browser.get(f"/calendar?month={LAST_DAY:%Y-%m}").text
    assert translator("en", "metric")("calendar.runs_unknown") in html.unescape(page)
    assert "0 runs" not in page


def test_runs_of_another_year_say_so(full: WebClient) -> None:
    """On a phone a date has its year where that is not this year's."""
    assert '<span class="of">2026</span>' not in full.browser.get("/runs").text
    full.clock = full.clock.replace(year=2028)
    assert full.browser.get("/runs").text.count('<span class="of">2026</span>') == 3


def test_runs_are_paged_newest_first(full: WebClient) -> None:
    """Runs before one of them are those that are older; a name that is none is passed over."""
    names = re.findall(r"/runs/([\d-]+)", full.browser.get("/runs").text)
    assert names == sorted(names, reverse=True)
    older = full.browser.get(f"/runs?before={names[0]}").text
    assert re.findall(r"/runs/([\d-]+)", older) == names[1:]
    assert full.browser.get("/runs?before=' or 1=1 --").status_code == 200


@pytest.mark.parametrize("name", ["20260101-000000", "last", "'; drop table runs; --", "x", "20261121"])
def test_a_run_that_is_not_there(full: WebClient, name: str) -> None:
    """Another name than that of a run is a kind sentence."""
    assert full.browser.get(f"/runs/{name}").status_code == 404


def test_a_route_can_leave_out_its_ends(full: WebClient) -> None:
    """On the computer's own screen the route is whole; asked to, it leaves out both ends and does not mark them."""
    run = f"/runs/{re.findall(r'/runs/([0-9-]+)', full.browser.get('/runs').text)[0]}"
    assert 'class="start"' in full.browser.get(run).text
    hidden = full.browser.get(f"{run}?ends=hidden").text
    assert 'class="start"' not in hidden
    assert "We left out 300 m around start and end." in hidden


def test_while_phones_may_come_in_ends_are_left_out_at_first(full: WebClient) -> None:
    """With --lan a route is shown without its ends until asked for them."""
    run = f"/runs/{re.findall(r'/runs/([0-9-]+)', full.browser.get('/runs').text)[0]}"
    client = WebClient(full.root, lan=True)
    assert 'class="start"' not in client.browser.get(run).text
    assert 'class="start"' in client.browser.get(f"{run}?ends=shown").text


def test_a_home_in_german_opens_every_finding(full: WebClient) -> None:
    """Titles with umlauts have addresses of plain letters, and each opens."""
    settings = full.root / "settings.toml"
    settings.write_text(f'language = "de"\n{settings.read_text(encoding="utf-8")}', encoding="utf-8")
    addresses = re.findall(r'href="(/findings/[^"]+)"', full.browser.get("/findings").text)
    assert addresses
    assert all(re.fullmatch(r"/findings/[a-z0-9-]+", address) for address in addresses)
    assert {full.browser.get(address).status_code for address in addresses} == {200}


def test_questions_that_wait_for_notes_are_put_together(tmp_path: Path) -> None:
    """In a new home no list tells what is not known: one line counts the questions, and a check-in is offered."""
    client = WebClient(home_of(tmp_path / "young", 1, 0).root)
    page = client.browser.get("/findings").text
    shown, _, waiting = page.partition("<details>")
    assert 'href="/findings/' not in shown
    assert 'href="/findings/' in waiting
    assert "not enough evidence yet</span>" not in page
    assert 'class="way strong" href="/check-in"' in page


def test_a_day_tells_plan_run_and_words(full: WebClient) -> None:
    """A day's page holds its run and its check-ins, with a way to change each."""
    page = full.browser.get(f"/day/{LAST_DAY}").text
    assert '<a href="/runs/' in page
    assert page.count('<article class="check-in">') == 1
    assert full.browser.get("/day/yesterday").status_code == 404
    assert full.browser.get("/day/1823-01-01").status_code == 404


def test_a_finding_can_be_hidden_and_shown_again(full: WebClient) -> None:
    """Feedback on a finding holds at once on the findings page, and after a moment on the summary."""
    key = re.findall(r"/findings/([a-z-]+)", full.browser.get("/findings").text)[0]
    codes = next(each.codes for each in full.context.queries.findings() if each.key == key)
    assert full.post(f"/findings/{key}/feedback", word="hidden", note="Not <now>").headers["location"] == "/findings"
    assert "hidden by you" in full.browser.get("/findings").text
    hidden = [each for each in full.context.queries.findings() if each.word == "hidden"]
    assert {code for each in hidden for code in each.codes} == {*codes}
    page = full.browser.get(f"/findings/{hidden[0].key}").text
    assert "Not &lt;now&gt;" in page
    finished(full)
    assert "hidden by you" in full.browser.get("/summary").text
    for each in hidden:
        reply = full.post(f"/findings/{each.key}/feedback", word="", note="")
        assert full.browser.get(reply.headers["location"]).status_code == 200
    assert "hidden by you" not in full.browser.get("/findings").text
    assert key in [each.key for each in full.context.queries.findings()]
    finished(full)


def test_a_note_on_a_finding_stays_with_it(full: WebClient) -> None:
    """A note is shown on the finding's page, in the field where it was written too."""
    key = re.findall(r"/findings/([a-z-]+)", full.browser.get("/findings").text)[0]
    address = f"/findings/{key}"
    assert full.post(f"{address}/feedback", word="noted", note="Ask\r\nAna").headers["location"] == "/findings"
    assert ">Ask\nAna</textarea>" in full.browser.get(address).text
    finished(full)


def test_heavy_words_in_a_note_lead_to_who_listens(full: WebClient) -> None:
    """A note with words of distress is kept, and the next page is that of the help lines."""
    key = full.context.queries.findings()[0].key
    reply = full.post(f"/findings/{key}/feedback", word="noted", note="I want to kill myself")
    assert reply.headers["location"] == "/support"
    assert full.context.queries.findings()[0].note == "I want to kill myself"
    finished(full)


def test_a_note_leaves_the_word_that_stands(full: WebClient) -> None:
    """Keeping a note on a hidden finding leaves it hidden; an emptied note and nothing else leaves nothing."""
    key = full.context.queries.findings()[0].key
    full.post(f"/findings/{key}/feedback", word="hidden")
    (hidden, *_) = [each for each in full.context.queries.findings() if each.word]
    full.post(f"/findings/{hidden.key}/feedback", word="noted", note="later")
    assert {(each.word, each.note) for each in full.context.queries.findings() if each.word} == {("hidden", "later")}
    full.post(f"/findings/{hidden.key}/feedback", word="")
    full.post(f"/findings/{key}/feedback", word="noted", note="  ")
    assert [each for each in full.context.queries.findings() if each.word] == []
    finished(full)


@pytest.mark.parametrize(
    ("key", "fields", "status"),
    [
        ("none-of-ours", {"word": "hidden"}, 404),
        (None, {"word": "loud"}, 404),
        (None, {"word": "noted", "note": "x" * 2001}, 413),
    ],
)
def test_a_word_on_a_finding_that_is_none(
    full: WebClient, key: str | None, fields: dict[str, str], status: int
) -> None:
    """An unknown finding, an unknown word and a note that is too long store nothing."""
    key = key or full.context.queries.findings()[0].key
    assert full.post(f"/findings/{key}/feedback", **fields).status_code == status
    assert not [entry for entry in entries(full) if isinstance(entry, FindingFeedback)]


def test_a_close_call_is_decided(full: WebClient) -> None:
    """The person's verdict on two files reaches the journal, and starts an update."""
    one, other = "0123456789abcdef-1", "fedcba9876543210-1"
    assert full.post("/doubtful", one=one, other=other, verdict="one").status_code == 303
    assert entries(full)[-1] == RunsMerged(one, other)
    finished(full)


@pytest.mark.parametrize(
    "fields",
    [
        {"one": "b" * 16 + "-1", "other": "a" * 16 + "-1", "verdict": "one"},
        {"one": "a" * 16 + "-1", "other": "b" * 16 + "-1", "verdict": "three"},
        {"one": "../x", "other": "b" * 16 + "-1", "verdict": "two"},
        {},
    ],
)
def test_a_close_call_that_is_none(client: WebClient, fields: dict[str, str]) -> None:
    """What is no pair of recordings is not written down."""
    assert client.post("/doubtful", **fields).status_code == 400
    assert client.lines() == []


def test_a_day_is_planned(client: WebClient) -> None:
    """A run with a distance, a rest, and nothing planned reach the journal; the page shows what is planned."""
    for fields in ({"planned": "run", "distance": "8,5"}, {"planned": "rest", "distance": "9"}, {"planned": ""}):
        assert client.post("/plan/day", date="2026-11-23", **fields).status_code == 303
    date = dt.date(2026, 11, 23)
    assert entries(client) == [PlannedDay(date, "run", 8500.0), PlannedDay(date, "rest"), PlannedDay(date, None)]


def test_a_plan_that_was_taken_back_is_none(client: WebClient) -> None:
    """Nothing is planned on that day, on the page of plans, on the day before and when it comes."""
    client.post("/plan/day", date="2026-11-23", planned="run")
    assert "Nothing planned." not in client.browser.get("/day/2026-11-23").text
    client.post("/plan/day", date="2026-11-23", planned="")
    assert "Nothing planned." in client.browser.get("/plan").text
    for moment in (client.clock, client.clock + dt.timedelta(days=1)):
        client.clock = moment
        assert client.browser.get("/").status_code == 200
    assert "Nothing planned." in client.browser.get("/day/2026-11-23").text


def test_a_distance_is_in_the_persons_units(tmp_path: Path) -> None:
    """A runner who thinks in miles types miles."""
    client = WebClient(tmp_path / "home", settings='time_zone = "Europe/London"\nunits = "imperial"\n')
    client.post("/plan/day", date="2026-11-23", planned="run", distance="5")
    (plan,) = entries(client)
    assert isinstance(plan, PlannedDay)
    assert plan.distance_m == pytest.approx(8046.72)


@pytest.mark.parametrize("date", ["2026-11-21", "2026-01-01", "2099-01-01", "soon", ""])
def test_a_day_that_has_begun_is_not_planned(client: WebClient, date: str) -> None:
    """You can plan days that haven't begun, up to a year ahead."""
    assert client.post("/plan/day", date=date, planned="run").status_code == 422
    assert client.lines() == []


def test_the_week_is_planned(client: WebClient) -> None:
    """The ticked weekdays are the habit from now on, and the page shows them ticked."""
    assert client.post("/plan/habit", weekday=["2", "4", "7"]).status_code == 303
    assert entries(client) == [Habit((2, 4, 7))]
    assert re.findall(r'name="weekday" value="(\d)" checked', client.browser.get("/plan").text) == ["2", "4", "7"]


def test_a_goal_is_set_and_looked_at(client: WebClient) -> None:
    """A goal in the person's words appears, and can be said to be reached, with a word about it."""
    assert (
        client.post("/goals", words="Sleep <before> midnight", kind="therapeutic", until="2026-12-24").status_code
        == 303
    )
    page = client.browser.get("/goals").text
    assert "Sleep &lt;before&gt; midnight" in page
    goal = re.findall(r'name="goal" value="([^"]+)"', page)[0]
    assert client.post("/goals/review", goal=goal, state="reached", words="Most nights").status_code == 303
    assert "„Most nights“" in WebClient(client.root, language="de").browser.get("/goals").text
    assert "Reached: “Most nights”" in client.browser.get("/goals").text


@pytest.mark.parametrize(
    "fields",
    [{"words": " ", "kind": "fitness"}, {"words": "x", "kind": "other"}, {"words": "x" * 301, "kind": "fitness"}],
)
def test_a_goal_that_is_none(client: WebClient, fields: dict[str, str]) -> None:
    """A goal needs words and a kind."""
    assert client.post("/goals", **fields).status_code == 422
    assert client.lines() == []


def test_settings_are_changed_in_their_file(client: WebClient) -> None:
    """Another name and unit stand in settings.toml, what else it says stays, and the next page counts in miles."""
    (client.root / "settings.toml").write_text('# mine\ntime_zone = "Europe/London"  # home\n')
    fields = {"name": 'Ana "the hare"', "units": "imperial", "time_zone": "Europe/London", "language": "en"}
    assert client.post("/settings", **fields).status_code == 303
    text = (client.root / "settings.toml").read_text()
    assert text.startswith('# mine\ntime_zone = "Europe/London"  # home\n')
    assert tomllib.loads(text) == {"time_zone": "Europe/London", "name": 'Ana "the hare"', "units": "imperial"}
    assert '<option value="imperial" selected>' in client.browser.get("/settings").text


def test_a_setting_that_cannot_be_is_told(client: WebClient) -> None:
    """A time zone that no list knows is refused with the reason, and the file stays as it was."""
    before = (client.root / "settings.toml").read_text()
    reply = client.post("/settings", name="", units="metric", time_zone="Europe/Athnes", language="en")
    assert reply.status_code == 422
    assert "Europe/Athnes" in reply.text
    assert (client.root / "settings.toml").read_text() == before
    assert not (client.root / "settings.new").exists()


def test_a_broken_settings_file_does_not_break_the_page(client: WebClient) -> None:
    """While the file cannot be read, the pages go on with the settings of before."""
    (client.root / "settings.toml").write_text("time_zone = ")
    assert client.browser.get("/").status_code == 200


@settings(deadline=None)
@given(value=some.text(some.characters(exclude_categories=("Cs", "Cc")), min_size=1))
@pytest.mark.parametrize(
    "before",
    ["", 'name = "x"\n', "units='metric' # why\nname='a \"b\"'\n[items.a]\nname = 1\n", "[items.a]\nname = 1\n"],
)
def test_any_text_may_be_set(before: str, value: str) -> None:
    """Whatever is written, the file says it afterwards, and all else in it is as it was; taken away, it is gone."""
    was = tomllib.loads(before)
    text = changed(before, "name", value)
    assert tomllib.loads(text) == was | {"name": value}
    assert tomllib.loads(changed(text, "name", "")) == {name: kept for name, kept in was.items() if name != "name"}


def test_a_process_that_died_is_told(client: WebClient) -> None:
    """A job whose process is gone is shown as stopped."""
    folder = client.home.work / "jobs"
    folder.mkdir()
    note = {"kind": "import", "began": "2026-11-21T20:00:00+00:00", "files": 3, "share": 0.2, "messages": []}
    (folder / "1.json").write_text(json.dumps(note | {"process": 2**22 + 1, "state": "running"}))
    page = client.browser.get("/import").text
    assert "stopped; your next import continues from there" in page
    assert "data-again" not in page
