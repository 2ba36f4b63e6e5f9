"""The handlers of the pages' addresses, a class a subject."""
