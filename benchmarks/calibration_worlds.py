"""How often findings are wrong in worlds that would deceive them, what that costs, and how often their words are right.

    python benchmarks/calibration_worlds.py --people 100
    python benchmarks/calibration_worlds.py --people 60 --only "family|words"
    PYTHONPATH=tests python benchmarks/calibration_worlds.py --people 40 --only family --recorded

Whole lives (`parts/lives.py`) go through the questions, with a look every night; with `--recorded` they are told as
check-ins, plans and runs first, of which the warehouse makes the days. The family's rows stop at the evidence and write
no answers, which is ten times as quick and sees the same. People from seed 60,000 on were used to choose formulas, and
those from 80,000 on to see what had to be mended; those reported have seeds from 90,000 on. Worlds marked * were not
looked at before the formulas were settled. Each figure has its standard error behind it.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}

import numpy as np
import polars as pl
from parts.lives import World, live
from parts.shares import share_and_error

from runmood.findings import BY_CODE, evaluate_all
from runmood.findings.evaluation import EvaluationContext
from runmood.findings.multiplicity import FAMILY, TestedHypothesis, apply_e_bh
from runmood.findings.questions import other_things, run_kinds
from runmood.findings.stats.joint import estimate_jointly
from runmood.findings.stats.missed_runs import collect_missed_run_data
from runmood.findings.stats.missed_runs_evidence import evaluate_missed_runs, question_series

if TYPE_CHECKING:
    from collections.abc import Callable

    from parts.lives import Life

REPORTING = 90_000
HALF, YEAR = 180, 365
RULES = ("A5", "B3", "B5", "B7", "S1")  # cautions that go by a rule and not by evidence
CAUTIONS = (*RULES, "B2", "B6")
Found = dict[str, float]  # a share or a count by name; nan where it does not apply to a person


def life_of(world: World, nights: int, seed: int) -> Life:
    """Return the frames of one invented person, made by the warehouse where the world says so."""
    life = live(world, nights, seed)
    if not world.recorded:
        return life
    from parts.recorded_lives import recorded  # noqa: PLC0415 - needs the tests beside it

    return recorded(life)


def missed(world: World, seed: int, nights: int = HALF) -> Found:
    """Whether B1 and B2 were ever seen."""
    rows = evaluate_missed_runs(life_of(world, nights, seed).days)
    return {code: ever(rows, code) for code in ("B1", "B2")}


def before_and_after(world: World, seed: int) -> Found:
    """The same, and what B1 finds in the same diary with the night's sleep left unsaid."""
    days = life_of(world, HALF, seed).days
    unsaid = days.with_columns(sleep=pl.lit(None, pl.Float64()))
    found = {code: ever(evaluate_missed_runs(days), code) for code in ("B1", "B2")}
    return found | {"B1 sleep unsaid": ever(evaluate_missed_runs(unsaid), "B1")}


def lifted(world: World, seed: int) -> Found:
    """Whether C1 was seen by half a year, and by a year."""
    rows = answers_of("C1", life_of(world, YEAR, seed))
    return {f"C1 by {nights}": ever(rows.head(nights), "C1") for nights in (HALF, YEAR)}


def heavy(world: World, seed: int) -> Found:
    """Whether S1 was seen in a year."""
    return {"S1": ever(answers_of("S1", life_of(world, YEAR, seed)), "S1")}


def family(world: World, seed: int) -> Found:
    """Whether any tested question was seen in a year, and any caution; how many runs A1 told."""
    life = life_of(world, YEAR, seed)
    each = tested(life) | {code: ever(answers_of(code, life), code) for code in RULES}
    either = {
        f"any {name}": max(each[code] for code in codes) for name, codes in (("tested", FAMILY), ("caution", CAUTIONS))
    }
    told = answers_of("A1", life).filter(state="seen").height
    return each | either | {"A1 a year": float(told)}


