"""Tracks: the samples of a recorded run in, a clean track out."""
