"""The sentences of each language as they stand in its folder of `runmood/locale`, and its plural categories."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LOCALE = Path(__file__).parents[1] / "locale"
DEFAULT = "en"
NO_SENTENCES = "phrases.toml"  # what people write and not what they read
FIRST_FILES = ("checkin", "choices", "figures")  # small, and what is asked daily or part of nearly every sentence


@cache
def languages(folder: Path = LOCALE) -> tuple[str, ...]:
    """Return the names of all languages that have a folder, English first."""
    found = sorted(each.name for each in folder.iterdir() if (each / "figures.toml").exists())
    return (DEFAULT, *(name for name in found if name != DEFAULT))


class Catalogue(Mapping[str, str]):
    """The sentences of one language by their full name, such as `today.title`; a file is read when it is needed.

    A file in a subfolder holds names that begin with the folder and the file: `cli/goals.toml` holds `cli.goals.…`.
    Tables of `FIRST_FILES` stand in no other file, so that a word of a person's own is not looked for in all of them.
    A sentence that the language lacks is taken from `fallback`.
    """

    def __init__(self, folder: Path, fallback: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._fallback = {} if fallback is None else fallback
        self._read: dict[str, str] = {}
        self._whole: set[str] = set()  # tables of which every sentence is read
        files = {path: _name_above(path, folder) for path in folder.rglob("*.toml") if path.name != NO_SENTENCES}
        self._above = {path: files[path] for path in sorted(files, key=_place)}
        self._unread = [*self._above]

    def __getitem__(self, name: str) -> str:
        """Return a sentence; `KeyError` if neither this language nor the fallback has it."""
        if name in self._read:
            return self._read[name]
        alone = [path for path, above in self._above.items() if above and name.startswith(above)]
        for path in alone or [path for path, above in self._above.items() if not above]:
            if name in self._read or name.partition(".")[0] in self._whole:
                break
            self._load(path)
        return self._read[name] if name in self._read else self._fallback[name]

    def __iter__(self) -> Iterator[str]:
        """Yield every name, those of the fallback included."""
        return iter(dict.fromkeys([*self.own(), *self._fallback]))

    def __len__(self) -> int:
        """Return how many sentences there are, those of the fallback included."""
        return len(self.own().keys() | self._fallback.keys())

    def own(self) -> Mapping[str, str]:
        """Return the sentences that stand in this language's own folder."""
        for path in self._above:
            self._load(path)
        return self._read

    def _load(self, path: Path) -> None:
        if path in self._unread:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
            self._read |= flatten(tables, self._above[path])
            self._whole |= tables.keys() if path.stem in FIRST_FILES and not self._above[path] else set()
            self._unread.remove(path)


def _place(path: Path) -> tuple[int, Path]:
    return FIRST_FILES.index(path.stem) if path.stem in FIRST_FILES else len(FIRST_FILES), path


def _name_above(path: Path, folder: Path) -> str:
    """Return how the names of all sentences of a file begin: empty for a file that lies in no subfolder."""
    parts = path.relative_to(folder).with_suffix("").parts
    return "".join(f"{part}." for part in parts) if len(parts) > 1 else ""


def flatten(table: Mapping[str, object], above: str = "") -> dict[str, str]:
    """Return the texts of nested tables by their full names: `today.title`."""
    flat: dict[str, str] = {}
    for name, value in table.items():
        flat |= flatten(value, f"{above}{name}.") if isinstance(value, dict) else {above + name: str(value)}
    return flat


@cache
def catalogue(language: str, folder: Path = LOCALE) -> Catalogue:
    """Return the sentences of a language that has a folder, with English ones where it lacks some."""
    if language == DEFAULT:
        return Catalogue(folder / DEFAULT)
    return Catalogue(folder / language, catalogue(DEFAULT, folder))


# Plural categories. The syntax of a rule: https://unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules;
# each language's rules: https://github.com/unicode-org/cldr/blob/main/common/supplemental/plurals.xml.

RELATION = re.compile(r"([nivwfte])(?: % (\d+))? (!?=) ([\d.,]+)")


def plural_form(shown: str, rules: str) -> int:
    """Return which of a sentence's forms a figure takes, counted from 0; the form after all ruled ones is "other".

    Args:
        shown: the figure as it is written, without marks for thousands and with a point for decimals: "1", "2.5".
        rules: the rules of a language, one a category: "one: i = 1 and v = 0; few: v = 0 and i % 10 = 2..4".

    Returns:
        The place of the form: 0 for the first. A rule that is not written as CLDR writes them is a `ValueError`.
    """
    ruled = [rule.partition(":")[2] for rule in rules.split(";")]
    return next((place for place, rule in enumerate(ruled) if _fits(shown, rule)), len(ruled))


def _fits(shown: str, rule: str) -> bool:
    return any(all(_holds(shown, each) for each in way.split(" and ")) for way in rule.split(" or "))


def _holds(shown: str, relation: str) -> bool:
    """Tell whether one relation such as `i % 10 = 2..4` holds."""
    read = RELATION.fullmatch(relation.strip())
    if not read:
        raise ValueError(f"{relation!r} is no relation of a CLDR plural rule")
    operand, modulus, sign, ranges = read.groups()
    value = _operand(shown.lstrip("-"), operand)
    value = value % int(modulus) if modulus else value
    return (sign == "=") == any(_within(value, each.split("..")) for each in ranges.split(","))


def _within(value: float, ends: Sequence[str]) -> bool:
    return value == int(value) and int(ends[0]) <= value <= int(ends[-1])


def _operand(shown: str, operand: str) -> float:
    """Return the value, its whole part, or count or value of its decimals, with (v, f) or without (w, t) end zeros."""
    whole, _, decimals = shown.partition(".")
    bare = decimals.rstrip("0")
    of = {"n": float(shown), "i": int(whole), "v": len(decimals), "w": len(bare), "f": int(decimals or 0)}
    return of.get(operand, int(bare or 0) if operand == "t" else 0)
