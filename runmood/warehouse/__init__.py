"""What was read and said goes in; tables that an analyst may trust come out.

    Warehouse(work, points)   the writer's database, a context manager
      .stamps(), .unopened(), .known_as(hashes)   what is in the ledger, so that nothing is read twice
      .save(batch, files)                 files with their recordings, points and notices, all or none
      .close_batch(batch, at, source)     what the batch came to
      .batches(), .brought_only_by(batch), .set_aside(hashes, notice), .forget(hashes)   imports taken back
      .join(check_ins, plans, decided)    runs, days and weeks, made anew from all that is there
      .note_journal(notices)              lines of the journal that cannot be read
      .table(name)                        a table as a checked frame
      .save_findings(frame)               every night's answers
    publish(work, target)     the published copy, replaced at once and always complete
    ask(target, query)        the answer of the published copy to a question in SQL
    list_runs(target), list_files(target, run), list_pairs(target)   for a person who looks at their runs
    run_points(target, run)   to write a run into a file
    read_tables(target, names), findings_to_show(target, since, until)   what a summary is made from

DuckDB is at home here and nowhere else. What a row is stands in the first line of each file in `sql/`.
"""

from runmood.warehouse.ledger import FileRead, Recording
from runmood.warehouse.publish import (
    BadQuestionError,
    NothingPublishedError,
    ask,
    findings_to_show,
    list_files,
    list_pairs,
    list_runs,
    publish,
    read_tables,
    run_points,
)
from runmood.warehouse.warehouse import Warehouse

__all__ = [
    "BadQuestionError",
    "FileRead",
    "NothingPublishedError",
    "Recording",
    "Warehouse",
    "ask",
    "findings_to_show",
    "list_files",
    "list_pairs",
    "list_runs",
    "publish",
    "read_tables",
    "run_points",
]
