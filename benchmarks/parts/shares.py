"""Shares of invented people, as the calibrations print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def share_and_error(values: Sequence[float]) -> str:
    """Write the mean of one value a person, with its standard error behind it."""
    return f"{np.mean(values):.3f} ± {np.std(values) / np.sqrt(len(values)):.3f}"
