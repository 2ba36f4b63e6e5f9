"""The bytes of a FIT file in, its messages as columns out; what they mean for a run is not asked here.

    read_parts(content) -> list[Part]
    joined(rows) -> Rows

Trusts no size in the file. Damage is stepped over where the records plausibly go on behind it.
"""

from __future__ import annotations

from runmood.decode.fit.wire.parts import Part, read_parts
from runmood.decode.fit.wire.rows import Numbers, Rows, joined

__all__ = ["Numbers", "Part", "Rows", "joined", "read_parts"]
