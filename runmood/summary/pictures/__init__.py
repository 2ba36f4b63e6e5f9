"""The charts of a summary: values in, places and labels out."""
