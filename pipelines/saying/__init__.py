"""The commands with which a person says something: how they feel, what they want, what they kept elsewhere.

They need the journal and nothing else: no database, no lock but the journal's own for a moment. What a person types
daily starts at once, so each file imports what it needs when it is needed.
"""

from pipelines.saying.checking_in import check_in, note_last_run
from pipelines.saying.elsewhere import journal_import
from pipelines.saying.helping import support
from pipelines.saying.planning import plan
from pipelines.saying.remarking import remarks_of, say_of_findings, take_back_remarks
from pipelines.saying.runs import tell_of_run
from pipelines.saying.said import said
from pipelines.saying.thinking import goals, ready, reflect

__all__ = [
    "check_in",
    "goals",
    "journal_import",
    "note_last_run",
    "plan",
    "ready",
    "reflect",
    "remarks_of",
    "said",
    "say_of_findings",
    "support",
    "take_back_remarks",
    "tell_of_run",
]
