"""What every page has in common, in homes of every kind."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from web.homes import home_of
from web.web_client import WebClient

from runmood.core.catalogue import languages
from runmood.findings.answers import Section
from runmood.support.help_lines import help_lines
from runmood.web.context import static_content
from runmood.web.ports import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


VOID = {"meta", "link", "input", "br", "circle", "path", "polyline", "rect"}
STATEMENT = (
    "It does not diagnose, screen for, monitor, predict, prevent or treat any illness or injury, "
    "and does not replace professional care."
)
UNKIND = re.compile(
    r"\b(error|invalid|wrong|fail\w*|streaks?|well done|great job|commit|patient|caus(e|es|ed|ing)|because|addict\w*"
    r"|withdrawal|dependen(t|ce|cy)|overtrain\w*|depress\w*|risks?|should|must|ought|warning|lazy|burn(ed|t)?|calories"
    r"|weight|sollte\w*|musst|müssen|Fehler|Versagen|Sucht|Entzug|Risiko|weil)\b",
    re.IGNORECASE,
)
KIND_USES = re.compile(r"you do not have to|du musst (es |sie )?nicht|musst nicht in einer Krise", re.IGNORECASE)
TEXT_ON_GROUND = [
    ("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("soft", "tint"), ("accent", "paper"),
    ("accent", "card"), ("accent", "tint"), ("on-accent", "accent"), ("look", "card"), ("ink", "look-tint"),
    ("ink", "tint"), ("on-pale", "mood-0"), ("on-pale", "mood-1"), ("on-pale", "mood-2"), ("on-3", "mood-3"),
    ("on-deep", "mood-4"), ("on-deep", "mood-5"),
]  # fmt: skip
PAGES = [
    "/", "/check-in", "/check-in?kind=after-run", "/saved", "/offline", "/calendar", "/calendar?month=2026-10",
    "/trends", "/trends?by=month", "/trends?by=year",
    "/day/2026-11-19", "/runs", "/findings", "/share", "/plan", "/goals", "/import", "/settings", "/more", "/support",
    "/doubtful", "/nowhere",
]  # fmt: skip
ODD_HOMES = {"empty": (0, 0), "one run": (1, 0), "no mood": (6, 0), "no runs": (0, 30), "both": (12, 30)}


class Outline(HTMLParser):
    """The tags of a page, and where they do not close."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unlabelled: list[str | None] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record the tag, and a radio button or checkbox without a label around it."""
        has = dict(attrs)
        self.tags.append((tag, has))
        if tag == "input" and has.get("type") in {"radio", "checkbox"} and "label" not in self.open:
            self.unlabelled.append(has.get("name"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Record the end, which has to be that of the last tag opened."""
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes another tag"


@pytest.fixture(scope="module", params=ODD_HOMES)
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> WebClient:
    """Return a client of each odd home."""
    runs, moods = ODD_HOMES[request.param]
    return WebClient(home_of(tmp_path_factory.mktemp("odd") / "home", runs, moods).root)


@pytest.fixture(scope="module")
def every_page(client: WebClient) -> dict[str, str]:
    """Each page a person can meet in that home, by address."""
    found = {path: client.browser.get(path).text for path in PAGES}
    runs = re.findall(r'href="(/runs/[^"?]+)"', found["/runs"])
    findings = re.findall(r'href="(/findings/[^"]+)"', found["/findings"])
    for path in [*runs[:1], *findings]:
        found[path] = client.browser.get(path).text
    return found | {"again": client.send(mood="", note="words").text, "stale": client.send(token="").text}


def visible(page: str) -> str:
    """Return the words of a page, with those for screen readers."""
    body = page.partition("<body")[2]
    aria = re.findall(r'(?:aria-label|title|data-[a-z]+)="([^"]*)"', body)
    return " ".join([re.sub(r"<[^>]*>", " ", body), *aria])


def test_every_page_is_there(every_page: dict[str, str]) -> None:
    """In a home of any kind no page breaks."""
    assert {path for path, page in every_page.items() if "Something went amiss" in page} == set()


def test_every_page_stands_alone(every_page: dict[str, str]) -> None:
    """No page holds an inline script, style or handler, or loads anything that is not our own."""
    for name, page in every_page.items():
        for tag, has in Outline(page).tags:
            assert tag not in {"style", "iframe", "img", "object", "base"}, name
            assert not any(key.startswith("on") or key in {"style", "srcset"} for key in has), name
            assert tag != "script" or (has.get("src") or "").startswith("/static/"), name
            assert tag != "link" or (has.get("href") or "").startswith(("/", "#")), name
    assert not re.search(r"url\(|@import|https?:", static_content("runmood.css").decode())


def test_every_page_is_well_formed(every_page: dict[str, str]) -> None:
    """Tags close in order, each id is given once, and every page has one heading, a language and a title."""
    for name, page in every_page.items():
        outline = Outline(page)
        assert outline.open == [], name
        assert outline.unlabelled == [], name
        identities = [has["id"] for _, has in outline.tags if "id" in has]
        assert len(identities) == len(set(identities)), name
        assert [tag for tag, _ in outline.tags].count("h1") == 1, name
        assert '<html lang="en">' in page, name
        assert re.search(r"<title>.+ · runmood</title>", page), name


def test_what_is_pointed_at_is_there(every_page: dict[str, str]) -> None:
    """What labels, describes or leads to another element of the page leads to one that is there."""
    for name, page in every_page.items():
        tags = Outline(page).tags
        identities = {has["id"] for _, has in tags if "id" in has}
        pointed = {
            (has[key] or "").removeprefix("#")
            for _, has in tags
            for key in ("for", "aria-describedby", "aria-labelledby", "href")
            if key in has and not re.match(r"[/?]|tel:|sms:|https:", has[key] or "/")
        }
        assert pointed <= identities, name


def test_every_page_says_what_it_is_not_and_where_to_turn(every_page: dict[str, str]) -> None:
    """The foot of each page leads to the help lines; what runmood is not stands with the findings and under More."""
    for name, page in every_page.items():
        shown = " ".join(page.split()).count(STATEMENT)
        assert shown == int(name.startswith(("/findings", "/more", "/share"))), name
        assert '<a class="heavy" href="/support">' in page, name


def test_the_words_are_kind(every_page: dict[str, str]) -> None:
    """No page scolds, counts streaks, names an illness or says what follows from what."""
    for name, page in every_page.items():
        words = KIND_USES.sub("", visible(page))
        assert not UNKIND.search(words), (name, UNKIND.search(words))


def sentences(table: object) -> Iterator[str]:
    """Every sentence of a table of a catalogue."""
    if isinstance(table, dict):
        for value in table.values():
            yield from sentences(value)
    else:
        yield str(table)


@pytest.mark.parametrize("language", languages())
def test_every_word_of_every_language_is_kind(language: str) -> None:
    """What no page happened to show is kind too."""
    text = files("runmood.locale").joinpath(language).joinpath("web.toml").read_text(encoding="utf-8")
    texts = [sentence for table in tomllib.loads(text).values() for sentence in sentences(table)]
    assert [text for text in texts if UNKIND.search(KIND_USES.sub("", text))] == []


def test_help_is_near(client: WebClient) -> None:
    """The help lines are those of the person's country, with the number that is shown the number that is called."""
    page = " ".join(client.browser.get("/support").text.split())
    for country in help_lines("GB"):
        assert country.emergency in page
        for line in country.lines:
            assert f'<a href="{line.link}" rel="noreferrer">{line.how}</a>' in page


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_can_be_read(theme: str) -> None:
    """Text has a contrast of at least 4.5 to its ground and controls 3, light and dark (WCAG 2.2, 1.4.3, 1.4.11)."""
    themes = re.findall(r":root \{(.*?)\}", static_content("runmood.css").decode(), re.DOTALL)
    colours = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", themes[theme == "dark"]))
    too_faint = [pair for pair in TEXT_ON_GROUND if contrast(*(colours[name] for name in pair)) < 4.5]
    assert too_faint == []
    assert contrast(colours["edge"], colours["card"]) >= 3


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, by WCAG's relative luminance."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_summary_is_shown_as_it_was_written(tmp_path: Path) -> None:
    """The summary's own bytes come back under a policy that allows its inline styles and no script."""
    client = WebClient(tmp_path / "home")
    assert "No summary yet" in client.browser.get("/summary").text
    client.home.page.parent.mkdir()
    client.home.page.write_text("<!doctype html><style>p{color:teal}</style><p>Your weeks ✓</p>", encoding="utf-8")
    reply = client.browser.get("/summary")
    assert reply.text == client.home.page.read_text(encoding="utf-8")
    policy = reply.headers["content-security-policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_saved_says_what_was_stored(tmp_path: Path) -> None:
    """After a check-in the page repeats it and offers the next steps."""
    client = WebClient(tmp_path / "home")
    assert "No check-ins yet" in client.browser.get("/saved").text
    reply = client.send(stress="0", tags=["ill", "travel"], skip_reason="unwell", note="Tea & <rest>")
    assert reply.headers["location"] == "/saved"
    text = " ".join(re.sub(r"<[^>]*>", " ", client.browser.get("/saved").text).split())
    assert "Evening, 21 November 2026, 21:04" in text
    assert "mood 7 of 10 energy 5 of 10 stress 0 of 10" in text
    assert "tags ill, travel why no run unwell note Tea &amp; &lt;rest&gt; To today Change" in text


def test_chest_pain_is_answered_with_whom_to_ask(tmp_path: Path) -> None:
    """After the tag chest pain the saved page says to ask for medical help, and after another tag it does not."""
    client = WebClient(tmp_path / "home")
    for tag, said in (("chest pain", True), ("fever", False)):
        client.send(tags=tag)
        assert ("call the emergency number" in client.browser.get("/saved").text) is said


def test_an_evening_after_midnight_is_the_day_before(tmp_path: Path) -> None:
    """At one in the night today is still the day that began in the morning, as in the journal."""
    client = WebClient(tmp_path / "home", clock=dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC))
    client.send()
    page = client.browser.get("/").text
    assert "Saturday, 21 November 2026" in page
    assert '<article class="check-in">' in page


def test_what_is_seen_is_said_in_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line of a finding says direction and size; of one that is not seen there is its state alone."""
    client = WebClient(home_of(tmp_path / "home", 3, 10).root)
    saw = Section("What we saw", ("Evenings were about 1.2 points lower.", "More on it."))
    found = [
        Finding("a", "Evenings", "seen in your notes", seen=True, passages=(saw,)),
        Finding("b", "Weeks", "not seen so far", seen=False, passages=(Section("What we saw", ("Nothing new.",)),)),
    ]
    monkeypatch.setattr(type(client.context.queries), "findings", lambda _: found)
    page = client.browser.get("/findings").text
    assert "Evenings were about 1.2 points lower." in page
    assert not any(words in page for words in ("More on it.", "Nothing new."))
