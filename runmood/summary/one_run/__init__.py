"""One run, told: its figures, its course in small charts, its splits and its fastest stretches.

describe_run(frames, say) -> RunView       finished words and values
run_as_text(view, width) -> str            the same for a terminal
"""

from runmood.summary.one_run.text import run_as_text
from runmood.summary.one_run.view import RunView, describe_run

__all__ = ["RunView", "describe_run", "run_as_text"]
