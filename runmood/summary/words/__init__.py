"""The sentences of a summary. Every word a person reads is made here or is a chart's own label."""
