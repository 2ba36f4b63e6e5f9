"""How the published copy is looked at.

make_views(connection, points)   the views, and the version of the schema, in a database open for writing
open_to_read(target)             a connection to the published copy that reaches no other file and no network
ask(target, query)               the answer to a question in SQL; BadQuestionError says what is wrong with it
"""

from runmood.warehouse.looking.asking import BadQuestionError, NothingPublishedError, ask, open_to_read
from runmood.warehouse.looking.views import make_views

__all__ = ["BadQuestionError", "NothingPublishedError", "ask", "make_views", "open_to_read"]
