"""A client of the pages of a home in a temporary folder: a browser on the computer itself."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runmood.home.home import Home, open_home
from runmood.web.adapters.home import build_app_context
from runmood.web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from httpx import Response

    from runmood.web.ports import AppContext


with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette asks for httpx2, which the project does not carry
    from starlette.testclient import TestClient


EVENING = dt.datetime(2026, 11, 21, 21, 4, 5, 678, tzinfo=ZoneInfo("Europe/London"))
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
OURS = "http://127.0.0.1:8000"
NETWORK = "192.168.1.5:8000"


@dataclass
class WebClient:
    """The pages of a home at a moment, and a browser on the computer; `clock` is read at each request."""

    root: Path
    clock: dt.datetime = EVENING
    settings: str = 'time_zone = "Europe/London"\n'
    lan: bool = False
    language: str = "en"
    context: AppContext = field(init=False)
    browser: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        if not (self.root / "settings.toml").exists():
            (self.root / "settings.toml").write_text(self.settings, encoding="utf-8")
        context = build_app_context(self.home.root)
        person = lambda: replace(context.person(), language=self.language)  # noqa: E731 - as the settings will say
        self.context = replace(context, now=lambda: self.clock, person=person)
        self.app, self.access = create_app(self.context, NETWORK if self.lan else None)
        self.browser = self.open_browser("127.0.0.1", OURS)

    @property
    def home(self) -> Home:
        """Open the home."""
        return open_home(self.root)

    @property
    def journal(self) -> Path:
        """Return the journal's folder."""
        return self.root / "journal"

    def open_browser(self, address: str, base: str) -> TestClient:
        """Return a browser at an address, which opens our pages under a base URL."""
        return TestClient(
            self.app, base_url=base, client=(address, 50000), follow_redirects=False, raise_server_exceptions=False
        )

    def phone(self) -> TestClient:
        """Return a browser elsewhere in the network."""
        return self.open_browser("192.168.1.77", f"http://{NETWORK}")

    def token(self, browser: TestClient | None = None, path: str = "/check-in") -> str:
        """Return the token of a newly opened form."""
        found = re.search(r'name="token" value="([0-9a-f]{64})"', (browser or self.browser).get(path).text)
        assert found
        return found[1]

    def send(self, headers: dict[str, str] | None = None, **fields: str | list[str]) -> Response:
        """Send a check-in of kind evening, mood 7 and energy 5, changed by `fields`, and return the response."""
        form = {"token": self.token(), "kind": "evening", "mood": "7", "energy": "5", **fields}
        return self.browser.post("/check-in", data=form, headers=headers)

    def post(self, path: str, **fields: str | list[str]) -> Response:
        """Send another form and return the response."""
        return self.browser.post(path, data={"token": self.token(), **fields})

    def lines(self) -> list[str]:
        """Return the lines of the journal."""
        path = self.journal / "journal.jsonl"
        return path.read_text(encoding="utf-8").rstrip("\n").split("\n") if path.exists() else []
