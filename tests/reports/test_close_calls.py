"""Why two files are a close call, in words."""

from __future__ import annotations

import pytest

from runmood.core.i18n import translator
from runmood.reports.run import agreement

ALL = {"time_shared": 0.62, "clock_shift_s": -19800.0, "apart_m": 1450.2, "pace_off": 0.034, "heart_off_bpm": 3.4}
IN_ENGLISH = (
    "62% of their time in common, if one clock was off by 19,800 s, 1,450 m apart, 3% apart in pace, 3 bpm apart"
)
TIME_ALONE = {"time_shared": 0.62, "clock_shift_s": 0.0, "apart_m": None, "pace_off": None, "heart_off_bpm": None}


@pytest.mark.parametrize(
    ("language", "pair", "words"),
    [
        ("en", ALL, IN_ENGLISH),
        ("en", TIME_ALONE, "62% of their time in common"),
        ("de", TIME_ALONE, "62\N{NO-BREAK SPACE}% ihrer Zeit gemeinsam"),
    ],
)
def test_what_is_known_on_both_sides_is_compared(language: str, pair: dict[str, float | None], words: str) -> None:
    """Shared time always; a clock put right, place, pace and heart rate where both files have them."""
    assert agreement(translator(language, "metric"), pair) == words
