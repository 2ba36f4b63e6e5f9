"""What leaves with a shared page, and what does not: read from the bytes of the files."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports.diaries import LAST, finding, full_year
from reports.share import pdf_read
from reports.share.given import check_in, choice, goal, material

from runmood.reports.share.content import compose
from runmood.reports.share.models import INCLUDED, ShareData, ShareSelection
from runmood.reports.share.render import as_html, as_pdf, as_text
from runmood.schema.tables import CHECK_INS, FINDINGS, GOALS, REFLECTIONS

PLANTED = {
    "note": "Quittenbaum", "other note": "Rosmarinweg", "pain_where": "Wadenbein", "own tag": "Zwetschge",
    "own help": "Holunder", "own reason": "Kranichflug", "goal": "Birkenhain", "other goal": "Lindenhof",
    "plan": "Schwalbennest", "review": "Ebereschen", "thought": "Mirabelle", "prompt": "Schlehdorn",
    "raw": "Haselbusch", "source": "Ahornblatt", "kind of run": "Wacholder", "run": "20261115-070000",
}  # fmt: skip
TICKS = st.fixed_dictionaries(
    {
        "notes": st.lists(st.sampled_from(["aaaa", "bbbb", "cccc"]), unique=True).map(tuple),
        "goals": st.lists(st.sampled_from(["dddd", "eeee"]), unique=True).map(tuple),
        "findings": st.lists(st.sampled_from(["A1", "B1", "B2", "C2"]), unique=True, max_size=3).map(tuple),
        "include": st.lists(st.sampled_from(list(INCLUDED)), unique=True).map(tuple),
    }
)


def planted() -> ShareData:
    """A year with a word of its own in every place where a person, a watch or a calendar may put one."""
    notes = [
        check_in("aaaa1111", note=f"{PLANTED['note']} hurt me", pain_where=PLANTED["pain_where"], raw=PLANTED["raw"]),
        check_in("bbbb1111", note=PLANTED["other note"], source=PLANTED["source"]),
    ]
    thoughts = [{"reflection_id": "cccc1111", "local_date": LAST, "occasion": "month", "prompt": PLANTED["prompt"],
                 "answer": PLANTED["thought"]}]  # fmt: skip
    goals = [goal("dddd1111", PLANTED["goal"]) | {"review": PLANTED["review"]}, goal("eeee1111", PLANTED["other goal"])]
    kinds = [{"thing": name, "seen": True, "with": 12, "without": 30, "effect": 0.8, "effect_least": 0.1,
              "effect_most": 1.4, "e_value": 64.0} for name in ("social", PLANTED["kind of run"])]  # fmt: skip
    told = full_year()
    kinds_row = FINDINGS.frame([finding("C2", "seen", {"things": kinds, "rated_runs": 42}, since=LAST)])
    told = replace(told, findings=pl.concat([told.findings, kinds_row]), name="Somebody")
    made = material(
        told, check_ins=CHECK_INS.frame(notes), goals=GOALS.frame(goals), reflections=REFLECTIONS.frame(thoughts)
    )
    missed = pl.col("day_kind") == "missed_run"
    days = made.days.with_columns(
        tags=pl.lit(["easy", PLANTED["own tag"]], pl.List(pl.String)),
        plan_name=pl.lit(PLANTED["plan"]),
        skip_reason=pl.when(missed).then(pl.lit(PLANTED["own reason"])),
    )
    helped = made.check_in_helped.with_columns(thing=made.check_in_helped["thing"].replace("rest", PLANTED["own help"]))
    return replace(made, days=days, check_in_helped=helped)


def ticked(chosen: dict[str, Any]) -> set[str]:
    """The planted words that a choice lets out."""
    own = "own-words" in chosen["include"]
    notes = {"aaaa": ("note",), "bbbb": ("other note",), "cccc": ("prompt", "thought")}
    goals = {"dddd": ("goal",), "eeee": ("other goal",)}
    names = {place for which, places in (notes | goals).items() for place in places
             if which in chosen["notes"] + chosen["goals"]}  # fmt: skip
    names |= {"own help"} if own else set()
    names |= {"own tag"} if own and "kinds" in chosen["include"] else set()
    names |= {"own reason"} if own and "reasons" in chosen["include"] else set()
    names |= {"kind of run"} if own and "C2" in chosen["findings"] else set()
    return {PLANTED[name] for name in names}


def held(content: bytes) -> set[str]:
    """The planted words in bytes, however they are written there."""
    return {
        word
        for word in PLANTED.values()
        if any(word.encode(code) in content for code in ("utf-8", "utf-16-be", "utf-16-le"))
        or word.encode().hex() in content.decode("latin-1").lower()
    }


@settings(max_examples=12, deadline=None)
@given(TICKS)
def test_nothing_leaves_that_was_not_ticked(chosen: dict[str, Any]) -> None:
    """Whatever is ticked, exactly that leaves: in the preview, the HTML, and the PDF with its streams unpacked."""
    notes = planted()
    page = compose(notes, choice(notes, **chosen))
    pdf = as_pdf(page)
    assert held(as_text(page).encode()) == ticked(chosen)
    assert held(as_html(page).encode()) == ticked(chosen)
    assert held(pdf_read.words(pdf).encode()) == ticked(chosen)
    assert held(pdf + b"".join(pdf_read.streams(pdf))) == set()  # its words are numbers of letters there
    assert b"Somebody" not in pdf + as_html(page).encode()


@pytest.mark.parametrize("what", ["distance", "pace", "kinds", "reasons", "sleep", "stress"])
def test_a_tick_lets_out_its_own_sentence_and_no_other(what: str) -> None:
    """A page with one thing included is the page without it and one sentence."""
    notes = planted()
    plain, more = (compose(notes, choice(notes, include=include)) for include in ((), (what,)))
    (block,) = more.blocks
    assert [item.title for item in block.items] == [what.capitalize()]
    assert replace(more, blocks=()) == plain


def test_the_pdf_tells_nothing_of_itself() -> None:
    """Its information holds a title, and the last day told of in place of the moment it was made; no more."""
    notes = planted()
    pdf = as_pdf(compose(notes, choice(notes, name="Robin")))
    assert sorted(re.findall(rb"/(\w+) ", pdf_read.facts(pdf))) == [b"CreationDate", b"Title"]
    assert b"(D:20261122000000Z)" in pdf_read.facts(pdf)
    assert b"(Running and mood, 31 August to 22 November 2026)" in pdf_read.facts(pdf)
    for told in (
        b"/Author",
        b"/Creator",
        b"/Producer",
        b"/Metadata",
        b"/EmbeddedFile",
        b"/URI",
        b"/JavaScript",
        b"fpdf",
    ):
        assert told.lower() not in (pdf + b"".join(pdf_read.streams(pdf))).lower(), told


def test_the_html_fetches_nothing_and_tells_nothing_of_itself() -> None:
    """No script, no link, no address; letters and styles inside; no meta data but how it is to be shown."""
    notes = planted()
    page = as_html(compose(notes, choice(notes, question="https://example.com <img src=x>")))
    markup = re.sub(r"base64,[A-Za-z0-9+/=]+", "base64,", page)
    assert not re.search(r"<(script|link|img|iframe|object|a|form)\b", markup)
    assert set(re.findall(r"url\((.*?)\)", markup)) == {"data:font/ttf;base64,"}
    assert set(re.findall(r'<meta (?:name|http-equiv)="([\w-]+)"', markup)) == {
        "viewport", "referrer", "Content-Security-Policy",
    }  # fmt: skip
    assert "default-src 'none'" in markup


def test_the_same_choice_gives_the_same_bytes() -> None:
    """Made twice, a page is the same page: nothing of the moment is in it."""
    notes = planted()
    first, second = (compose(notes, choice(notes, findings=("B1",), notes=("aaaa",))) for _ in range(2))
    assert as_pdf(first) == as_pdf(second)
    assert as_html(first) == as_html(second)


@pytest.mark.parametrize("end", [b"\r", b"\n"])
def test_a_stream_is_read_to_its_last_byte(end: bytes) -> None:
    """What these tests read of a PDF is whole, even where its packed bytes end like a line."""
    told = next(words for number in range(10**5) if zlib.compress(words := b"%d" % number).endswith(end))
    packed = zlib.compress(told)
    head = b"<<\n/Filter /FlateDecode\n/Length %d\n>>\nstream\n" % len(packed)
    assert pdf_read.streams(b"1 0 obj\n" + head + packed + b"\nendstream\nendobj\n") == [told]


def test_days_outside_the_period_do_not_count() -> None:
    """The picture and the counts hold the days chosen, and no other."""
    notes = planted()
    week = ShareSelection(dt.date(2026, 11, 16), dt.date(2026, 11, 22))
    page = compose(notes, week)
    assert len(page.picture.course.steps) == 7
    within = replace(
        notes, days=notes.days.tail(7), check_in_helped=notes.check_in_helped.filter(pl.col("local_date") >= week.first)
    )
    assert compose(within, week) == page
