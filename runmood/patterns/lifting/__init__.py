"""What helps: runs that lift (C1), kinds of runs (C2), run days (C3), other things (C4)."""
