"""Only a browser that opened the printed address is this person's: other accounts share the computer's loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.web_client import OURS, WebClient

from runmood.web.app import create_app

if TYPE_CHECKING:
    from runmood.web.access import AccessControl


TOKEN = "the-token-that-was-printed"  # noqa: S105 - of this test


@pytest.fixture
def launched(client: WebClient) -> WebClient:
    """The pages as `runmood web` serves them."""
    client.app, client.access = launched_app(client)
    client.browser = client.open_browser("127.0.0.1", OURS)
    return client


def launched_app(client: WebClient) -> tuple[object, AccessControl]:
    """The application with a token."""
    return create_app(client.context, None, TOKEN)


@pytest.mark.parametrize("path", ["/", "/check-in", "/runs", "/findings", "/summary", "/settings", "/token", "/import"])
@pytest.mark.parametrize("query", ["", "?launch=", "?launch=guess"])
def test_another_account_reads_nothing(launched: WebClient, path: str, query: str) -> None:
    """Without the token every page is a sentence, and no cookie is set that opens another."""
    refused = launched.browser.get(path + query)
    assert refused.status_code == 403
    assert "printed" in refused.text
    assert "runmood-launch" not in refused.headers.get("set-cookie", "")


def test_another_account_writes_nothing(launched: WebClient) -> None:
    """A form without the cookie is refused, whatever else it brings."""
    assert launched.browser.post("/check-in", data={"kind": "evening", "mood": "1"}).status_code == 403
    assert launched.browser.post("/import", content=b"x").status_code == 403
    assert not (launched.journal / "journal.jsonl").exists()


def test_the_printed_address_opens_everything(launched: WebClient) -> None:
    """It sets a cookie that no other site can send, and leaves the token in no address."""
    opened = launched.browser.get(f"/?launch={TOKEN}")
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    cookie = opened.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert launched.browser.get("/check-in").status_code == 200
