"""The steps of a night in order, an import from beginning to end, and the night without an engine."""
