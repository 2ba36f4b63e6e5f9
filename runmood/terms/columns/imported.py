"""What was imported: files, batches, and what is to be said of them."""

from __future__ import annotations

from runmood.terms import choices as of
from runmood.terms.frames import Table, moment, text, whole

SOURCE_FILES = Table("source_files", "one file ever seen, and what became of it", ("file_name",), (
    text("file_name", "Where it is; a file in an archive is named archive.zip/inside.fit.", always=True),
    text("content_hash", "SHA-256 of its decompressed content; null where it could not be read."),
    whole("bytes", "Size on disk; inside an archive, the size unpacked.", 0),
    moment("modified_at", "When it was last changed on disk."),
    text("outcome", "What became of it; known: its content came under another name; opened: an archive.", *of.OUTCOMES),
    text("reason", "Why, in a sentence; null for a run without a fault."),
    text("batch", "The import that saw it first.", always=True),
))  # fmt: skip

IMPORTS = Table("imports", "one batch: one time that files were imported", ("batch",), (
    text("batch", "Its name, from the clock: 20250504-211500.", always=True),
    moment("imported_at", "When it began.", always=True),
    text("source", "What was imported: the paths, as given.", always=True),
    whole("files", "Files seen for the first time.", 0),
    whole("runs", "Files that are a run.", 0),
    whole("said", "Files that are check-ins.", 0),
    whole("set_aside", "Files that are something else: a ride, a course, settings.", 0),
    whole("refused", "Files that could not be read.", 0),
    whole("known", "Files whose content was there already under another name.", 0),
    whole("partial", "Runs read in part from damaged files.", 0),
))  # fmt: skip

NOTICES = Table("notices", "one thing a person should know of a file or a journal line", ("file_name", "number"), (
    text("file_name", "The file.", always=True),
    whole("number", "Counts the notices of one file, from 1.", 1),
    text("code", "Its kind; docs/notices.md lists them.", always=True),
    text("severity", "How grave.", "info", "warning", "error", always=True),
    text("sentence", "What was found and what to do.", always=True),
    text("batch", "The import that found it; null for a line of the journal."),
))  # fmt: skip
