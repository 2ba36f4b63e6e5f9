"""What the person says, kept as they said it: one JSON line an entry, added at the end, never rewritten.

    append(folder, entries)              -> the entries that were new, on disk when it returns
    read(folder)                         -> everything said, and a notice for a line that cannot be read
    check_in_rows(told)                  -> rows of CHECK_INS: each with the day it speaks of, and whether it was late
    usual_kind(moment)                   -> the kind of check-in that the clock suggests
    plan_rows(told, zone, until)         -> rows of PLANS: each day's plan as it stood at local 04:00
    taken_back(told)                     -> contents taken back, each with the entry that did it
    same_run_decisions(told)             -> pairs of recordings that a person called one run, or two
    check_ins_from_csv(content, zone)    -> entries, or `BadSheetError` that says which line is wrong; nothing half-read
    plan_from_csv(content, said_at)      -> entries, likewise
    read_export(content, name, zone, mapping)  -> what another app's export says, or why not (`journal/imports`)
    mapping_from_toml(content)           -> what the person says of a file that no table explains
    conflicts(entries, told)             -> a sentence for each moment on which an export and the journal disagree

A check-in needs no database and only a moment's lock on its own file, so nothing ever keeps a person from writing one.
This room needs the standard library alone: it is on the path of the command typed daily.
"""

from typing import TYPE_CHECKING

from runmood.journal.decisions import same_run_decisions, taken_back
from runmood.journal.lines import Told
from runmood.journal.pen import append
from runmood.journal.plan import plan_rows
from runmood.journal.reading import Journal, check_in_rows, read, usual_kind
from runmood.journal.sheet import BadSheetError, check_ins_from_csv, plan_from_csv

if TYPE_CHECKING:
    from runmood.journal.imports import Export, Mapping, NeedsMappingError, conflicts, mapping_from_toml, read_export
else:

    def __getattr__(name: str) -> object:
        """What `imports` offers, loaded when first asked for: a check-in does not wait 20 ms for it."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import runmood.journal.imports as offered  # noqa: PLC0415 - as the docstring says

        return getattr(offered, name)


__all__ = [
    "BadSheetError",
    "Export",
    "Journal",
    "Mapping",
    "NeedsMappingError",
    "Told",
    "append",
    "check_in_rows",
    "check_ins_from_csv",
    "conflicts",
    "mapping_from_toml",
    "plan_from_csv",
    "plan_rows",
    "read",
    "read_export",
    "same_run_decisions",
    "taken_back",
    "usual_kind",
]
