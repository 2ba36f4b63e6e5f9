"""What the notes say to each question, in words."""
