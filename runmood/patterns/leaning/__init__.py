"""What running stands for: the only help (B3), in spite of harm (B5), more and more (B6), instead of rest (B7, B8)."""
