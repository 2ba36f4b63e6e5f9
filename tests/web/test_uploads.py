"""Files as a browser sends them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from runmood.web.requests import BadUploadError, UploadedForm, parse_boundary, receive

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


BOUNDARY = "----WebKitFormBoundaryAbc123"


def part(name: str, content: bytes, file_name: str | None = None) -> bytes:
    """Return one part as Chromium writes it."""
    named = f'; filename="{file_name}"\r\nContent-Type: application/octet-stream' if file_name is not None else ""
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + content + b"\r\n"


def body(*parts: bytes) -> bytes:
    """Return a whole form."""
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def received(content: bytes, folder: Path, size: int = 7) -> UploadedForm:
    """Receive the content in chunks of a size."""

    async def stream() -> AsyncIterator[bytes]:
        for at in range(0, len(content), size):
            yield content[at : at + size]

    boundary = parse_boundary(f"multipart/form-data; boundary={BOUNDARY}")
    assert boundary
    return asyncio.run(receive(stream(), boundary, folder))


def test_files_and_values_arrive(tmp_path: Path) -> None:
    """Each file is on disk as it was sent, in order; a value stands under its name; an unchosen file is nothing."""
    sent = body(
        part("token", b"abc"), part("files", b"one\r\n--", "a.fit"), part("files", b"", "b.gpx"), part("files", b"", "")
    )
    form = received(sent, tmp_path)
    assert form.values == {"token": "abc"}
    assert [(path.name, path.read_bytes()) for path in form.files] == [("a.fit", b"one\r\n--"), ("b.gpx", b"")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(content=some.binary(max_size=400), size=some.integers(1, 90))
def test_any_bytes_in_any_pieces_arrive_whole(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, size: int
) -> None:
    """Whatever a file holds and however it is cut on its way, it arrives byte for byte."""
    folder = tmp_path_factory.mktemp("arriving")
    form = received(body(part("files", content, "a.fit"), part("token", b"t")), folder, size)
    assert [path.read_bytes() for path in form.files] == [content]
    assert form.values == {"token": "t"}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\run.fit", "run.fit"),
        ("/", "file"),
        ("..", "file"),
        (".hidden.gpx", "hidden.gpx"),
        ("Läufe (2).zip", "Läufe (2).zip"),
        ("a\x00b<c>.fit", "a_b_c_.fit"),
        ("x" * 300 + ".fit", "x" * 176 + ".fit"),
        ("走" * 100 + ".fit", "走" * 58 + ".fit"),
        ("x" * 300 + "." * 175 + "a.fit", "a.fit"),
    ],
)
def test_a_name_leads_nowhere_else(tmp_path: Path, sent: str, kept: str) -> None:
    """Of a name the last part stays, without what a file system or a page could misread."""
    form = received(body(part("files", b"x", sent)), tmp_path)
    assert [path.name for path in form.files] == [kept]
    assert [path.parent for path in tmp_path.rglob("*")] == [tmp_path]


def test_two_files_of_one_name_stay_two(tmp_path: Path) -> None:
    """The second of a name gets a number."""
    form = received(body(part("files", b"1", "a.fit"), part("files", b"2", "a.fit")), tmp_path)
    assert [path.name for path in form.files] == ["a.fit", "2-a.fit"]


def test_thousands_of_files_of_one_name_have_a_name_each(tmp_path: Path) -> None:
    """None is compared with all before it and with every number: this would take hours."""
    form = UploadedForm(tmp_path, files={tmp_path / "3-a.fit": None})
    for _ in range(3000):
        form.files[form.path_for("a.fit")] = None
    assert len(form.files) == 3001


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no form at all",
        body(part("files", b"x" * 500, "a.fit"))[:300],
        body(part("files", b"x" * 500, "a.fit"))[:-6],
        part("token", b"x" * 5000) + b"--",
        body(*(part(f"value {number}", b"x") for number in range(101))),
        f"--{BOUNDARY}\r\nContent-Disposition: {'x' * 9000}".encode(),
    ],
)
def test_what_is_not_whole_is_refused(tmp_path: Path, content: bytes) -> None:
    """A form that broke off, is none, or holds a value longer than any of ours is refused."""
    with pytest.raises(BadUploadError):
        received(content, tmp_path)


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "application/json; boundary=x"]
)
def test_only_a_form_with_files_has_a_boundary(kind: str) -> None:
    """Another type of content has no line between its parts."""
    assert parse_boundary(kind) is None
