"""A person's diary in, a summary in words and charts out; then the same words for the terminal or as one page."""
