"""What was read and said goes in; tables that an analyst may trust come out.

    Warehouse(work, points)   the writer's database, a context manager
      .stamps(), .unopened(), .known_as(hashes)   what is in the ledger, so that nothing is read twice
      .save(batch, files)                 files with their recordings, points and notices, all or none
                                          (a Recording has its points as a file: `points_as_file(points)`)
      .close_batch(batch, at, source)     what the batch came to
      .batches(), .brought_only_by(batch), .set_aside(hashes, notice), .forget(hashes)   imports taken back
      .join(said, decisions, heart)       runs, days and all that follows, made anew from all that is there
      .note_journal(notices)              lines of the journal that cannot be read
      .table(name)                        a table as a checked frame
      .save_findings(findings, sensitivity, since)   every night's answers
      .notes                              by which formulas things were made, and of which days the findings
    publish(work, target)     the published copy, replaced at once and always complete
    damage(path)              what is wrong with a database file, if anything is
    differences(before, after)   how many rows of each table differ between two published copies
    is_ours(target)           whether the published copy has the tables that this version knows
    ask(target, query)        the answer of the published copy to a question in SQL
    list_runs(target), list_files(target, run), list_pairs(target)   for a person who looks at their runs
    read_run(target, run)     all that is known of one run
    run_points(target, run)   to write a run into a file
    read_tables(target, names), findings_to_show(target, since, until)   what a summary is made from
    rows(target, table, query)   a table's rows that a question of our own picks

DuckDB is at home here and nowhere else. What a row is stands in the first line of each file in `sql/`.
"""

from runmood.warehouse.keeping import ASIDE, DamagedDatabaseError, Difference, damage
from runmood.warehouse.ledger import FileRead, Recording, points_as_file
from runmood.warehouse.looking import BadQuestionError, NothingPublishedError, ask, is_ours
from runmood.warehouse.publish import (
    differences,
    findings_to_show,
    list_files,
    list_pairs,
    list_runs,
    publish,
    read_run,
    read_tables,
    rows,
    run_points,
)
from runmood.warehouse.warehouse import DATABASE, Warehouse

__all__ = [
    "ASIDE",
    "DATABASE",
    "BadQuestionError",
    "DamagedDatabaseError",
    "Difference",
    "FileRead",
    "NothingPublishedError",
    "Recording",
    "Warehouse",
    "ask",
    "damage",
    "differences",
    "findings_to_show",
    "is_ours",
    "list_files",
    "list_pairs",
    "list_runs",
    "points_as_file",
    "publish",
    "read_run",
    "read_tables",
    "rows",
    "run_points",
]
