"""What is said to people in a hard time: nothing counts what they owe, and help is a link away."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from reports.hard_times import HARD_TIMES, LAST, hard_home

from runmood.core.i18n import translator
from runmood.home.home import open_home
from runmood.reports.render.text import as_text
from runmood.reports.share.content import format_change, offered
from runmood.reports.share.models import ShareSelection
from runmood.warehouse.publish import read_tables
from runmood.web.adapters.home import build_app_context
from runmood.web.svg.trends import Granularity, draw_trends
from runmood.workflow import summaries
from runmood.workflow.sharing import read_share_data

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home

CARED = ("injured", "hurt_and_low", "low", "returning", "bereaved")
OWED = {
    "en": r"what is missing|more runs|more days|skipped|wished|need more notes|you did \d of",
    "de": r"was noch fehlt|ausgelassen|gewünscht|brauchen noch notizen",
    "nl": r"wat nog ontbreekt|overgeslagen|gewenst|meer notities nodig",
}
NEVER = {
    "en": r"\bcauses?\b|addict|overtrain|\brisk\b|well done|great job|calorie|weight|diet",
    "de": r"verursacht|süchtig|übertrain|risiko|weiter so|kalorie|gewicht|diät",
    "nl": r"veroorzaak|verslaa|overtrain|risico|goed gedaan|calorie|gewicht|dieet",
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Home]:
    """Every hard time, as a home."""
    folder = tmp_path_factory.mktemp("hard")
    return {name: hard_home(folder / name, name) for name in HARD_TIMES}


def summary(home: Home, language: str = "en") -> str:
    """The summary on the terminal in a language, in one line."""
    settings: Path = home.settings_file
    english = settings.read_text(encoding="utf-8")
    settings.write_text(english.replace('"en"', f'"{language}"'), encoding="utf-8")
    told = " ".join(as_text(summaries.write_summary(open_home(home.root), LAST)).split())
    settings.write_text(english, encoding="utf-8")
    return told


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_nothing_is_counted_at_somebody_in_a_hard_time(homes: dict[str, Home], language: str) -> None:
    """While somebody is hurt, low or coming back, no page says what is missing or skipped, or denies how it is."""
    for name in CARED:
        told = summary(homes[name], language)
        assert not re.search(OWED[language], told, re.IGNORECASE), name
        assert "not seen so far" not in told or "A hard time" not in told.split("not seen so far")[0][-60:], name


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_no_page_praises_volume_or_speaks_of_food_and_weight(homes: dict[str, Home], language: str) -> None:
    """Rising runs with falling evenings and notes on earned food get no praise, and nothing on food or weight."""
    for name, home in homes.items():
        assert not re.search(NEVER[language], summary(home, language), re.IGNORECASE), name
    assert "dinner" not in summary(homes["earning_food"])


def test_nothing_is_denied_or_held_against_better_weeks(homes: dict[str, Home]) -> None:
    """Who is hurt, low or coming back reads of no caution that it is not there, of no plan kept, and of no load."""
    say = translator("en", "metric")
    for name in CARED:
        told = summary(homes[name])
        assert say("questions.A5.called") not in told, name
        assert say("questions.A7.called") not in told, name
        assert say("plan.title") not in told, name
        assert "planned runs" not in told, name
        assert "you were hoping for" not in told, name


def test_a_hard_time_leads_and_nothing_is_counted_before_it(homes: dict[str, Home]) -> None:
    """No run, distance or evening is counted above how things stand, least of all where running rises as mood falls."""
    first = {"injured": "ill or injured since", "returning": "coming back since", "low": "low since"}
    for name in (*CARED, "earning_food"):
        told = summary(homes[name])
        before = told[: told.index(first.get(name, "low since"))]
        assert not re.search(r"\d km|runs?,|rated|New since", before), name
        assert "we don't know" not in told.lower(), name
    assert "evenings unrated" not in summary(homes["only_notes"])
    assert "Since then you ran five times, 17 km in all." in summary(homes["returning"])


def test_where_nothing_is_asked_nobody_is_told_to_run(homes: dict[str, Home]) -> None:
    """Without a finding the page says why, and offers to add runs only to who may want to."""
    say = translator("en", "metric")
    reasons = {"injured": "none_care", "returning": "none_back", "only_notes": "none_without_runs"}
    for name, reason in reasons.items():
        found = build_app_context(homes[name].root).queries.nothing_found()
        assert found == (say(f"findings.{reason}"), name == "only_notes")


def test_injured_days_are_no_unknown_days(homes: dict[str, Home]) -> None:
    """The person said it, so nobody asks whether they ran."""
    told = summary(homes["injured"])
    assert "We don't know whether you ran" not in told
    assert "ill or injured since 10 October" in told
    assert "goal rests" in told


def test_a_low_month_is_told_warmly_and_with_a_link(homes: dict[str, Home]) -> None:
    """First of all since when, how low and what it was before; then what helped before; a real link on the page."""
    told = summary(homes["low"])
    since = "Your evenings have been low since 22 October, 4 weeks now: 1.5 out of 10 on average, 7 before that."
    lead = told.index(since)
    helped = told.index("What has helped you before, in your own notes: friends")
    assert lead < helped < told.index("People you can call")
    assert told.index("People you can call") < told.index("Day by day")
    assert "Other explanations" not in told
    assert "how sure we can be" not in told
    page = homes["low"].page.read_text(encoding="utf-8")
    assert page.count('<a href="https://findahelpline.com"') == 2


def test_how_low_the_evenings_are_is_said_once(homes: dict[str, Home]) -> None:
    """Who is hurt and low reads it where it leads; who is hurt alone, after since when."""
    for name in CARED:
        told = summary(homes[name])
        assert told[: told.index("Day by day")].count("out of 10 on average") == 1, name
    hurt = summary(homes["hurt_and_low"])
    assert hurt.index("low since 17 October") < hurt.index("ill or injured since 17 October")


def test_a_return_is_compared_with_nothing(homes: dict[str, Home]) -> None:
    """A longer run in the first weeks back is no run much longer than lately, and no week is held against another."""
    told = summary(homes["returning"])
    assert "You have been coming back since 7 November" in told
    assert "longer than the longest" not in told
    assert "about 24 km a week" not in told


def test_a_pause_and_a_life_without_running_lack_nothing(homes: dict[str, Home]) -> None:
    """Who pauses for weeks, or only writes, is told of nothing that is missing."""
    few = translator("en", "metric")("missing.are", things=["…"]).partition("…")[0].strip()
    for name in ("pregnant", "only_notes"):
        assert few not in summary(homes[name]), name
        assert "need more notes" not in summary(homes[name]), name


def test_a_goal_says_no_figure_of_weeks_that_nobody_knows(homes: dict[str, Home]) -> None:
    """Of four weeks of which hardly a day is known there is no amount a week."""
    assert "lately about" not in summary(homes["bereaved"])


def test_a_fall_has_the_same_date_everywhere(homes: dict[str, Home]) -> None:
    """The page to share, with its own period, names the day before the one that the summary names."""
    days = read_tables(homes["low"].published, ("days",))["days"]
    assert "until 21 October" in format_change(translator("en", "metric"), days.tail(84))
    assert "low since 22 October" in summary(homes["low"])


def test_a_return_leads_the_page_to_share(homes: dict[str, Home]) -> None:
    """The level since the return stands first, beside the one before; the fall that came earlier is dated too."""
    days = read_tables(homes["returning"].published, ("days",))["days"]
    told = format_change(translator("en", "metric"), days.tail(84))
    assert "2.5 on average from 26 September to 6 November (42 evenings) and 6 since (15 evenings)" in told
    assert told.endswith("; before that, 7.")


@pytest.mark.parametrize(("name", "since"), [("injured", "10 October"), ("returning", "7 November")])
def test_trends_hold_no_week_against_a_better_one(homes: dict[str, Home], name: str, since: str) -> None:
    """Who is hurt or coming back reads since when, once, and no range from the best week of running to the worst."""
    say = translator("en", "metric")
    tables = read_tables(homes[name].published, ("days", "weeks", "runs"))
    weeks = tables["weeks"].rename({"week_start": "start"})
    trends = draw_trends(say, Granularity.WEEK, weeks, tables["days"], tables["runs"])
    assert trends
    assert since in trends.note
    drawn = {chart.title: chart.sentence for chart in trends.charts}
    of_running = [say("trends.distance", unit="km"), say("trends.moving"), say("trends.load")]
    assert [drawn[title] for title in of_running] == ["", "", ""]
    assert drawn[say("trends.mood")]


@pytest.mark.parametrize("name", ["injured", "returning"])
def test_a_page_to_share_is_offered_nothing_that_denies_a_hard_time(homes: dict[str, Home], name: str) -> None:
    """Beside a fall that the page leads with, nobody is offered "the notes did not show it", nor a load of nothing."""
    published = read_tables(homes[name].published, ("days", "finding_feedback"))
    data = read_share_data(homes[name], published["days"], published["finding_feedback"], LAST)
    offers = offered(data, ShareSelection(LAST - dt.timedelta(days=83), LAST))
    assert offers.findings == {}
