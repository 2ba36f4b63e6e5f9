"""How often the 95 % interval of a pooled effect holds the true mean over people, and what else could have been chosen.

    python benchmarks/pooling.py [--rounds 4000] [--seed 1] [--people 12 40] [--persons]

People have 8 to 60 missed runs and two to five times as many runs, so their errors differ several times; their standard
deviations are estimated too. Effects over people: none at all; none on average but people differ by .3; .25 give or
take .3; and mixed, .8 in three of ten and none in the others. The mean to be held is that of the population.

`--persons` asks how well each person's own effect is told instead: by their own estimate; as the page shows it, drawn
towards zero; and shrunken towards what all have in common, exact or rounded as in a week's release.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import numpy as np

from runmood.cohort.release import round_interval
from runmood.findings.stats.distributions import normal_quantile, t_quantile
from runmood.findings.stats.evalues import GroupDifference
from runmood.findings.stats.pooling import PooledEffect, pool_effects, shrink_estimates, standardize

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

PEOPLE = (12, 20, 40, 100, 200)
POPULATIONS: dict[str, tuple[float, Callable[[np.random.Generator, int], Numbers]]] = {
    "null": (0.0, lambda rng, n: 0 * rng.normal(size=n)),
    "null, people differ": (0.0, lambda rng, n: 0.3 * rng.normal(size=n)),
    "shifted": (0.25, lambda rng, n: rng.normal(0.25, 0.3, size=n)),
    "mixed": (0.24, lambda rng, n: 0.8 * (rng.random(n) < 0.3)),
}
STANDS_OUT = 2.5  # own standard errors, about where a finding is seen
QUANTILE = float(normal_quantile(0.975))
MEMORY = 1.4  # how much day-to-day memory widens an error


def answers(rng: np.random.Generator, truth: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
    """Return estimate, error, sigma and freedom of each person, in mood points, and the true sigma."""
    count = len(truth)
    missed = rng.integers(8, 61, size=count)
    runs = missed * rng.uniform(2, 5, size=count)
    sigma, freedom = rng.uniform(0.8, 2.2, size=count), missed + runs - 4.0
    error = MEMORY * np.sqrt(1 / missed + 1 / runs)
    noise = np.sqrt(rng.chisquare(freedom) / freedom)
    estimate = sigma * (truth + error * rng.normal(size=count))
    return estimate, sigma * noise * error, sigma * noise, freedom, sigma


def dersimonian_laird(effects: Numbers, variances: Numbers) -> tuple[float, float]:
    """Return mean and half width by DerSimonian & Laird with normal theory, the usual way."""
    weights = 1 / variances
    mean = (weights * effects).sum() / weights.sum()
    excess = (weights * (effects - mean) ** 2).sum() - (len(effects) - 1)
    spread2 = max(0.0, excess / (weights.sum() - (weights**2).sum() / weights.sum()))
    weights = 1 / (variances + spread2)
    mean = (weights * effects).sum() / weights.sum()
    return float(mean), float(normal_quantile(0.975) / np.sqrt(weights.sum()))


def plain_mean(effects: Numbers) -> tuple[float, float]:
    """Return mean and half width with every person counting alike."""
    width = t_quantile(len(effects) - 1, 0.975) * effects.std(ddof=1) / np.sqrt(len(effects))
    return float(effects.mean()), float(width)


def compare_persons(asked: argparse.Namespace) -> None:
    """Print, for each person's own effect, how far estimates are off and how often intervals hold it.

    Of all people, and of those alone whose own notes stand out: only they are told a figure.
    """
    ways = ("own estimate", "as shown", "towards the exact mean", "towards the release")
    print(f"{'population':20} people  of whom       " + "   ".join(f"{way:>24}" for way in ways))
    for name, (_, draw) in POPULATIONS.items():
        for people in asked.people:
            rng = np.random.default_rng((asked.seed, people, len(name)))
            counts, off, held = np.zeros(2), np.zeros((2, len(ways))), np.zeros((2, len(ways)))
            for _ in range(asked.rounds):
                truth = draw(rng, people)
                estimate, error, sigma, freedom, scale = answers(rng, truth)
                exact = pool_effects(*standardize(estimate, error, sigma, freedom))
                rounded = round_interval(exact.mean, exact.least, exact.most)
                released = PooledEffect(people, *rounded, round(exact.spread, 1))
                difference = GroupDifference(estimate, error, sigma, freedom)
                told = [
                    (estimate, QUANTILE * error),
                    (difference.shrunken, difference.half_width),
                    *(shrink_estimates(estimate, error, sigma, pooled) for pooled in (exact, released)),
                ]
                for row, of_whom in enumerate((error > 0, estimate > STANDS_OUT * error)):
                    counts[row] += of_whom.sum()
                    off[row] += [(((middle / scale - truth) ** 2)[of_whom]).sum() for middle, _ in told]
                    held[row] += [(abs(middle - truth * scale) <= half)[of_whom].sum() for middle, half in told]
            for row, of_whom in enumerate(("all", "standing out")):
                errors, shares = np.sqrt(off[row] / counts[row]), held[row] / counts[row]
                shown = "   ".join(f"off {o:.2f}, held {100 * h:5.1f} %" for o, h in zip(errors, shares, strict=True))
                print(f"{name:20} {people:6}  {of_whom:12}  {shown}", flush=True)


def main() -> None:
    """Print coverage and mean width by population and number of people."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, nargs="*", default=PEOPLE)
    parser.add_argument("--persons", action="store_true", help="each person's own effect instead of the mean")
    asked = parser.parse_args()
    if asked.persons:
        compare_persons(asked)
        return
    print(f"{'population':20} people   shipped           DerSimonian-Laird  plain mean   bias of the mean")
    for name, (mean, draw) in POPULATIONS.items():
        for people in asked.people:
            rng = np.random.default_rng((asked.seed, people, len(name)))
            held, width, off = np.zeros(3), np.zeros(3), 0.0
            for _ in range(asked.rounds):
                effects, variances, freedom = standardize(*answers(rng, draw(rng, people))[:4])
                pooled = pool_effects(effects, variances, freedom)
                found = [(pooled.mean, pooled.most - pooled.mean), dersimonian_laird(effects, variances)]
                found.append(plain_mean(effects))
                held += [abs(middle - mean) <= half for middle, half in found]
                width += [half for _, half in found]
                off += pooled.mean - mean
            shown = "  ".join(
                f"{100 * share:5.1f} % +-{half:.3f}"
                for share, half in zip(held / asked.rounds, width / asked.rounds, strict=True)
            )
            print(f"{name:20} {people:6}   {shown}   {off / asked.rounds:+.4f}", flush=True)


if __name__ == "__main__":
    main()
