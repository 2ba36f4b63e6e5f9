"""Files that a passphrase opens: authenticated encryption in chunks, in a format that other programs can read.

The first line is JSON and says how the rest is read (docs/privacy.md has it in words). A passphrase opens a private key
(Argon2id, RFC 9106), and that key opens any number of files, so writing one takes the public key alone: X25519 with a
key of the file's own, HKDF-SHA256, then ChaCha20-Poly1305 over chunks of 64 KiB whose nonce counts them and marks the
last one (the STREAM construction, doi:10.1007/978-3-662-48000-7_4). A chunk changed, left out, moved or cut off is
noticed before anything of it is handed out.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO, Self

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from runmood.core.errors import UserError
from runmood.core.locked import HEAD_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from runmood.core.i18n import Translator


FORMAT = "runmood sealed file 1"
CHUNK, TAG = 64 * 1024, 16
KEY_BYTES, SALT_BYTES, COUNTER_BYTES = 32, 16, 11
MEMORY_KIB, ITERATIONS, LANES = 64 * 1024, 3, 4  # the second choice of RFC 9106, section 4
MOST_MEMORY_KIB, MOST_ITERATIONS, MOST_LANES = 1024 * 1024, 20, 16  # a header may be anybody's
ONCE = bytes(12)  # the nonce of a key that seals one thing alone


class SealedFault(StrEnum):
    """Why a sealed file cannot be opened; each has its sentence under `cli.sealed`."""

    PASSPHRASE = "wrong_passphrase"  # noqa: S105 - the name of a fault
    HEADER = "no_sealed_file"
    CHANGED = "changed"


class SealedFileError(Exception):
    """A sealed file cannot be opened."""

    def __init__(self, fault: SealedFault) -> None:
        super().__init__(fault)
        self.fault = fault


@contextmanager
def translate_seal_errors(say: Translator, name: str) -> Iterator[None]:
    """Turn what keeps a sealed file closed into a sentence.

    Args:
        say: the person's language.
        name: of the file.

    Raises:
        UserError: the block could not open it.
    """
    try:
        yield
    except SealedFileError as error:
        raise UserError(say(f"cli.sealed.{error.fault}", file=name)) from error


def new_key(passphrase: str) -> dict[str, object]:
    """Draw a key pair and return it as a header has it: the private key sealed by the passphrase."""
    salt, private = os.urandom(SALT_BYTES), X25519PrivateKey.generate()
    key: dict[str, object] = {
        "format": FORMAT,
        "key_derivation": "argon2id",
        "memory_kib": MEMORY_KIB,
        "iterations": ITERATIONS,
        "lanes": LANES,
        "salt": _text(salt),
        "public_key": _text(private.public_key().public_bytes_raw()),
    }
    sealed = ChaCha20Poly1305(_derived(key, passphrase)).encrypt(ONCE, private.private_bytes_raw(), None)
    return key | {"private_key_sealed": _text(sealed)}


def open_key(key: Mapping[str, object], passphrase: str) -> bytes:
    """Return the private key of a header, by the passphrase that opens it.

    Raises:
        SealedFileError: it is another passphrase, or the header is none of ours.
    """
    try:
        return ChaCha20Poly1305(_derived(key, passphrase)).decrypt(ONCE, _bytes(key["private_key_sealed"]), None)
    except InvalidTag:
        raise SealedFileError(SealedFault.PASSPHRASE) from None
    except (KeyError, ValueError, TypeError, UnsupportedAlgorithm, MemoryError) as fault:
        raise SealedFileError(SealedFault.HEADER) from fault


def read_header(path: BinaryIO) -> tuple[dict[str, object], bytes]:
    """Read the first line of a sealed file.

    Returns:
        What it says, and its bytes.

    Raises:
        SealedFileError: the file does not begin with such a line.
    """
    line = path.readline(HEAD_BYTES)
    try:
        header = json.loads(line)
        if header["format"] == FORMAT and line.endswith(b"\n"):
            return header, line
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise SealedFileError(SealedFault.HEADER)


def is_sealed(path: BinaryIO) -> bool:
    """Return whether a file begins as a sealed one does; it is read from its beginning afterwards."""
    begins = path.read(len(FORMAT) + 32)
    path.seek(0)
    return f'"format": "{FORMAT}"'.encode() in begins


class SealedWriter(io.RawIOBase):
    """Seals what is written into a file; whole once it is closed."""

    def __init__(self, file: BinaryIO, key: Mapping[str, object]) -> None:
        super().__init__()
        once = X25519PrivateKey.generate()
        header = {**key, "file_key": _text(once.public_key().public_bytes_raw()), "chunk_bytes": CHUNK}
        line = json.dumps(header).encode() + b"\n"
        file.write(line)
        shared = once.exchange(X25519PublicKey.from_public_bytes(_bytes(key["public_key"])))
        self._cipher, self._file = ChaCha20Poly1305(_stream_key(shared, line)), file
        self._waiting, self._count = bytearray(), 0

    def writable(self) -> bool:
        """Return that it is."""
        return True

    def write(self, content: object) -> int:
        """Seal every chunk that is whole and followed by more."""
        view = memoryview(content).cast("B")  # type: ignore[arg-type]  # bytes in any guise
        self._waiting += view
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(view)

    def close(self) -> None:
        """Seal the last chunk; the file itself stays open."""
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
            self._waiting.clear()
        super().close()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._count, last=last), chunk, None))
        self._count += 1

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it; after a fault without the last chunk, so that the file never counts as whole."""
        if kind:
            super().close()
        else:
            self.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self


