"""What the person says, kept as they said it: one JSON line an entry, added at the end, never rewritten."""
