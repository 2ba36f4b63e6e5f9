"""What a person gives to the cohort, read from the published copy of their home: what they chose, and nothing else."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from runmood.cohort.folder import place_of
from runmood.core.files import make_folder, replace_private
from runmood.findings import BY_CODE
from runmood.home.settings import COHORT_WORDS
from runmood.schema.cohort import COHORT_TABLES, PERSON_DAYS, PERSON_FINDINGS, PERSONS
from runmood.warehouse.cohort import read_given

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from runmood.home.home import Home
    from runmood.schema.types import Table

COLUMNS = {
    "days": ("day_kind", "mood_morning", "mood_evening", "excluded"),
    "measures": ("runs", "distance_m", "moving_s", "load"),
}


@dataclass(frozen=True, slots=True)
class Contributor:
    """Under which pseudonym a home's person gives, and from which site."""

    person: str
    site: str | None


def contributions_of(home: Home, contributor: Contributor) -> dict[str, pl.DataFrame]:
    """Return the rows that a person gives, by the name of their table; none where they give nothing.

    Args:
        home: whose settings say what is given; silence gives nothing.
        contributor: under which pseudonym.

    Returns:
        Checked frames.

    Raises:
        UserError: there is no published copy, or another version of runmood made it.
    """
    gives = set(home.settings.cohort_gives)
    if not gives:
        return {}
    given = read_given(home.published)
    words = {f"gives_{word}": pl.lit(word in gives) for word in COHORT_WORDS}
    site = pl.lit(contributor.site, dtype=pl.String)
    tables = {PERSONS.name: _filled(given["person"].with_columns(site=site, **words), contributor, PERSONS)}
    if columns := [name for word, names in COLUMNS.items() if word in gives for name in names]:
        tables[PERSON_DAYS.name] = _filled(given["days"].select("local_date", *columns), contributor, PERSON_DAYS)
    if "findings" in gives:
        known = given["findings"].filter(pl.col("question").is_in(list(BY_CODE)))
        tables[PERSON_FINDINGS.name] = _filled(known, contributor, PERSON_FINDINGS)
    return tables


def _filled(frame: pl.DataFrame, contributor: Contributor, table: Table) -> pl.DataFrame:
    """Return a frame as the table declares it, under the pseudonym, null in the columns that it has not."""
    missing = [pl.lit(None).alias(name) for name in table.schema.names() if name not in {*frame.columns, "person"}]
    return table.of(frame.with_columns(pl.lit(contributor.person).alias("person"), *missing))


def write_part(folder: Path, contributor: Contributor, tables: Mapping[str, pl.DataFrame]) -> None:
    """Write what one person gives into a folder of parts, to be put together with that of others."""
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.{contributor.person}.parquet")


def merge_parts(parts: Path, pooled: Path, bucket: int) -> dict[str, int]:
    """Put the parts of a bucket in place of what stood there: one file a table, replaced whole.

    So whoever gave something last night and gives nothing tonight is in no file any more, and who is served twice is
    there once.

    Returns:
        How many rows there are, by table.
    """
    counts = {}
    for table in COHORT_TABLES:
        target = place_of(pooled, table.name, bucket)
        files = sorted(parts.glob(f"{table.name}.*.parquet"))
        if not files:
            target.unlink(missing_ok=True)
            continue
        frame = table.check(pl.concat(pl.read_parquet(file) for file in files).sort(table.key))
        _replace(target, frame)
        counts[table.name] = frame.height
    return counts


def forget_persons(pooled: Path, bucket: int, persons: Iterable[str]) -> None:
    """Write the files of a bucket again without these persons."""
    gone = list(persons)
    for table in COHORT_TABLES:
        path = place_of(pooled, table.name, bucket)
        if not path.exists():
            continue
        kept = pl.read_parquet(path).filter(~pl.col("person").is_in(gone))
        if kept.is_empty():
            path.unlink()
        else:
            _replace(path, kept)


def _replace(path: Path, frame: pl.DataFrame) -> None:
    content = io.BytesIO()  # Polars calls a full disk a fault of the file
    frame.write_parquet(content)
    make_folder(path.parent)
    replace_private(path, content.getvalue())
