"""Sealed files open with their passphrase, whole and unchanged, or not at all."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from runmood.home import sealed
from runmood.home.sealed import CHUNK, TAG, SealedFault, SealedFileError, SealedWriter

WORDS = "a calm evening by the river"
KEY = sealed.new_key("correct horse")
PRIVATE = sealed.open_key(KEY, "correct horse")


def seal(content: bytes) -> bytes:
    """The content as a sealed file."""
    file = io.BytesIO()
    with SealedWriter(file, KEY) as writer:
        writer.write(content)
    return file.getvalue()


def opened(content: bytes, private: bytes = PRIVATE) -> bytes:
    """What a sealed file holds."""
    return b"".join(sealed.opened_chunks(io.BytesIO(content), private))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_001])
def test_what_is_sealed_opens_again(size: int) -> None:
    """Of every length, also of whole chunks and of none; nothing of it can be read in the file."""
    content = (WORDS.encode() * (size // 20 + 1))[:size]
    file = seal(content)
    assert opened(file) == content
    assert sealed.is_sealed(io.BytesIO(file))
    assert WORDS.encode() not in file


def test_two_files_of_the_same_content_are_not_alike() -> None:
    """Each file has a key of its own."""
    assert seal(b"x" * 100)[-100:] != seal(b"x" * 100)[-100:]


def test_another_passphrase_opens_nothing() -> None:
    """It is told as that, and not as damage."""
    with pytest.raises(SealedFileError) as told:
        sealed.open_key(KEY, "correct horse ")
    assert told.value.fault is SealedFault.PASSPHRASE


def test_nothing_changed_is_handed_out() -> None:
    """A byte changed anywhere, a chunk left out, doubled or moved, an end cut off or added: each is noticed."""
    content = random.Random(1).randbytes(3 * CHUNK + 50)  # noqa: S311 - content, no secret
    file = seal(content)
    head = file.index(b"\n") + 1
    size = CHUNK + TAG
    parts = [file[head + number * size : head + (number + 1) * size] for number in range(4)]
    changed = [
        file[:head] + b"".join(parts[number] for number in order)
        for order in ((0, 1, 3), (0, 1, 2), (1, 0, 2, 3), (0, 0, 1, 2, 3), (0, 1, 2, 3, 3), ())
    ]
    places = (*range(0, head, 7), head, head + CHUNK, len(file) - 1)
    changed += [file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :] for place in places]
    changed += [file[:-1], file + b"\0", file[: head + 5]]
    for each in changed:
        with pytest.raises(SealedFileError):
            opened(each)


def test_a_writer_that_was_broken_off_leaves_nothing_whole() -> None:
    """After a fault the last chunk is missing, so the file never counts as whole."""
    file = io.BytesIO()
    with suppress(KeyError), SealedWriter(file, KEY) as writer:
        writer.write(b"x" * (2 * CHUNK))
        raise KeyError
    with pytest.raises(SealedFileError):
        opened(file.getvalue())


@pytest.mark.parametrize(
    "change",
    [{"memory_kib": 2**40}, {"iterations": 10**9}, {"lanes": 10**6}, {"memory_kib": "64"}, {"salt": "?"}, {"salt": 3},
     {"private_key_sealed": None}, {"lanes": 0}, {"memory_kib": -1}],
)  # fmt: skip
def test_a_header_of_somebody_elses_costs_nothing(change: dict[str, object]) -> None:
    """Numbers beyond those that any key of ours has are refused before they are tried."""
    with pytest.raises(SealedFileError) as told:
        sealed.open_key(KEY | change, "correct horse")
    assert told.value.fault is SealedFault.HEADER


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[1]\n", b"PK\x03\x04", b'{"format": 1}\n', b"[" * 5000 + b"\n"])
def test_another_file_is_told_as_none(content: bytes) -> None:
    """Whatever it is."""
    assert not sealed.is_sealed(io.BytesIO(content))
    with pytest.raises(SealedFileError):
        opened(content)


def test_another_program_opens_it_by_the_description() -> None:
    """The format in docs/privacy.md is enough to open a file: this is that description as a program."""
    file = io.BytesIO(seal(WORDS.encode() * 5000))
    line = file.readline()
    head = json.loads(line)
    numbers = {name: base64.b64decode(head[name]) for name in ("salt", "private_key_sealed", "file_key")}
    key = Argon2id(
        salt=numbers["salt"], length=32, iterations=head["iterations"], lanes=head["lanes"],
        memory_cost=head["memory_kib"],
    ).derive(b"correct horse")  # fmt: skip
    private = ChaCha20Poly1305(key).decrypt(bytes(12), numbers["private_key_sealed"], None)
    shared = X25519PrivateKey.from_private_bytes(private).exchange(
        X25519PublicKey.from_public_bytes(numbers["file_key"])
    )
    of_file = HKDF(SHA256(), 32, salt=hashlib.sha256(line).digest(), info=b"runmood sealed file 1").derive(shared)
    content, number = b"", 0
    rest = file.read()
    while rest:
        chunk, rest = rest[: head["chunk_bytes"] + 16], rest[head["chunk_bytes"] + 16 :]
        content += ChaCha20Poly1305(of_file).decrypt(number.to_bytes(11, "big") + bytes([not rest]), chunk, None)
        number += 1
    assert content == WORDS.encode() * 5000
