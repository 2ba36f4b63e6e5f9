"""The ports of the pages, implemented on a home."""
