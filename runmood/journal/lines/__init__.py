"""An entry as a line of JSON, and back.

    to_line(said)    -> the entry as one line, without the line's end
    from_line(line)  -> the entry with its place in the journal; ValueError, KeyError or TypeError says what is wrong

A line names its kind of entry, an id made from what it says (so the same entry is the same line wherever it comes
from), the moment it was said, and then only what was said: an unsaid item is absent. `shapes.py` has a line for each
item that an entry may hold.
"""

from runmood.journal.lines.line import Told, from_line, id_of, to_line

__all__ = ["Told", "from_line", "id_of", "to_line"]
