"""What the person says, kept as they said it: one JSON line an entry, added at the end, never rewritten.

    append(folder, entries)              -> the entries that were new, on disk when it returns
    read(folder)                         -> everything said, and a notice for a line that cannot be read
    check_in_rows(told)                  -> rows of CHECK_INS: each with the day it speaks of, and whether it was late
    usual_kind(moment)                   -> the kind of check-in that the clock suggests
    plan_rows(told, zone, until)         -> rows of PLANS: each day's plan as it stood at local 04:00
    check_ins_from_csv(content, zone)    -> entries, or `BadSheetError` that says which line is wrong; nothing half-read
    plan_from_csv(content, said_at)      -> entries, likewise

A check-in needs no database and only a moment's lock on its own file, so nothing ever keeps a person from writing one.
This room needs the standard library alone: it is on the path of the command typed daily.
"""

from runmood.journal.lines import Told
from runmood.journal.pen import append
from runmood.journal.plan import plan_rows
from runmood.journal.reading import Journal, check_in_rows, read, usual_kind
from runmood.journal.sheet import BadSheetError, check_ins_from_csv, plan_from_csv

__all__ = [
    "BadSheetError",
    "Journal",
    "Told",
    "append",
    "check_in_rows",
    "check_ins_from_csv",
    "plan_from_csv",
    "plan_rows",
    "read",
    "usual_kind",
]
