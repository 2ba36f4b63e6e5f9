"""What people have in common, kept in a home that asks for it: what is told of it, and all that it cannot change."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pipelines_homes import LAST_DAY
from reports.diaries import LAST, LOWER, full_year
from reports.keyed import keyed

from runmood.core.catalogue import languages
from runmood.core.i18n import translator
from runmood.findings.answers import read_findings
from runmood.findings.stats.pooling import PooledEffect
from runmood.home.home import Home, open_home
from runmood.reports.findings import AskedQuestion, findings_as_text, why_as_text
from runmood.reports.share.content import compose
from runmood.reports.share.models import ShareSelection, period
from runmood.reports.share.render import as_text as shared_as_text
from runmood.reports.summary import build_summary
from runmood.schema.tables import FINDING_FEEDBACK, FINDINGS, SENSITIVITY
from runmood.workflow.pooled_effects import FILE, LARGEST, PooledEffects, keep_pooled_effects, read_pooled_effects
from runmood.workflow.sharing import read_share_data
from runmood.workflow.summaries import load_report_data

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.reports.context import ReportData

RECEIVES = 'cohort_receives = ["pooled_effects"]\n'
EFFECT = PooledEffect(people=40, mean=0.2, least=0.1, most=0.3, spread=0.3)
LATEST = PooledEffects("2026-W48", {"B1": EFFECT, "C1": replace(EFFECT, mean=0.0, least=-0.1, most=0.1)})
OWN = {"estimate": 1.3, "standard_error": 0.4, "sigma": 1.2, "freedom": 80.0}
BENEATH = {"state", "strength", "since", "growing", "e_value", "e_value_best", "effect", "effect_least", "effect_most"}


@pytest.fixture
def asking(tmp_path: Path) -> Home:
    """A home whose person asks for what people have in common."""
    open_home(tmp_path / "home")
    with (tmp_path / "home" / "settings.toml").open("a", encoding="utf-8") as lines:
        lines.write(RECEIVES)
    return open_home(tmp_path / "home")


def seen(**own: float) -> ReportData:
    """A year in which B1 is seen, with the estimate behind it, and B2 is not."""
    rows = full_year().findings.to_dicts()
    told = {"B1": {**OWN, **own}, "B2": {"state": "not_seen"}}
    findings = FINDINGS.frame([row | told.get(row["question"], {}) for row in rows])
    return replace(full_year(), findings=findings, say=keyed())


def sentences(data: ReportData) -> set[str]:
    """All sentences of the answers on a summary."""
    return {each for view in build_summary(data).answers for part in view.passages for each in part.sentences}


def test_silence_neither_keeps_nor_reads_anything(tmp_path: Path, asking: Home) -> None:
    """Without the person's word no file is written, and one that is there is not read."""
    silent = open_home(tmp_path / "silent")
    keep_pooled_effects(silent, LATEST)
    assert not (silent.root / FILE).exists()
    keep_pooled_effects(asking, LATEST)
    (silent.root / FILE).write_bytes((asking.root / FILE).read_bytes())
    assert (read_pooled_effects(silent), read_pooled_effects(asking)) == ({}, LATEST.effects)


def test_the_file_is_its_owners_legible_and_replaced_only_by_another(asking: Home) -> None:
    """0600, plain JSON with named figures; the same release leaves it as it is, none takes it away."""
    keep_pooled_effects(asking, LATEST)
    path = asking.root / FILE
    before = path.stat()
    assert oct(before.st_mode & 0o777) == "0o600"
    assert json.loads(path.read_text(encoding="utf-8"))["effects"]["B1"] == dataclasses.asdict(EFFECT)
    keep_pooled_effects(asking, LATEST)
    assert path.stat().st_ino == before.st_ino
    keep_pooled_effects(asking, replace(LATEST, week="2026-W49"))
    assert path.stat().st_ino != before.st_ino
    keep_pooled_effects(asking, None)
    assert not path.exists()


def test_a_consent_that_is_taken_back_takes_the_file_away(asking: Home) -> None:
    """The next night that serves the home leaves none."""
    keep_pooled_effects(asking, LATEST)
    settings = asking.settings_file.read_text(encoding="utf-8")
    asking.settings_file.write_text(settings.replace(RECEIVES, ""), encoding="utf-8")
    keep_pooled_effects(open_home(asking.root), LATEST)
    assert not (asking.root / FILE).exists()


@pytest.mark.parametrize(
    "change",
    [{"mean": 5.1, "most": 5.2}, {"least": 0.3}, {"most": 0.1}, {"spread": -0.1}, {"spread": 3.1}, {"people": 9},
     {"people": 40.5}, {"mean": "0.2"}, {"mean": None}, {"name": "Ana"}],
)  # fmt: skip
def test_what_no_release_can_hold_counts_as_absent(asking: Home, change: dict[str, object]) -> None:
    """A mean outside its interval or its scale, too few people, or anything beside the figures."""
    effects = {"B1": dataclasses.asdict(EFFECT) | change, "C1": dataclasses.asdict(EFFECT)}
    (asking.root / FILE).write_text(json.dumps({"week": "2026-W48", "effects": effects}), encoding="utf-8")
    assert read_pooled_effects(asking) == {}


