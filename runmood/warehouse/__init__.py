"""What was read and said goes in; tables that an analyst may trust come out.

    Warehouse(work, points)   the writer's database, a context manager
      .stamps(), .known_as(content_hash, name)   what is in the ledger, so that nothing is read twice
      .save(batch, files)                 files with their recordings, points and notices, all or none
      .close_batch(batch, at, source)     what the batch came to
      .join(check_ins, plans)             runs, days and weeks, made anew from all that is there
      .note_journal(notices)              lines of the journal that cannot be read
      .table(name)                        a table as a checked frame
      .save_findings(frame)               every night's answers
    publish(work, target)     the published copy, replaced at once and always complete
    ask(target, query)        the answer of the published copy to a question in SQL
    read_tables(target, names), findings_to_show(target, since, until)   what a summary is made from

DuckDB is at home here and nowhere else. What a row is stands in the first line of each file in `sql/`.
"""

from runmood.warehouse.ledger import FileRead, Recording
from runmood.warehouse.publish import (
    BadQuestionError,
    NothingPublishedError,
    ask,
    findings_to_show,
    publish,
    read_tables,
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
    "publish",
    "read_tables",
]
