"""What a check-in asks, and at which moment. The scales are the journal's; their words stand in `web/words` too.

After a run its effort is asked at once, for the load is made from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.journal import ALWAYS, SOMETIMES
from runmood.terms.choices import CHECK_IN_KINDS, DAY_TAGS, HELPED, RUN_TAGS, SKIP_REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS = CHECK_IN_KINDS
STEPS = tuple(str(step) for step in range(11))
PLACE_LIMIT = 80
FIRST = (*ALWAYS, *(scale for scale in SOMETIMES if scale.name == "effort"))
SCALES = (*FIRST, *(scale for scale in SOMETIMES if scale not in FIRST))
NEEDED = tuple(scale.name for scale in ALWAYS)
LISTS = {"tags": (*DAY_TAGS, *RUN_TAGS), "helped": HELPED}
TICKED = (("tags", DAY_TAGS, ()), ("tags", RUN_TAGS, ("before-run", "after-run")), ("helped", HELPED, ("evening",)))
REASONS = SKIP_REASONS


def not_at(kinds: Iterable[str]) -> str:
    """The classes of an item that is asked at these kinds of check-in alone, or at all where none is named."""
    asked = tuple(kinds)
    return " ".join(f"not-{kind}" for kind in KINDS if asked and kind not in asked)
