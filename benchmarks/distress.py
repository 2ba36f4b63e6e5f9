"""Words of distress: what phrases, the classifier and both find, on sentences of writers whom neither was made from.

Each list in `tests/support` has one writer. A row leaves one writer out: the classifier is fitted on the others, and
counts are of that writer's sentences (plain statements of danger that open the panel / others that do).
`--write` fits on all lists but the one that is held out, and writes the weights that ship.
"""

from __future__ import annotations

import argparse
import tomllib
from array import array
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from runmood.support import classifier, phrases
from runmood.support.classifier import BUCKETS, SCALE, WEIGHTS, pieces
from runmood.support.phrases import touches_on_distress
from runmood.support.tables import clauses_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LISTS = Path(__file__).parents[1] / "tests" / "support"
HELD_OUT = "ninth"  # never fitted on
LEFT_OUT_IN_TURN = ("unseen", "second", "sixth", "seventh", "eighth")  # phrases were never changed by them
FIT = 64.0  # weight of the sentences against that of small weights
SMOOTHING = 1.0  # added to each count


class Sentence(NamedTuple):
    """One sentence of a list: by whom, in which language, whether it says present danger."""

    writer: str
    language: str
    present: bool
    text: str


def read_sentences() -> list[Sentence]:
    """Read the sentences of all lists; what is neither plain nor harmless ("indirect") is left out."""
    found = []
    for path in sorted(LISTS.glob("phrases_*.toml")):
        for group, languages in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if group == "indirect":
                continue
            for language, table in languages.items():
                writer = path.stem.removeprefix("phrases_")
                found += [Sentence(writer, language, group == "present", line) for line in table["lines"]]
    return found


def fit_weights(sentences: Sequence[Sentence]) -> array[int]:
    """Fit logistic regression on log-count ratios; return the offset and the weights as signed bytes."""
    found = [sorted(pieces(_words(each.text))) for each in sentences]
    ends = np.cumsum([0, *map(len, found)])
    ones = np.repeat([1 / np.sqrt(len(each)) for each in found], list(map(len, found)))
    matrix = sparse.csr_matrix((ones, np.concatenate(found), ends), shape=(len(found), 2 * BUCKETS))
    present = np.array([each.present for each in sentences])
    counts = (matrix != 0).astype(float)
    plain, other = (SMOOTHING + np.asarray(counts[which].sum(0)).ravel() for which in (present, ~present))
    ratio = np.log(plain / plain.sum()) - np.log(other / other.sum())
    scaled = matrix.multiply(ratio).tocsr()
    sign = np.where(present, 1.0, -1.0)

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (scaled @ values[:-1] + values[-1])
        slope = -sign / (1 + np.exp(margin))
        gradient = np.append(FIT * (scaled.T @ slope) + values[:-1], FIT * slope.sum())
        return FIT * np.logaddexp(0, -margin).sum() + values[:-1] @ values[:-1] / 2, gradient

    values = minimize(loss, np.zeros(2 * BUCKETS + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    steps = np.append(values[-1], ratio * values[:-1]) * 127 / SCALE
    return array("b", np.clip(np.rint(steps), -127, 127).astype(int).tolist())


def use_weights(weights: array[int], folder: Path) -> None:
    """Let the classifier read these weights in place of those that ship."""
    classifier.WEIGHTS = folder / WEIGHTS.name
    classifier.WEIGHTS.write_bytes(weights.tobytes())
    classifier.read_weights.cache_clear()


def print_shares(label: str, sentences: Iterable[Sentence]) -> None:
    """Print per cent of plain / other sentences that open the panel: by phrases, by the classifier, by either."""
    rows = list(sentences)
    bar = phrases.RESEMBLES
    cells = []
    for way in ("phrases", "classifier", "both"):
        phrases.RESEMBLES = bar if way == "both" else float("inf")
        opens = [
            classifier.resemblance(_words(each.text)) > bar if way == "classifier" else touches_on_distress(each.text)
            for each in rows
        ]
        shares = [
            100 * np.mean([opened for opened, each in zip(opens, rows, strict=True) if each.present is present])
            for present in (True, False)
        ]
        cells.append("{:3.0f} /{:3.0f}".format(*shares))
    phrases.RESEMBLES = bar
    print(f"{label:14}{len(rows):6}   " + "   ".join(f"{cell:>10}" for cell in cells), flush=True)


def _words(text: str) -> list[str]:
    return [word for clause in clauses_of(text) for word in clause]


def print_table(sentences: Sequence[Sentence], fitted_on: Sequence[Sentence], folder: Path) -> None:
    """Print a row for each writer left out, and the list that is held out, whole and by language."""
    print(f"{'writer':14}{'lines':>6}   " + "   ".join(f"{name:>10}" for name in ("phrases", "classifier", "both")))
    for writer in LEFT_OUT_IN_TURN:
        use_weights(fit_weights([each for each in fitted_on if each.writer != writer]), folder)
        print_shares(writer, [each for each in sentences if each.writer == writer])
    use_weights(fit_weights(fitted_on), folder)
    judge = [each for each in sentences if each.writer == HELD_OUT]
    print_shares(HELD_OUT, judge)
    for language in sorted({each.language for each in judge}):
        print_shares(f"{HELD_OUT} ({language})", [each for each in judge if each.language == language])


def main() -> None:
    """Print the table, or write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="fit on all lists but the one held out, keep the weights")
    arguments = parser.parse_args()
    sentences = read_sentences()
    fitted_on = [each for each in sentences if each.writer != HELD_OUT]
    if arguments.write:
        WEIGHTS.write_bytes(fit_weights(fitted_on).tobytes())
        return
    with TemporaryDirectory() as folder:
        print_table(sentences, fitted_on, Path(folder))


if __name__ == "__main__":
    main()
