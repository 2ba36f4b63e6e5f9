"""How the published copy is looked at.

make_views(connection, points)   the views, and the version of the schema, in a database open for writing
open_ours(target)                a connection to the published copy that reaches no other file and no network
is_ours(target)                  whether this version of runmood made the copy, or one with the same tables
ask(target, query)               the answer to a question in SQL; BadQuestionError says what is wrong with it
"""

from runmood.warehouse.looking.asking import (
    BadQuestionError,
    NothingPublishedError,
    ask,
    is_ours,
    open_ours,
)
from runmood.warehouse.looking.views import make_views

__all__ = [
    "BadQuestionError",
    "NothingPublishedError",
    "ask",
    "is_ours",
    "make_views",
    "open_ours",
]
