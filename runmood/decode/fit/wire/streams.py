"""The messages of one definition, wherever in the file they lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.decode.fit.wire.definitions import Plan


@dataclass(slots=True)
class Stream:
    """The messages of one definition: where each of them begins."""

    plan: Plan
    header: int
    positions: list[int] = field(default_factory=list)

    def offsets(self) -> NDArray[np.int64]:
        """Where in the file each message begins."""
        return np.array(self.positions, dtype=np.int64)

    def rows(self, content: bytes, offsets: NDArray[np.int64]) -> NDArray[np.void]:
        """The messages that begin at the offsets, as rows of the plan's layout."""
        stride = self.plan.stride
        anywhere = np.ndarray(len(content) - stride + 1, dtype=f"V{stride}", buffer=content, strides=(1,))
        return anywhere[offsets].view(self.plan.layout)
