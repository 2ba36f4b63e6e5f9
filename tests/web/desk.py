"""A desk to sit down at: the app over a journal in a temporary folder, and a browser that has opened its form."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runmood.web import create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette asks for httpx2, which the project does not carry
    from starlette.testclient import TestClient

if TYPE_CHECKING:
    from pathlib import Path

    from httpx import Response

EVENING = dt.datetime(2026, 11, 21, 21, 4, 5, 678, tzinfo=ZoneInfo("Europe/London"))
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Desk:
    """The app, what its clock and its summary say, and a browser."""

    journal: Path
    clock: dt.datetime = EVENING
    summary: str | None = None
    browser: TestClient = field(init=False)

    def __post_init__(self) -> None:
        app = create_app(self.journal, lambda: self.summary, lambda: self.clock)
        self.browser = TestClient(
            app, base_url="http://127.0.0.1:8000", follow_redirects=False, raise_server_exceptions=False
        )

    def token(self) -> str:
        """The token of a freshly opened form."""
        found = re.search(r'name="token" value="([0-9a-f]{64})"', self.browser.get("/").text)
        assert found
        return found[1]

    def send(self, headers: dict[str, str] | None = None, **fields: str | list[str]) -> Response:
        """The answer to a form filled in with kind evening, mood 7 and energy 5, unless told otherwise."""
        form = {"token": self.token(), "kind": "evening", "mood": "7", "energy": "5", **fields}
        return self.browser.post("/check-in", data=form, headers=headers)

    def lines(self) -> list[str]:
        """The lines of the journal."""
        path = self.journal / "journal.jsonl"
        return path.read_text(encoding="utf-8").rstrip("\n").split("\n") if path.exists() else []
