"""The commands for one's own questions: what is there (columns, tables), and what it answers (query).

commands   what a person types
written    an answer as a table that fits the terminal, or as CSV, JSON or Parquet for other programs
"""

from pipelines.asking.commands import columns, query, tables

__all__ = ["columns", "query", "tables"]
