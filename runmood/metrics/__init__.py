"""A clean track in, what it says about the run out."""
