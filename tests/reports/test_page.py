"""The summary as one HTML page."""

from __future__ import annotations

import colorsys
import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from reports.diaries import LAST, day, diary, full_year, notice, year_of_days
from reports.homes import HOMES
from reports.periods import everything_said

from runmood.reports.context import last_six_weeks, period_named
from runmood.reports.overview import build_goals
from runmood.reports.render.documents import as_markdown, as_page
from runmood.reports.render.text import as_text
from runmood.reports.summary import build_summary
from runmood.schema.tables import NOTICES

if TYPE_CHECKING:
    from runmood.reports.context import ReportData

VOID = {"meta", "br"}
ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


class Reader(HTMLParser):
    """What a page consists of: its tags with attributes, its visible text, and whether all that opens closes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag without content."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost tag, which is this one."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note visible text."""
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(params=HOMES)
def page(request: pytest.FixtureRequest) -> str:
    """The page of each home."""
    return as_page(build_summary(HOMES[request.param]()))


def test_nothing_can_be_fetched(page: str) -> None:
    """The page holds no script and no address but the one of the help line, and forbids everything else."""
    reader = Reader(page)
    addresses = {value for _, attributes in reader.tags for name, value in attributes.items()
                 if name in {"src", "href", "srcset", "action", "data", "poster"}}  # fmt: skip
    assert addresses == {"https://findahelpline.com"}
    assert not reader.all("script")
    assert not reader.all("link")
    assert set(re.findall(r"url\(([^)]*)\)", page)) <= {"#hatch"}
    assert "@import" not in page
    policies = [meta["content"] for meta in reader.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_pages_are_well_formed_and_small(page: str) -> None:
    """Every tag closes, ids are unique, the language is named, and the page stays below 400 kB."""
    reader = Reader(page)
    assert reader.open == []
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert reader.all("html") == [{"lang": "en"}]
    assert len(page.encode()) < 400_000


def test_headings_are_in_order(page: str) -> None:
    """One first heading, and no level is passed over."""
    levels = [int(tag[1]) for tag, _ in Reader(page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_charts_have_a_sentence_and_a_table(page: str) -> None:
    """Each chart is an image with a label, its sentence stands before it, and a table of its values follows.

    What is counted in bars is a table itself, with its sentence before it and a heading for each column.
    """
    drawn = r'<p>([^<]+)</p>\s*<svg class="chart"[^>]*role="img" aria-label="([^"]+)"(.*?)</svg>(.*?)<table>'
    charts = re.findall(drawn, page, re.DOTALL)
    assert len(charts) == page.count('class="chart"')
    assert page.count('<table class="bars">') == len(re.findall(r'<p>[^<]+</p>\s*<table class="bars">\s*<thead', page))
    for sentence, label, _, between in charts:
        assert '<svg class="chart"' not in between
        assert label.split(": ", 1)[-1][:40] in f"{label} {sentence}"
        assert sentence[:20] in label
    for svg in Reader(page).all("svg"):
        assert svg.get("role") == "img" or svg.get("aria-hidden") == "true"


def test_every_chart_is_there_once() -> None:
    """A full year shows calendar, weeks and dots; where all is said, slopes, bars and the last run too."""
    assert as_page(build_summary(full_year())).count('class="chart"') == 3
    page = as_page(build_summary(HOMES["everything said"]()))
    assert page.count('class="chart"') == 4
    assert page.count('<table class="bars">') == 3
    assert page.count('class="strip"') == 2


def test_hostile_words_stay_words() -> None:
    """A script in a name, a note, a truth or a file name is shown as text and never runs."""
    faults = [notice(f"{ATTACK}.fit", "empty-file", "error", ATTACK), notice(ATTACK, "not-a-run", "info", ATTACK)]
    rows = [
        row | {"skip_reason": ATTACK if row["day_kind"] == "missed_run" else None}
        for row in full_year().days.to_dicts()
    ]
    hostile = replace(
        diary(rows, findings=full_year().findings),
        name=ATTACK,
        notices=NOTICES.frame(faults),
        invented=True,
        truths=(ATTACK,),
    )
    page = as_page(build_summary(hostile))
    reader = Reader(page)
    assert not reader.all("script")
    assert not reader.all("img")
    assert "<script" not in page
    assert "".join(reader.words).count("<script>alert(1)</script>") >= 5


def test_the_same_diary_gives_the_same_page() -> None:
    """Two summaries of one diary are equal to the byte, whatever the order of its rows."""
    first = full_year()
    shuffled = replace(first, days=first.days.reverse(), weeks=first.weeks.reverse(), notices=first.notices.reverse())
    assert as_page(build_summary(first)) == as_page(build_summary(shuffled))


def test_file_names_do_not_tell_where_the_home_is() -> None:
    """Of a path from the root only the file's name is shown; a name within the inbox stays whole."""
    faults = [notice(name, "empty-file", "error", "The file is empty.") for name in
              ("/home/robin/watch/a.fit", "C:\\Users\\robin\\b.fit", "export.zip/activities/c.fit")]  # fmt: skip
    page = as_page(build_summary(replace(full_year(), notices=NOTICES.frame(faults))))
    assert "robin" not in page.replace("Robin", "")
    assert "<code>a.fit</code><code>b.fit</code><code>export.zip/activities/c.fit</code>" in page


def test_many_faults_stay_a_few_lines() -> None:
    """Sixty damaged files take a few lines: three told in full, the rest as a count."""
    faults = [
        notice(f"{number:02}.fit", "damaged", "warning", f"Damaged; {number} samples kept.") for number in range(60)
    ]
    unread = build_summary(replace(full_year(), notices=NOTICES.frame(faults))).unread
    assert unread is not None
    assert [fault.sentence for fault in unread.faults][-1] == "57 more of this kind."
    assert len(unread.faults) == 4


def test_every_shade_can_be_read() -> None:
    """Text on every ground keeps a contrast of 4.5 to 1, light, dark and on paper; the marks 3 to 1."""
    page = as_page(build_summary(full_year()))
    themes = re.findall(r":root \{(.*?)\}", page, re.DOTALL)
    assert len(themes) == 3
    for theme in themes:
        colour = dict(re.findall(r"--([\w-]+): (#\w{6})", theme))
        pairs = [
            ("ink", "paper"),
            ("ink", "tint"),
            ("soft", "tint"),
            ("soft", "paper"),
            ("soft", "card"),
            ("accent", "paper"),
            ("paper", "run"),
        ]
        pairs += [(on, f"mood-{depth}") for depth, on in enumerate(["on-pale"] * 3 + ["on-3"] + ["on-deep"] * 2)]
        for words, ground in pairs:
            assert contrast(colour[words], colour[ground]) >= 4.5, (words, ground)
        assert contrast(colour["run"], colour["card"]) >= 3
        assert contrast(colour["bar"], colour["paper"]) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """How bright a colour is, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_no_colour_judges() -> None:
    """No colour is a red or a green, and the shades of mood are ordered by their lightness, which every eye sees."""
    page = as_page(build_summary(full_year()))
    for theme in re.findall(r":root \{(.*?)\}", page, re.DOTALL):
        colour = dict(re.findall(r"--([\w-]+): (#\w{6})", theme))
        shades = [luminance(colour[f"mood-{depth}"]) for depth in range(6)]
        assert shades in (sorted(shades), sorted(shades, reverse=True))
        for name, value in colour.items():
            hue, _, strength = colorsys.rgb_to_hls(*(int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)))
            assert strength < 0.3 or 18 < hue * 360 < 60 or 165 < hue * 360 < 300, name


def test_on_paper_everything_is_open() -> None:
    """In print every folded table is shown, on A4, and no chart or row is cut in two."""
    printed = as_page(build_summary(full_year())).split("@media print", 1)[1]
    assert "size: A4" in printed
    assert "details::details-content { content-visibility: visible" in printed
    assert "break-inside: avoid" in printed
    assert "display: none" not in printed


def test_runs_grow_with_distance() -> None:
    """A longer run has a larger mark, and no two distances swap."""
    calendar = build_summary(full_year()).calendar
    assert calendar is not None
    ran = sorted((float(cell.distance), cell.radius) for week in calendar.weeks for cell in week if cell.distance)
    assert [radius for _, radius in ran] == sorted(radius for _, radius in ran)
    assert ran[0][1] < ran[-1][1]


def missed_yesterday(**more: Any) -> ReportData:
    """A year whose last planned run but one no file holds, as its watch shows."""
    days = [*year_of_days(200, LAST - dt.timedelta(2)), day(LAST - dt.timedelta(1), "missed_run", known_from="device")]
    return diary([*days, day(LAST, "no_run", known_from="device")], **more)


def test_a_missing_run_is_asked_for_where_the_person_looks() -> None:
    """The summary asks for a planned run that no file holds, on the terminal, the page and in Markdown alike."""
    data = missed_yesterday()
    question = data.say("day.asked", day=data.say.weekday_near(LAST - dt.timedelta(1), LAST))
    for layout in (as_page, as_text, as_markdown):
        words = " ".join(layout(build_summary(data)).split())
        assert question in words
        assert f"ran {LAST - dt.timedelta(1)}" in words.replace("\\", "")
    page = as_page(build_summary(data))
    assert f"<code>runmood ran {LAST - dt.timedelta(1)}</code>" in page
    assert "`" not in page


@pytest.mark.parametrize(
    "data",
    [
        missed_yesterday(period=period_named("month", None, LAST)),
        diary([*year_of_days(200, LAST - dt.timedelta(1)), day(LAST, "missed_run", known_from="device")]),
        diary(
            [
                *year_of_days(200, LAST - dt.timedelta(2)),
                day(LAST - dt.timedelta(1), "missed_run", known_from="person"),
                day(LAST, "no_run", known_from="device"),
            ]
        ),
        diary(
            [
                *year_of_days(200, LAST - dt.timedelta(3)),
                day(LAST - dt.timedelta(2), "missed_run", known_from="device"),
                day(LAST - dt.timedelta(1), "ill_or_injured", care="injured"),
                day(LAST, "ill_or_injured", care="injured"),
            ]
        ),
    ],
    ids=["another period", "today is not over", "the person said it", "injured"],
)
def test_nothing_is_asked_that_is_known_or_that_would_hurt(data: ReportData) -> None:
    """No question stands on a summary of another time, for today, for what the person said, or to somebody injured."""
    assert build_summary(data).asked is None


def test_days_set_apart_are_called_by_their_own_word() -> None:
    """Who mourned reads nothing of illness or travel; where days were marked in several ways, all of them are named."""
    grief = [day(LAST - dt.timedelta(n), "unknown", mood=2.0, excluded=True, tags=["major event"]) for n in (2, 1)]
    ill = day(LAST, "unknown", mood=2.0, excluded=True, tags=["ill"])
    usual = year_of_days(20, LAST - dt.timedelta(3))
    alone, mixed = (diary([*usual, *grief, *more]) for more in ([day(LAST, "unknown", mood=3.0)], [ill]))
    opening = " ".join(build_summary(alone).opening)
    assert alone.say("apart.named", days=2, what=alone.say.choice("tags", "major event")) in opening
    assert mixed.say("apart.some", days=3) in " ".join(build_summary(mixed).opening)


def test_a_goal_of_somebody_who_is_low_counts_nothing() -> None:
    """It stands in the person's own words; how far it is, and until when, is not set beside a hard time."""
    data = everything_said()
    usual, low = (build_goals(data, last_six_weeks(data.as_of), words_alone=alone) for alone in (False, True))
    assert [goal.words for goal in low] == [goal.words for goal in usual]
    assert any("km" in " ".join(goal.stands) for goal in usual)
    assert not any("km" in " ".join(goal.stands) for goal in low)
