"""What a check-in asks, in which words, and how answers that were given elsewhere are read.

ALWAYS, SOMETIMES                       the scales of a check-in: question, words at 0, 5 and 10, and when it is asked
own_items(table)                        -> a person's own questions, from [items] of settings.toml
answer_to(item, said)                   -> an answer to one of them, as the journal keeps it; ValueError if it is none
check_ins_from_csv(content, zone, items)  -> entries, or `BadSheetError` that names the line; nothing half-read
check_ins_from_json(content, zone, …)   -> likewise, every fault named
check_ins_from_file(content, name, …)   -> the same from a CSV or JSON file; null where the file is something else
"""

from runmood.journal.check_ins.document import check_ins_from_json
from runmood.journal.check_ins.file import check_ins_from_file
from runmood.journal.check_ins.own_items import answer_to, own_items
from runmood.journal.check_ins.scales import ALWAYS, SOMETIMES, Scale
from runmood.journal.check_ins.sheet import check_ins_from_csv

__all__ = [
    "ALWAYS",
    "SOMETIMES",
    "Scale",
    "answer_to",
    "check_ins_from_csv",
    "check_ins_from_file",
    "check_ins_from_json",
    "own_items",
]
