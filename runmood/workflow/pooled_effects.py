"""The file in which a home keeps what people have in common, as the last release of its cohort has it.

It holds rounded figures of many and nothing of a person, in JSON that anything can read. A cohort's night writes it
where the person asks for it, and takes it away where they do not. It is not trusted: what it says can change no answer,
only the figure that is told beside one, and a file that is not as it was written counts as absent.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from runmood.core.files import open_kept, replace_made
from runmood.core.json_records import read_record
from runmood.findings.stats.pooling import EFFECTS, WIDEST_SPREAD, PooledEffect
from runmood.home.settings import POOLED_EFFECTS

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home

FILE = "pooled-effects.json"
LARGEST = 2**14  # bytes
FEWEST_PEOPLE = 10  # twelve, rounded to five
FARTHEST = 5.0  # own standard deviations, of a mean and of both ends of its interval


@dataclass(frozen=True, slots=True)
class PooledEffects:
    """The effects of a week's release by their question, rounded, in a person's own standard deviations."""

    week: str
    effects: dict[str, PooledEffect]


def keep_pooled_effects(home: Home, latest: PooledEffects | None) -> None:
    """Write what people have in common into a home that asks for it, and take it away from one that does not.

    Args:
        home: the home, locked by the caller.
        latest: the effects of the last release; null where nothing is released.
    """
    path = home.root / FILE
    if latest is None or POOLED_EFFECTS not in home.settings.cohort_receives:
        path.unlink(missing_ok=True)
        return
    content = json.dumps(asdict(latest), indent=1) + "\n"
    if _content(path) != content.encode():
        replace_made(path, content, home.work / FILE)


def read_pooled_effects(home: Home) -> dict[str, PooledEffect]:
    """Return what people have in common by question; nothing where the person does not ask, or it is not legible."""
    if POOLED_EFFECTS not in home.settings.cohort_receives:
        return {}
    try:
        kept = read_record(PooledEffects, json.loads(_content(home.root / FILE)))
    except (ValueError, RecursionError):
        return {}
    effects = {question: kept.effects[question] for question in EFFECTS if question in kept.effects}
    return effects if all(map(_is_plausible, effects.values())) else {}


def _content(path: Path) -> bytes:
    """Return what stands in a small file; nothing where there is none, or it is larger."""
    try:
        with open(path, "rb", opener=open_kept) as file:
            content = file.read(LARGEST + 1)
    except OSError:
        return b""
    return content if len(content) <= LARGEST else b""


def _is_plausible(effect: PooledEffect) -> bool:
    """Return whether a release may hold such an effect."""
    return (
        effect.people >= FEWEST_PEOPLE
        and -FARTHEST <= effect.least <= effect.mean <= effect.most <= FARTHEST
        and 0 <= effect.spread <= WIDEST_SPREAD
    )
