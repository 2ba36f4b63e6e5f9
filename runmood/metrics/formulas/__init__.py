"""The formulas: what each says, where it is from, and its limits. Printed as `docs/metrics.md`.

Each takes arrays, one value a sample, and knows nothing of files or frames.
"""
