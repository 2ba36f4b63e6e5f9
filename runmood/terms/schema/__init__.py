"""Which version of the tables this is: for scripts that rely on names, and for runmood, which reads only its own.

Two words alone, so that a night without news can look at them before it loads anything.
"""

# Raised when names, types, keys or choices have changed since the last release, with what changed in docs/schema.md.
# tests/terms/test_schema_version.py reminds of it and tells the new fingerprint.
VERSION = 1
FINGERPRINT = "8648dab13c6ac588"
