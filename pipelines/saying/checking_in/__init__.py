"""The check-in: by key, by flags, from a file."""

from pipelines.saying.checking_in.check_in import check_in
from pipelines.saying.checking_in.keeping import note_last_run

__all__ = ["check_in", "note_last_run"]