def test_an_endless_file_and_another_question_are_not_read(asking: Home) -> None:
    """No more than a small file is read, and of questions that nobody pools nothing."""
    path = asking.root / FILE
    kept = {"week": "2026-W48", "effects": {"A1": dataclasses.asdict(EFFECT), "B1": dataclasses.asdict(EFFECT)}}
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert read_pooled_effects(asking) == {"B1": EFFECT}
    path.write_text(json.dumps(kept) + " " * LARGEST, encoding="utf-8")
    assert read_pooled_effects(asking) == {}


def test_the_page_tells_where_a_difference_lies_together(asking: Home) -> None:
    """One sentence more where the difference is told, of which all else stays as it was; of what is not seen none."""
    keep_pooled_effects(asking, LATEST)
    data = seen()
    told = replace(data, pooled=read_pooled_effects(asking))
    more = sentences(told) - sentences(data)
    assert len(more) == 1
    (sentence,) = more
    own_share = OWN["standard_error"] ** 2 / (OWN["standard_error"] ** 2 + (OWN["sigma"] * EFFECT.spread) ** 2)
    middle = own_share * OWN["sigma"] * EFFECT.mean + (1 - own_share) * OWN["estimate"]
    assert sentence.startswith("together.nearer people=40 ")
    assert f"points={middle:.1f}" in sentence
    assert f"shown={LOWER['effect']:.1f}" in sentence
    assert sentences(data) <= sentences(told)


@pytest.mark.parametrize(
    ("effect", "own", "which"),
    [
        (EFFECT, {}, "nearer"),
        (EFFECT, {"estimate": 1.12, "standard_error": 0.01}, "same"),
        (replace(EFFECT, mean=0.0, least=-0.1), {"standard_error": 20.0}, "none"),
        (replace(EFFECT, mean=-0.9, least=-1.0, most=-0.8), {"standard_error": 20.0}, "other_way"),
    ],
)
def test_each_way_in_which_it_may_lie_has_its_sentence(effect: PooledEffect, own: dict[str, float], which: str) -> None:
    """Nearer to something else, just there, near none, or the other way."""
    told = sentences(replace(seen(**own), pooled={"B1": effect}))
    assert next(each for each in told if each.startswith("together.")).startswith(f"together.{which} ")


def test_the_list_and_the_evidence_tell_it_too() -> None:
    """The same sentence, with what people have in common behind an answer; in every language."""
    findings, feedback = seen().findings, FINDING_FEEDBACK.empty()
    for language in languages():
        say = translator(language, "metric")
        listed = findings_as_text(say, findings, feedback, LAST, 2000, {"B1": EFFECT})
        alone = findings_as_text(say, findings, feedback, LAST, 2000)
        (more,) = set(listed.splitlines()) - set(alone.splitlines())
        assert "40" in more
        asked = AskedQuestion(findings.filter(question="B1"), SENSITIVITY.empty(), None, LAST, {"B1": EFFECT})
        assert more.strip() in why_as_text(say, asked, 2000)
        assert say("why.together") in why_as_text(say, asked, 2000)


def test_figures_that_cannot_be_drawn_anywhere_tell_nothing() -> None:
    """A row without an estimate, as an earlier version left it, or one in which nothing varies."""
    pooled = {"B1": EFFECT}
    assert not any(each.startswith("together.") for each in sentences(replace(full_year(say=keyed()), pooled=pooled)))
    for own in ({"sigma": 0.0}, {"standard_error": 0.0}):
        assert not any(each.startswith("together.") for each in sentences(replace(seen(**own), pooled=pooled)))


def test_no_file_changes_an_answer_or_a_page_to_share(demo_home: Home) -> None:
    """Whoever writes the file can change one sentence: findings are the same rows, and shared pages the same words."""
    home = Home(demo_home.root, replace(demo_home.settings, cohort_receives=("pooled_effects",)))
    plain = load_report_data(home, LAST_DAY)
    odd = PooledEffects("2025-W47", dict.fromkeys(("B1", "B2", "C1"), PooledEffect(1000, -4.0, -4.1, -3.9, 0.0)))

    def shared(told: ReportData) -> str:
        data = read_share_data(home, told.days, told.finding_feedback, LAST_DAY)
        codes = tuple(row["question"] for row in told.findings.rows(named=True) if row["state"] == "seen")[:3]
        return shared_as_text(compose(data, ShareSelection(*period(told.days, None, None, LAST_DAY), findings=codes)))

    before = shared(plain)
    try:
        keep_pooled_effects(home, odd)
        told = load_report_data(home, LAST_DAY)
        assert told.pooled == odd.effects
        assert told.findings.equals(plain.findings)
        views = zip(read_findings(told.findings), read_findings(plain.findings), strict=True)
        assert all(getattr(one, name) == getattr(other, name) for one, other in views for name in BENEATH)
        assert sentences(plain) < sentences(told)
        assert shared(told) == before
    finally:
        (home.root / FILE).unlink()
