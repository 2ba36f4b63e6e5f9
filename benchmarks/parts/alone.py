"""What unpacking and what decoding every watch file of a ZIP cost, with nothing else: `python alone.py ZIP`.

Prints, as JSON, for each format how many files, bytes and CPU seconds; one process, one content in memory at a time.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import zipfile
from collections import defaultdict

from runmood.readers import decode


def measured(path: str) -> dict[str, dict[str, float]]:
    """Files, bytes, and seconds to unpack and to decode, by format."""
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.endswith(".gz"):
                continue
            began = time.process_time()
            content = gzip.decompress(archive.read(name))
            unpacked = time.process_time()
            decode(content)
            took = {"files": 1, "bytes": len(content), "unpack_s": unpacked - began}
            for what, amount in (took | {"decode_s": time.process_time() - unpacked}).items():
                sums[name.split(".")[1]][what] += amount
    return sums


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1])))