def tested_alone(world: World, seed: int) -> Found:
    """Whether any tested question was seen in a year."""
    each = tested(life_of(world, YEAR, seed))
    return each | {"any tested": max(each.values())}


def tested(life: Life) -> Found:
    """Whether each tested question was ever seen, from its evidence alone."""
    context = EvaluationContext(*life)
    kept = [(one.code, one.best) for one in question_series(collect_missed_run_data(life.days))]
    kept += [(code, BY_CODE[code].evaluate(context).best) for code in ("B6", "C1")]
    seen = {code: float((best >= np.log(FAMILY[code].enough)).any()) for code, best in kept}
    for question in (run_kinds, other_things):
        code = question.SPECIFICATION.code
        each = estimate_jointly(question.collect_rated(context), question.NEEDS, FAMILY[code].enough)
        seen[code] = float(each.seen.any())
    return seen


def words(world: World, seed: int) -> Found:
    """How often a claim on screen is right, by its word, a night a week, in people of whom half have effects.

    Who has an effect has one of .2 to .8 deviations of each kind; a claim is right where there is one in its direction.
    """
    draw = np.random.default_rng((seed, 5))
    real = bool(draw.random() < 0.5)
    size = float(draw.uniform(0.2, 0.8)) if real else 0.0
    rows = evaluate_all(*life_of(replace(world, dip=size, lift=size), YEAR, seed))
    shown = rows.filter(pl.col("state") == "seen", pl.col("question").is_in(["B1", "B2", "C1"]))[::7]
    found: Found = {}
    for code, strength, effect in shown.select("question", "strength", "effect").rows():
        for name in (f"{code} {strength}", f"all {strength}"):
            found[f"{name} shown"] = found.get(f"{name} shown", 0.0) + 1
            found[f"{name} right"] = found.get(f"{name} right", 0.0) + float(real and (effect or 0) > 0)
    return found


def ever(rows: pl.DataFrame, code: str) -> float:
    """Whether a question was ever seen."""
    return float((rows.filter(question=code)["state"] == "seen").any())


def answers_of(code: str, life: Life) -> pl.DataFrame:
    """Return the answers of one question alone."""
    context = EvaluationContext(*life)
    answers = BY_CODE[code].evaluate(context)
    rows = apply_e_bh([answers], context) if isinstance(answers, TestedHypothesis) else answers
    return rows.sort("night")


@dataclass(frozen=True, slots=True)
class Row:
    """A world, and what is looked for in it; `asked` is what the issue asks to reach."""

    name: str
    world: World
    look: Callable[[World, int], Found]
    asked: str = ""


