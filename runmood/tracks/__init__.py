"""A run as the watch wrote it in, a clean track out."""
