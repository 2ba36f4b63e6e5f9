"""What the person says, kept as they said it: one JSON line an entry, added at the end, never rewritten.

    append(folder, entries)              -> how many were new, on disk when it returns; whether a torn line was ended
    read(folder)                         -> everything said, and a notice for a line that cannot be read
    said_rows(told, zone, until)         -> rows of each table of what was said, by its name; edits put in place
    standing(told)                       -> the entries that count: changed ones as last said, withdrawn ones left out
    check_in_rows(standing), remark_rows(standing, zone)   -> rows of CHECK_INS or of REMARKS alone
    id_of(said)                          -> the id that an entry has in the journal
    usual_kind(moment, run_ended_at)     -> the kind of check-in that suggests itself
    is_a_day(text), moment_on(day, kind, zone, now)   -> whether a day is written alone; the moment that it means
    plan_rows(told, zone, until)         -> rows of PLANS: each day's plan as it stood at local 04:00
    coming_plans(told, zone, first, count)        -> the plan of each of the coming days, as it stands
    first_open_day(moment, zone)         -> the first day that can still be planned
    read_plan(content, name, window, choice)      -> what a calendar or a sheet plans, or why it cannot be taken
    changes_of(draft, told, now, zone)   -> what of it there is to say (`journal/plans`)
    taken_back(told)                     -> contents taken back, each with the entry that did it
    remark(finding, word, note, before)  -> what is said of a finding next, where something was said before
    decisions(told)                      -> what a person decided about recordings: one run or two, how far, what kind
    ALWAYS, SOMETIMES                    the scales that a check-in asks (`journal/check_ins`)
    own_items(table), answer_to(item, said)    -> a person's own questions, and an answer to one of them
    check_ins_from_csv, _json, _file(content, …)  -> entries, or `BadSheetError` that names the fault; nothing half-read
    read_export(content, name, zone, mapping)  -> what another app's export says, or why not (`journal/imports`)
    read_known_export(…, confirmed)      -> the same by a mapping that the person confirmed before
    mapping_from_toml(content)           -> what the person says of a file that no table explains
    compare(entries, told)               -> what of an export is new, and where it and the journal disagree

A check-in needs no database and only a moment's lock on its own file, so nothing ever keeps a person from writing one.
This room needs the standard library alone: it is on the path of the command typed daily.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from runmood.journal.clock import is_a_day, moment_on, usual_kind
from runmood.journal.faults import BadSheetError
from runmood.journal.lines import Told, id_of
from runmood.journal.pen import Written, append
from runmood.journal.reading import Journal, read

if TYPE_CHECKING:
    from runmood.journal.changes import standing
    from runmood.journal.check_ins import (
        ALWAYS,
        SOMETIMES,
        Scale,
        answer_to,
        check_ins_from_csv,
        check_ins_from_file,
        check_ins_from_json,
        own_items,
    )
    from runmood.journal.decided import decisions, remark, taken_back
    from runmood.journal.imports import (
        Compared,
        Export,
        Mapping,
        NeedsMappingError,
        compare,
        mapping_from_toml,
        read_export,
        read_known_export,
    )
    from runmood.journal.plans import (
        Changes,
        Choice,
        Draft,
        Standing,
        Window,
        changes_of,
        coming_plans,
        first_open_day,
        plan_rows,
        read_plan,
    )
    from runmood.journal.rows import check_in_rows, remark_rows, said_rows
else:
    # Loaded when first asked for: a check-in does not wait for what it does not need.
    _LATER = {
        "check_ins": (
            "ALWAYS",
            "SOMETIMES",
            "Scale",
            "answer_to",
            "check_ins_from_csv",
            "check_ins_from_file",
            "check_ins_from_json",
            "own_items",
        ),
        "decided": ("decisions", "remark", "taken_back"),
        "imports": (
            "Compared",
            "Export",
            "Mapping",
            "NeedsMappingError",
            "compare",
            "mapping_from_toml",
            "read_export",
            "read_known_export",
        ),
        "plans": (
            "Changes",
            "Choice",
            "Draft",
            "Standing",
            "Window",
            "changes_of",
            "coming_plans",
            "first_open_day",
            "plan_rows",
            "read_plan",
        ),
        "rows": ("check_in_rows", "remark_rows", "said_rows"),
        "changes": ("standing",),
    }

    def __getattr__(name: str) -> object:
        """What the rest of the room offers."""
        for module, names in _LATER.items():
            if name in names:
                return getattr(import_module(f"runmood.journal.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "ALWAYS",
    "SOMETIMES",
    "BadSheetError",
    "Changes",
    "Choice",
    "Compared",
    "Draft",
    "Export",
    "Journal",
    "Mapping",
    "NeedsMappingError",
    "Scale",
    "Standing",
    "Told",
    "Window",
    "Written",
    "answer_to",
    "append",
    "changes_of",
    "check_in_rows",
    "check_ins_from_csv",
    "check_ins_from_file",
    "check_ins_from_json",
    "coming_plans",
    "compare",
    "decisions",
    "first_open_day",
    "id_of",
    "is_a_day",
    "mapping_from_toml",
    "moment_on",
    "own_items",
    "plan_rows",
    "read",
    "read_export",
    "read_known_export",
    "read_plan",
    "remark",
    "remark_rows",
    "said_rows",
    "standing",
    "taken_back",
    "usual_kind",
]