NOTHING = World(mornings=True, says_sleep=True)
POOR_SLEEP = World(sleep=0.4, skips_sleep=0.8, says_sleep=True)
WORSE_SLEEP = World(sleep=0.6, skips_sleep=1.2, says_sleep=True)
ROWS = (
    Row("B1: nothing", World(), missed, "≤ 6 %"),
    Row("B1: nothing, mornings and sleep said", NOTHING, before_and_after, "≤ 6 %"),
    Row("B1: poor sleep lowers and skips", POOR_SLEEP, before_and_after, "≤ 8 %"),
    Row("B1: poor sleep, twice as strong *", WORSE_SLEEP, before_and_after, "≤ 8 %"),
    Row("B1: low at dawn, mornings said", World(dawn=0.8, mornings=True), missed, "≤ 8 %"),
    Row("B1: low at dawn, strong *", World(dawn=1.6, mornings=True), missed, "≤ 8 %"),
    Row("B1: missed evenings rated when bad", World(silence=1.5), missed, "≤ 8 %"),
    Row("B1: missed evenings rated when very bad *", World(silence=3.0), missed, "≤ 8 %"),
    Row("B1: weather that no note holds *", World(weather=0.4, skips_weather=0.8), missed, "said, not mended"),
    Row("B1: busy spells that no note holds *", World(busy=0.5, skips_busy=1.0), missed, "said, not mended"),
    Row("B2: a lift, rest days are good days *", World(stays=0.5, rests=0.4), missed, "≤ 6 %"),
    Row("B1: dip .3, sleep and mornings said", replace(NOTHING, dip=0.3, sleep=0.4), before_and_after),
    Row("B1: dip .5, sleep and mornings said", replace(NOTHING, dip=0.5, sleep=0.4), before_and_after),
    Row("B1: dip .5", World(dip=0.5), missed),
    Row("B1: dip .5, missed evenings rated when bad", World(dip=0.5, silence=1.5), missed),
    Row("C1: nothing", World(), lifted, "≤ 6 %"),
    Row("C1: rated when low", World(selects=True), lifted, "≤ 6 %"),
    Row("C1: lower at the hours of runs by .3", World(run_hour=0.3), lifted, "≤ 6 %"),
    Row("C1: lower at the hours of runs by .5", World(run_hour=0.5), lifted, "≤ 6 %"),
    Row("C1: higher at the hours of runs by .5", World(run_hour=-0.5), lifted, "≤ 6 %"),
    Row("C1: a season of .8", World(season=0.8), lifted, "≤ 6 %"),
    Row("C1: five steps", World(steps=5), lifted, "≤ 6 %"),
    Row("C1: five steps, a season, lower by .5 *", World(steps=5, season=0.8, run_hour=0.5), lifted, "≤ 6 %"),
    *(Row(f"C1: lift {lift}", World(lift=lift), lifted) for lift in (0.2, 0.34, 0.5)),
    Row("S1: eleven steps", World(), heavy),
    Row("S1: five steps", World(steps=5), heavy, "≤ 20 %"),
    Row("family: nothing, everything said", NOTHING, family, "tested ≤ 8 %, cautions ≤ 25 %"),
    Row("tested: nothing, evenings alone", World(), tested_alone, "≤ 8 %"),
    Row("tested: five steps, all said", replace(NOTHING, steps=5), tested_alone, "≤ 8 %"),
    Row("tested: a season of .8, all said", replace(NOTHING, season=0.8), tested_alone, "≤ 8 %"),
    Row("tested: lower at the hours of runs by .5 *", replace(NOTHING, run_hour=0.5), tested_alone, "≤ 8 %"),
    Row("tested: rated when low *", replace(NOTHING, selects=True), tested_alone, "≤ 8 %"),
    Row("words: half have effects", NOTHING, words),
)  # fmt: skip


def main() -> None:
    """Print a row a world: what was found, and what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seed", type=int, default=REPORTING, help="of the first person; the others follow")
    parser.add_argument("--recorded", action="store_true", help="through check-ins, plans, runs and the warehouse")
    parser.add_argument("--only", default="", help="rows whose name this pattern finds")
    asked = parser.parse_args()
    for row in (row for row in ROWS if re.search(asked.only, row.name)):
        began, world = time.process_time(), replace(row.world, recorded=asked.recorded)
        found = [row.look(world, seed) for seed in range(asked.seed, asked.seed + asked.people)]
        names = sorted({name for one in found for name in one})
        if row.look is words:
            told = ", ".join(
                _rightness(found, name.removesuffix(" shown")) for name in names if name.endswith(" shown")
            )
        else:
            told = ", ".join(f"{name} {share_and_error([one[name] for one in found])}" for name in names)
        cost = time.process_time() - began
        print(f"{row.name:46} {told} ({row.asked}) {asked.people} people, {cost:.0f} s", flush=True)


def _rightness(found: list[Found], name: str) -> str:
    """Write how many of the claims with a word were right, of how many weeks of how many people."""
    shown, right = (sum(one.get(f"{name} {part}", 0.0) for one in found) for part in ("shown", "right"))
    people = sum(f"{name} shown" in one for one in found)
    return f"{name} {right / shown:.2f} of {shown:.0f} weeks of {people}"


if __name__ == "__main__":
    main()
