"""By which formulas things are made. Whoever changes what the same files and words come to raises the number.

A home in which something was made by other formulas makes it again: `reading` from the inbox, `joining` from what was
read and said, `findings` for every night. `tests/pipelines/test_formulas.py` reminds of it.
"""

FORMULAS = {"reading": 1, "joining": 1, "findings": 1}

# The rooms in which each is at home.
ROOMS = {
    "reading": ("sources", "decode", "track", "metrics"),
    "joining": ("journal", "warehouse"),
    "findings": ("patterns",),
}
