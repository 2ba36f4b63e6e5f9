"""The other pages, and what every page has in common."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

import runmood.web
from runmood.web import serve

if TYPE_CHECKING:
    from web.desk import Desk

ROOM = Path(runmood.web.__file__).parent
VOID = {"meta", "link", "input", "br"}
STATEMENT = (
    "It does not diagnose, screen for, monitor, predict, prevent or treat any illness or injury, "
    "and does not replace professional care."
)
TEXT_ON_GROUND = [
    ("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("soft", "tint"), ("accent", "paper"),
    ("accent", "card"), ("on-accent", "accent"), ("look", "card"), ("ink", "look-tint"), ("ink", "tint"),
]  # fmt: skip


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
        """Notes the tag, and an input that no label surrounds."""
        has = dict(attrs)
        self.tags.append((tag, has))
        if tag == "input" and has.get("type") != "hidden" and "label" not in self.open:
            self.unlabelled.append(has.get("name"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Notes the end, which must be that of the last tag opened."""
        assert self.open.pop() == tag, f"</{tag}> closes another tag"


def every_page(desk: Desk) -> dict[str, str]:
    """Each page a person can meet, by name."""
    return {
        "form": desk.browser.get("/").text,
        "not saved": desk.browser.get("/saved").text,
        "again": desk.send(mood="", note="words").text,
        "saved": (desk.send(note="words", tags="ill"), desk.browser.get("/saved").text)[1],
        "no summary": desk.browser.get("/summary").text,
        "support": desk.browser.get("/support").text,
        "nowhere": desk.browser.get("/nowhere").text,
    }


def test_every_page_stands_alone(desk: Desk) -> None:
    """No page holds a script, an inline style or handler, or loads anything but our stylesheet."""
    for name, page in every_page(desk).items():
        for tag, has in Outline(page).tags:
            assert tag not in {"script", "style", "iframe", "img", "object", "base"}, name
            assert not any(key.startswith("on") or key in {"src", "style", "srcset"} for key in has), name
            if tag == "link":
                assert has == {"rel": "stylesheet", "href": "/runmood.css"}
    assert not re.search(r"url\(|@import|https?:", (ROOM / "static" / "runmood.css").read_text())


def test_every_page_is_well_formed(desk: Desk) -> None:
    """Tags close in order, each id is given once, and every page has one heading, a language and a title."""
    for name, page in every_page(desk).items():
        outline = Outline(page)
        assert outline.open == [], name
        identities = [has["id"] for _, has in outline.tags if "id" in has]
        assert len(identities) == len(set(identities)), name
        assert [tag for tag, _ in outline.tags].count("h1") == 1, name
        assert '<html lang="en">' in page, name
        assert re.search(r"<title>.+ · runmood</title>", page), name


def test_the_form_can_be_heard(desk: Desk) -> None:
    """Every field has a label, every group a legend, and what points to another element points to one that is there."""
    for page in (desk.browser.get("/").text, desk.send(mood="", tags="odd", skip_reason="odd", note="x" * 3000).text):
        outline = Outline(page)
        assert outline.unlabelled == []
        tags = [tag for tag, _ in outline.tags]
        assert tags.count("fieldset") == tags.count("legend") > 0
        identities = {has["id"] for _, has in outline.tags if "id" in has}
        pointed = {
            has[key].removeprefix("#")
            for _, has in outline.tags
            for key in ("for", "aria-describedby", "href")
            if (has.get(key) or "/").partition("/")[0]
        }
        assert pointed <= identities


def test_every_page_says_what_it_is_not_and_where_to_turn(desk: Desk) -> None:
    """The foot of each page links to the support page and carries the statement."""
    for name, page in every_page(desk).items():
        words = " ".join(page.split())
        assert STATEMENT in words, name
        assert '<a class="heavy" href="/support">If things feel heavy</a>' in words, name


