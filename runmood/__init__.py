"""The rooms, in the order of the data: sources, decode, track, metrics, journal, warehouse, patterns, summary."""
