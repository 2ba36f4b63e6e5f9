"""Which requests are accepted, and the headers of every response."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.web_client import FORM_TYPE, OURS, WebClient

if TYPE_CHECKING:
    from pathlib import Path

    from httpx import Response


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:80", "LOCALHOST", "[::1]", "[::1]:9"])
def test_our_own_names_are_answered(client: WebClient, host: str) -> None:
    """The page answers to this computer's names for itself, with any port."""
    assert client.browser.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "127.0.0.2", "10.0.0.5:8000",
        "[::1].evil", "::1", "localhost:", "127.0.0.1:8000@evil", "127.0.0.1 evil.example", "", "127.0.0.1:99999999",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/summary", "/nowhere", "/static/runmood.css"])
def test_another_name_is_refused(client: WebClient, host: str, path: str) -> None:
    """A site that points its own name at this computer gets nothing, whatever it asks for."""
    client.home.page.parent.mkdir()
    client.home.page.write_text("private")
    reply = client.browser.get(path, headers={"Host": host})
    assert reply.status_code == 400
    assert "private" not in reply.text


def test_a_check_in_under_another_name_is_refused(client: WebClient) -> None:
    """Even with a good token nothing is stored under a foreign name."""
    assert client.send(headers={"Host": "evil.example"}).status_code == 400
    assert client.lines() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "https://127.0.0.1:8000"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": OURS},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
)
def test_a_form_from_another_site_is_refused(client: WebClient, headers: dict[str, str]) -> None:
    """A form that another page sent is not stored, even with a good token, and nothing of it is shown."""
    reply = client.send(headers=headers, note="planted")
    assert reply.status_code == 403
    assert "planted" not in reply.text
    assert client.lines() == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": OURS},
        {"Origin": OURS, "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_our_own_form_is_taken(client: WebClient, headers: dict[str, str]) -> None:
    """A form of ours is stored, whether or not the browser says where it comes from."""
    assert client.send(headers=headers).status_code == 303


@pytest.mark.parametrize("token", ["", "0" * 64, "ü"])
def test_a_form_without_our_token_is_not_stored(client: WebClient, token: str) -> None:
    """Without the token that went with the form nothing is stored, but nothing typed is lost."""
    reply = client.send(token=token, note="Keep me")
    assert reply.status_code == 403
    assert client.lines() == []
    assert "Keep me" in reply.text
    assert "please save again" in reply.text
    assert 'action="/check-in"' in reply.text


def test_a_change_without_our_token_changes_nothing(client: WebClient) -> None:
    """A change from before a restart comes back as it was typed, to be saved again in its place."""
    client.send()
    (said,) = client.context.journal.check_ins(client.clock.date())
    form = {"token": "0" * 64, "kind": "evening", "mood": "2", "energy": "5", "note": "Keep me"}
    reply = client.browser.post(f"/check-in/{said.id}", data=form)
    assert reply.status_code == 403
    assert "Keep me" in reply.text
    assert f'action="/check-in/{said.id}"' in reply.text
    assert len(client.lines()) == 1


def test_a_token_is_worth_nothing_without_its_cookie(client: WebClient) -> None:
    """A token counts only in the browser that it was handed to."""
    token = client.token()
    client.browser.cookies.clear()
    form = {"token": token, "kind": "evening", "mood": "7", "energy": "5"}
    assert client.browser.post("/check-in", data=form).status_code == 403
    assert client.lines() == []


def test_a_form_from_before_a_restart_can_be_saved_again(client: WebClient, tmp_path: Path) -> None:
    """Another start of runmood does not know the token, shows the form again, and that one is stored."""
    later = WebClient(tmp_path / "home")
    assert later.send(token=client.token(), note="Keep me").status_code == 403
    assert later.send(note="Keep me").status_code == 303


def test_the_cookie_is_for_this_site_only(client: WebClient) -> None:
    """The form's cookie is SameSite=Strict, out of reach of scripts, and ends with the browser."""
    cookie = client.browser.get("/check-in").headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie
    assert "max-age" not in cookie
    assert "expires" not in cookie


def test_what_is_too_large_is_not_read(client: WebClient) -> None:
    """More than 64 KB is refused, said in advance or not."""
    pieces = (b"x" * 1024 for _ in range(65))
    assert client.browser.post("/check-in", content=b"x" * 65_537, headers=FORM_TYPE).status_code == 413
    assert client.browser.post("/check-in", content=pieces, headers=FORM_TYPE).status_code == 413
    assert client.browser.post("/check-in", content=b"x" * 65_536, headers=FORM_TYPE).status_code == 403


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_only_forms_are_read(client: WebClient, kind: str) -> None:
    """What is not a plain form is refused unread."""
    assert client.browser.post("/check-in", content=b"{}", headers={"Content-Type": kind}).status_code == 415


def test_bytes_that_are_no_text_are_asked_again(client: WebClient) -> None:
    """A form of random bytes is a kind refusal, not a crash."""
    reply = client.browser.post("/check-in", content=bytes(range(256)) + b"&mood=%ff%fe&=&&;", headers=FORM_TYPE)
    assert reply.status_code == 403


def replies(client: WebClient) -> dict[str, Response]:
    """One answer of every sort."""
    browser = client.browser
    return {
        "form": browser.get("/check-in"),
        "today": browser.get("/"),
        "import": browser.get("/import"),
        "token": browser.get("/token"),
        "worker": browser.get("/worker.js"),
        "manifest": browser.get("/manifest.webmanifest"),
        "again": client.send(mood=""),
        "redirect": client.send(),
        "saved": browser.get("/saved"),
        "empty": browser.get("/summary"),
        "support": browser.get("/support"),
        "400": browser.get("/", headers={"Host": "evil.example"}),
        "403": client.send(headers={"Origin": "https://evil.example"}),
        "404": browser.get("/nowhere"),
        "405": browser.delete("/check-in"),
        "413": browser.post("/check-in", content=b"x" * 70_000, headers=FORM_TYPE),
        "415": browser.post("/check-in", content=b"{}"),
    }


def test_every_answer_carries_the_rules(client: WebClient) -> None:
    """Each answer, refusals included, tells the browser to run nothing, keep nothing and tell nobody."""
    for name, reply in replies(client).items():
        policy = set(reply.headers["content-security-policy"].split("; "))
        assert policy == {
            "default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'", "style-src 'self'",
            "img-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", "form-action 'self'",
        }, name  # fmt: skip
        assert reply.headers["x-content-type-options"] == "nosniff", name
        assert reply.headers["referrer-policy"] == "same-origin", name
        assert reply.headers["cache-control"] == "no-store", name
        assert not any(header.startswith("access-control") for header in reply.headers), name


def test_no_answer_for_other_sites(client: WebClient) -> None:
    """A preflight is refused and no other origin is ever named."""
    reply = client.browser.options("/check-in", headers={"Origin": "https://evil.example"})
    assert reply.status_code == 405
    assert not any(header.startswith("access-control") for header in reply.headers)


@pytest.mark.parametrize(
    "path", ["/docs", "/redoc", "/openapi.json", "/static/../app.py", "/static/..%2fapp.py", "/../pyproject.toml"]
)
def test_nothing_else_is_there(client: WebClient, path: str) -> None:
    """No documentation of the addresses, and no file but those meant to be there."""
    assert client.browser.get(path).status_code == 404


def test_a_crash_is_a_kind_sentence(client: WebClient) -> None:
    """A fault in our own code shows a sentence, the rules, and no inside of the program."""
    client.clock = None  # type: ignore[assignment]  # the fault
    reply = client.browser.get("/check-in")
    assert reply.status_code == 500
    assert "Everything you saved is safe" in reply.text
    assert "Traceback" not in reply.text
    assert "NoneType" not in reply.text
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
