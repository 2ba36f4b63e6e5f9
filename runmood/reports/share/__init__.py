"""What a person chose of their notes in, one A4 page for a conversation out; the same choice gives the same page."""