def test_the_words_are_kind(desk: Desk) -> None:
    """No page scolds, counts streaks, celebrates or names an illness."""
    unkind = re.compile(
        r"error|invalid|wrong|fail|streak|well done|great job|commit|depress|addict|patient", re.IGNORECASE
    )
    for name, page in every_page(desk).items():
        text = re.sub(r"<[^>]*>", " ", page)
        assert not unkind.search(text), name


def test_saved_says_what_was_stored(desk: Desk) -> None:
    """After a check-in the page repeats it and offers the next steps."""
    reply = desk.send(stress="0", tags=["ill", "travel"], skip_reason="unwell", note="Tea & <rest>")
    assert reply.headers["location"] == "/saved"
    text = " ".join(re.sub(r"<[^>]*>", " ", desk.browser.get("/saved").text).split())
    assert "Evening, 21 November 2026 at 21:04" in text
    assert "mood 7 of 10 energy 5 of 10 stress 0 of 10" in text
    assert "what fits ill, travel the planned run unwell note Tea &amp; &lt;rest&gt; Add more Read the summary" in text


def test_saved_with_nothing_saved(desk: Desk) -> None:
    """Opened without a check-in the page does not pretend that one was made."""
    assert "Nothing written from here yet" in desk.browser.get("/saved").text


def test_the_summary_is_shown_as_it_was_written(desk: Desk) -> None:
    """The summary's own bytes come back under a policy that allows its inline styles and no script."""
    desk.summary = "<!doctype html><style>p{color:teal}</style><p>Your weeks ✓</p>"
    reply = desk.browser.get("/summary")
    assert reply.text == desk.summary
    policy = reply.headers["content-security-policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert "img-src data:" in policy
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_no_summary_yet(desk: Desk) -> None:
    """Without a summary the page names the two commands that make one."""
    page = desk.browser.get("/summary")
    assert page.status_code == 200
    assert "<code>runmood import PATH</code>" in page.text
    assert "<code>runmood summary</code>" in page.text


def test_support_lists_who_is_there(desk: Desk) -> None:
    """The support page shows every line of its file, the emergency numbers and the day they were checked."""
    listed = tomllib.loads((ROOM / "support.toml").read_text(encoding="utf-8"))
    page = " ".join(desk.browser.get("/support").text.split())
    assert listed["checked"] == dt.date(2026, 11, 22)
    assert "Numbers checked on 22 November 2026" in page
    for country in listed["countries"]:
        assert country["emergency"] in page
        for line in country["lines"]:
            assert f'<a href="{line["link"]}" rel="noreferrer">{line["how"]}</a>' in page
            assert re.fullmatch(r"(tel:|sms:)\d+|https://[a-z.]+", line["link"])
            digits = re.sub(r"\D", "", line["link"])
            assert digits in line["how"].replace(" ", ""), "the number shown is the number called"
    for words in ("do not have to be in crisis to call", "does not read for danger, and nobody is watching"):
        assert words in re.sub(r"<[^>]*>", "", page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_can_be_read(theme: str) -> None:
    """Text has a contrast of at least 4.5 to its ground and controls 3, light and dark (WCAG 2.2, 1.4.3, 1.4.11)."""
    themes = re.findall(r":root \{(.*?)\}", (ROOM / "static" / "runmood.css").read_text(), re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", themes[theme == "dark"]))
    for text, ground in TEXT_ON_GROUND:
        assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["edge"], colours["card"]) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, by WCAG's relative luminance."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_it_is_served_to_this_computer_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server listens on loopback, logs no request and believes no proxy."""
    asked: dict[str, object] = {}
    monkeypatch.setattr(uvicorn, "run", lambda _, **options: asked.update(options))
    serve(desk.browser.app, 8123)  # type: ignore[arg-type]  # the client keeps it as a plain callable
    assert (asked["host"], asked["port"]) == ("127.0.0.1", 8123)
    assert (asked["access_log"], asked["proxy_headers"]) == (False, False)
