"""The picture of the page: steps of time with what was noted in each, and how these are drawn."""
