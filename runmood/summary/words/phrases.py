"""What words have in common in every language."""

from __future__ import annotations

DASH = "\N{EN DASH}"


def capital(sentence: str) -> str:
    """The sentence with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def readable(words: str) -> str:
    """The words without control characters, so that no file name can move a cursor or break a page."""
    return "".join(letter if letter.isprintable() else " " for letter in words).strip()


def file_name(name: str) -> str:
    """A file's name within the inbox; of a path that begins at the root, its last part alone."""
    shown = readable(name).replace("\\", "/")
    rooted = shown.startswith(("/", "~")) or shown[1:2] == ":"
    return shown.rsplit("/", 1)[-1] if rooted else shown.removeprefix("inbox/")
