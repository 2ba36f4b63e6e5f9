"""What may be asked of the published copy, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from drawn import rows
from warehouse.store import BATCH, file_of, open_store

from runmood.core.catalogue import languages
from runmood.core.errors import spoken
from runmood.core.i18n import translator
from runmood.warehouse import database as keeping
from runmood.warehouse.publish import publish
from runmood.warehouse.queries import QueryError, open_published, run_query

if TYPE_CHECKING:
    from pathlib import Path

RUNS = """
    | file | begins           | minutes | km |
    | a    | 2025-05-01 07:00 | 60      | 10 |
    | b    | 2025-05-02 07:00 | 30      | 5  |
"""


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published database of two runs."""
    folder = tmp_path_factory.mktemp("home")
    with open_store(folder) as store:
        store.save(BATCH, [file_of(row) for row in rows(RUNS)])
        store.build_tables()
    publish(folder, folder / "published.duckdb")
    return folder / "published.duckdb"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from rns", "There is no table rns. Did you mean runs?"),
        ("from zzz", "There is no table zzz. `runmood columns`"),
        ("select mood from days", "There is no column mood there. Did you mean mood_evening"),
        ("selec 1", 'can.t read the question from "selec" on'),
        ("select 1 +", "ends too soon"),
        ("select moood(1) from days", "DuckDB has no function moood"),
        ("select sum(day_kind) from days", "doesn't fit its column or function"),
        ("select 'a'::int", "doesn't fit its column or function"),
        ("select day_kind, max(runs) from days", r"can't answer that. `runmood columns` .* \(DuckDB: "),
        ("", "That asks for nothing"),
        ("insert into runs (run_id) values ('x')", "read-only, so INSERT does nothing"),
        ("delete from runs", "read-only, so DELETE does nothing"),
        ("attach 'other.duckdb'", "read-only, so ATTACH does nothing"),
        ("copy runs to 'runs.csv'", "read-only, so COPY does nothing"),
        ("export database 'x'", "read-only, so EXPORT does nothing"),
        ("explain analyze copy runs to 'points/x.parquet'", "read-only, so EXPLAIN does nothing"),
        ("select 1; set threads = 1", "read-only, so SET does nothing"),
        ("install httpfs", "read-only, so LOAD does nothing"),
        ("from enable_logging(storage = 'file', storage_path = 'log'); from runs", "so enable_logging does nothing"),
        ("from Enable_Profiling(format = 'json', save_location = 'x.json')", "so Enable_Profiling does nothing"),
        ("create table mine as from runs", "read-only, so CREATE does nothing"),
        ("from read_text('/etc/hostname')", "no other file"),
        ("from read_csv('https://example.org/a.csv')", "no other file"),
    ],
)
def test_a_question_reads_the_home_and_changes_nothing(target: Path, query: str, sentence: str) -> None:
    """Whatever would write, or read another file or a network, is refused in one sentence; so is an unknown name."""
    with pytest.raises(QueryError, match=sentence) as refused:
        run_query(target, query)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("language", languages())
def test_a_fault_is_told_in_the_person_s_language(target: Path, language: str) -> None:
    """DuckDB's own English stands at most behind the sentence, in brackets."""
    said = translator(language, "metric")
    for query, key in {
        "from rns": "query_near_table",
        "selec 1": "query_syntax",
        "drop table runs": "read_only",
    }.items():
        with pytest.raises(QueryError) as refused:
            run_query(target, query)
        names = {"name": "rns", "near": "selec" if "selec" in query else "runs", "statement": "DROP"}
        assert spoken(said, refused.value) == said(f"error.{key}", **names)


def test_two_questions_at_once(target: Path) -> None:
    """Within one process questions may be asked while another is open."""
    with open_published(target) as first, open_published(target) as second:
        assert first.sql("from days").fetchall() == second.sql("from days").fetchall()


def test_who_reads_does_not_make_a_file_damaged(target: Path) -> None:
    """A database that this process is reading is whole, so publishing sets none aside."""
    with open_published(target):
        assert keeping.damage(target) is None


def test_an_answer_holds_what_a_frame_can(target: Path) -> None:
    """Sums and decimals are numbers, a span of time is words, and no name stands twice."""
    frame = run_query(
        target, "select sum(runs) as n, 1.5 as x, [1.5] as xs, interval 90 minute as span, 1 as n, ['a'] as l from days"
    )
    assert frame.row(0) == (2, 1.5, [1.5], "01:30:00", 1, ["a"])
    assert frame.columns == ["n", "x", "xs", "span", "n_5", "l"]
    assert frame.schema["n"] == pl.Int64
