"""How much a note reads like statements of present danger: a linear classifier over pieces of words. No score is kept.

Phrases meet what somebody thought of; this meets what is said in other words. Its weights are logistic regression on
log-count ratios (Wang & Manning 2012, aclanthology.org/P12-2018), hashed (Weinberger et al. 2009,
doi:10.1145/1553374.1553516) and rounded to a byte each. `benchmarks/distress.py --write` makes them from the sentences
in `tests/support`.
"""

from __future__ import annotations

import math
import zlib
from array import array
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


WEIGHTS = Path(__file__).with_name("classifier.bin")
BUCKETS = 1 << 16  # of each kind of piece: runs of words, runs of letters within a word
SCALE = 6.0  # weight of the largest byte
_RUN_OF_WORDS = 3
_RUNS_OF_LETTERS = range(2, 6)
_WINDOW, _STEP = 16, 8  # words of a long note that are weighed by themselves


def resemblance(words: Sequence[str]) -> float:
    """Return how much the folded words of a note read like present danger; 0 is as much like other notes.

    It is the mean of two log-odds, of the whole note and of the window of it that says most: danger is often one
    sentence in a long entry about other things.
    """
    return (_log_odds(words) + max(map(_log_odds, _windows(words)))) / 2


def pieces(words: Sequence[str]) -> set[int]:
    """Return the buckets of all runs of one to three words, and of two to five letters within each word."""
    bounded = ["^", *words, "$"]
    runs = {
        " ".join(bounded[start : start + length])
        for length in range(1, _RUN_OF_WORDS + 1)
        for start in range(len(bounded) - length + 1)
    }
    letters = {
        word[start : start + length]
        for word in map("<{}>".format, set(words))
        for length in _RUNS_OF_LETTERS
        for start in range(len(word) - length + 1)
    }
    return {zlib.crc32(run.encode()) % BUCKETS for run in runs} | {
        BUCKETS + zlib.crc32(run.encode()) % BUCKETS for run in letters
    }


def _windows(words: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, max(len(words) - _WINDOW, 0) + 1, _STEP):
        yield words[start : start + _WINDOW]
    if len(words) > _WINDOW:
        yield words[-_WINDOW:]


def _log_odds(words: Sequence[str]) -> float:
    offset, weights = read_weights()
    found = pieces(words)
    return offset + sum(weights[piece] for piece in found) * SCALE / 127 / math.sqrt(len(found))


@cache
def read_weights() -> tuple[float, array[int]]:
    """Read the offset, in the same steps as the weights, and a signed byte for each bucket."""
    held = array("b", WEIGHTS.read_bytes())
    return held[0] * SCALE / 127, held[1:]