def opened_chunks(file: BinaryIO, private: bytes) -> Iterator[bytes]:
    """Yield what a sealed file holds, a chunk at a time, each only once it is proven.

    Args:
        file: at its beginning.
        private: the key that its header holds sealed, from `open_key`.

    Raises:
        SealedFileError: the file is none, was changed, or is cut off.
    """
    header, line = read_header(file)
    try:
        theirs = X25519PublicKey.from_public_bytes(_bytes(header["file_key"]))
        cipher = ChaCha20Poly1305(_stream_key(X25519PrivateKey.from_private_bytes(private).exchange(theirs), line))
    except (KeyError, ValueError, TypeError) as fault:
        raise SealedFileError(SealedFault.HEADER) from fault
    count, chunk = 0, file.read(CHUNK + TAG)
    while True:
        following = file.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(count, last=not following), chunk, None)
        except InvalidTag:
            raise SealedFileError(SealedFault.CHANGED) from None
        if not following:
            return
        count, chunk = count + 1, following


def _stream_key(shared: bytes, header: bytes) -> bytes:
    """Return the key of one file; a changed header gives another."""
    return HKDF(SHA256(), KEY_BYTES, salt=hashlib.sha256(header).digest(), info=FORMAT.encode()).derive(shared)


def _derived(key: Mapping[str, object], passphrase: str) -> bytes:
    memory, iterations, lanes = (key[name] for name in ("memory_kib", "iterations", "lanes"))
    if not (isinstance(memory, int) and isinstance(iterations, int) and isinstance(lanes, int)):
        raise TypeError("no numbers")
    if not (0 < memory <= MOST_MEMORY_KIB and 0 < iterations <= MOST_ITERATIONS and 0 < lanes <= MOST_LANES):
        raise ValueError("more than any key of ours asks for")
    derivation = Argon2id(
        salt=_bytes(key["salt"]), length=KEY_BYTES, iterations=iterations, lanes=lanes, memory_cost=memory
    )
    return derivation.derive(passphrase.encode())


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(COUNTER_BYTES, "big") + bytes([last])


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(value: object) -> bytes:
    if not isinstance(value, str):
        raise TypeError("no text")
    return base64.b64decode(value, validate=True)
