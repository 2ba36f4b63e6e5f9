"""Load and how it is borne: longer runs (A1), hard stretches (A5, A6), load itself (A7), heavier weeks (S1)."""
