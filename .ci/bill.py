"""Write the bill of materials of this environment, as CycloneDX 1.5: `python .ci/bill.py build/bill.cdx.json`.

Only what runmood itself needs is in it, not what its tests need. Prints how often each licence occurs. Exit status 1
where a package names none, or one whose terms would reach what uses it (AGPL, GPL without exception).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)")
FAR_REACHING = re.compile(r"\bA?GPL|Affero", re.IGNORECASE)
WEAKER = re.compile(r"LGPL|Lesser|exception|Artistic", re.IGNORECASE)


def needed(root: str) -> dict[str, Distribution]:
    """Return what a package needs, and what that needs, as far as it is installed."""
    found: dict[str, Distribution] = {}
    waiting = [root]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system or another Python
        wanted = [each for each in found[name].requires or [] if "extra ==" not in each]
        waiting += [match[1] for each in wanted if (match := REQUIREMENT.match(each))]
    return found


def licence(package: Distribution) -> str:
    """Return the licence that a package names: its expression, its classifiers, or the first line of its text."""
    about = package.metadata
    of_kind = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or [] if each.startswith("License")]
    named = [about.get("License-Expression"), ", ".join(of_kind), (about.get("License") or "").split("\n")[0]]
    return next((each for each in named if each), "")


def bill(packages: dict[str, Distribution]) -> dict[str, object]:
    """Return the bill of materials."""
    components = [
        {
            "type": "library",
            "name": name,
            "version": package.version,
            "purl": f"pkg:pypi/{name}@{package.version}",
            "licenses": [{"license": {"name": licence(package)}}],
        }
        for name, package in sorted(packages.items())
    ]
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}


def main() -> None:
    """Write it, and print the licences."""
    packages = needed("runmood")
    path = Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bill(packages), indent=1) + "\n", encoding="utf-8")
    licences = {name: licence(package) for name, package in packages.items()}
    counted = ", ".join(f"{many} {each or 'none named'}" for each, many in Counter(licences.values()).most_common())
    sys.stdout.write(f"{path}: {len(packages)} packages; {counted}\n")
    odd = {
        name: each
        for name, each in licences.items()
        if not each or (FAR_REACHING.search(each) and not WEAKER.search(each))
    }
    for name, each in odd.items():
        sys.stdout.write(f"look at {name}: {each or 'no licence named'}\n")
    sys.exit(bool(odd))


if __name__ == "__main__":
    main()
