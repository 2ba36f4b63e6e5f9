"""How the writer's database is kept: opened whatever state it is in, compared, and with notes of what it was made by.

    connect(path, config, prepare)   a connection; what cannot be used is kept aside, and an empty database begun
    explain(path, fault)    what a closed database failed of, raised in a sentence
    damage(path)            what is wrong with a database file; null where it can be read from end to end
    opens(path)             whether it opens at all, which tells most damage at once
    set_aside(path)         the damaged file under a name of its own, with its log; out_of_the_way(path) as an error
    compare(before, after, tables)   how many rows of each table differ between two files
    Notes(connection)       by which formulas things were made, and of which days the findings

What is in a database can be made again from the inbox and the journal, so none ever stands in the way.
"""

from runmood.warehouse.keeping.comparing import Difference, compare
from runmood.warehouse.keeping.notes import Notes
from runmood.warehouse.keeping.opening import (
    ASIDE,
    NO_NETWORK,
    DamagedDatabaseError,
    connect,
    damage,
    explain,
    first_line,
    opens,
    out_of_the_way,
    set_aside,
)

__all__ = [
    "ASIDE",
    "NO_NETWORK",
    "DamagedDatabaseError",
    "Difference",
    "Notes",
    "compare",
    "connect",
    "damage",
    "explain",
    "first_line",
    "opens",
    "out_of_the_way",
    "set_aside",
]
