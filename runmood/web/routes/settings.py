"""The settings of a home, and its paired phones."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from typing import TYPE_CHECKING

from runmood.core.catalogue import catalogue, languages
from runmood.core.enums import CheckInKind, ItemKind
from runmood.core.errors import UserError
from runmood.core.i18n import message
from runmood.journal.custom_questions import FEWEST_CHOICES, TAKEN
from runmood.web.access import PHONE_COOKIE, PHONE_LASTS_S, qr_as_svg
from runmood.web.context import RenderContext, redirect_to

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from runmood.web.forms import FormData
    from runmood.web.ports import SettingValue


EDITABLE = ("name", "units", "time_zone", "language")
TEXTS = ("country", "nightly_at", "prefect_server")
NUMBERS = ("heart_max_bpm", "privacy_zone_m")
LINES = ("folders", "distress_phrases", "tracked_tags", "cohort_gives", "cohort_receives")
MORE = ("country", "heart_max_bpm", "heart_zones_bpm", "privacy_zone_m", "nightly_at", *LINES, "prefect_server")
QUESTION_LIMIT, NAME_LENGTH = 200, 30  # characters of a question, and of its name
PHONE_MODELS = ("iPhone", "iPad", "Android")  # as the User-Agent header names them


@dataclass(frozen=True, slots=True)
class SettingsRoutes:
    """The pages of settings and phones."""

    render: RenderContext

    def page(self, request: Request) -> Response:
        """Show the settings and where their file is."""
        return self._page(request)

    def change(self, request: Request, form: FormData) -> Response:
        """Change name, units, time zone and language; say why where one of them cannot be."""
        person = self.render.app.person()
        try:
            for name in EDITABLE:
                value = form.one(name).strip()
                if value != (getattr(person, name) or ""):
                    self.render.app.change_setting(name, value)
        except UserError as fault:
            return self._page(request, HTTPStatus.UNPROCESSABLE_ENTITY, fault.spoken(self.render.translator()))
        return redirect_to("/settings")

    def change_more(self, request: Request, form: FormData) -> Response:
        """Change any other setting; say why where one of them cannot be. An empty field takes its line away."""
        shown = self._as_typed()
        try:
            for name in MORE:
                typed = form.one(name).replace("\r\n", "\n").strip()
                if typed != shown[name]:
                    self.render.app.change_setting(name, _parsed(name, typed))
        except UserError as fault:
            return self._page(request, HTTPStatus.UNPROCESSABLE_ENTITY, fault.spoken(self.render.translator()), form)
        return redirect_to("/settings")

    def add_question(self, request: Request, form: FormData) -> Response:
        """Add a question of the person's own, asked from the next check-in on; say why where it cannot be asked."""
        try:
            question = _question(form)
            self.render.app.change_question(self._name_for(str(question["question"])), question)
        except UserError as fault:
            return self._page(request, HTTPStatus.UNPROCESSABLE_ENTITY, fault.spoken(self.render.translator()), form)
        return redirect_to("/settings#questions")

    def remove_question(self, request: Request, form: FormData) -> Response:
        """Ask a question no more; its answers stay in the journal."""
        name = form.one("name")
        if name not in {each.name for each in self.render.app.person().items}:
            return self.render.message(request, HTTPStatus.BAD_REQUEST)
        self.render.app.change_question(name, None)
        return redirect_to("/settings#questions")

    def _name_for(self, words: str) -> str:
        """Return a name that no question has, from the first words of a new one; it becomes a column."""
        plain = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
        first = "_".join(re.findall(r"[a-z0-9]+", plain))[:NAME_LENGTH].strip("_") or "question"
        base = first if first[0].isalpha() else f"q_{first}"
        taken = {each.name for each in self.render.app.person().items} | TAKEN
        return next(name for n in count(1) if (name := base if n == 1 else f"{base}_{n}") not in taken)

    def _as_typed(self) -> dict[str, str]:
        """Return the other settings as a person would type them, empty where unset."""
        return {name: _typed(name, self.render.app.settings()[name]) for name in MORE}

    def _page(
        self, request: Request, status: int = HTTPStatus.OK, error: str = "", form: FormData | None = None
    ) -> Response:
        access, items = self.render.access, self.render.app.person().items
        typed = {name: form.one(name) for name in form.fields} if form else {}
        code = qr_as_svg(access.pairing_address()) if access.address else ""
        return self.render.page(
            request, "settings/settings", status, person=self.render.app.person(), error=error,
            languages={each: catalogue(each)["language_name"] for each in languages()},
            more=self._as_typed() | {name: words for name, words in typed.items() if name in MORE}, lines=LINES,
            questions=items, kinds=tuple(ItemKind), moments=tuple(CheckInKind), asked=typed,
            asked_when=form.several("when") if form else (), limit=QUESTION_LIMIT,
            phones=access.phones.all(), code=code, address=access.address,
        )  # fmt: skip

    def unpair(self, request: Request, form: FormData) -> Response:
        """Remove a paired phone."""
        number = form.one("phone")
        if not number.isascii() or not number.isdigit():
            return self.render.message(request, HTTPStatus.BAD_REQUEST)
        self.render.access.phones.remove(int(number))
        return redirect_to("/settings")

    def let_look(self, request: Request, form: FormData) -> Response:
        """Let a paired phone see calendar and trends, or no more; only the computer itself can say so."""
        number = form.one("phone")
        if not number.isascii() or not number.isdigit():
            return self.render.message(request, HTTPStatus.BAD_REQUEST)
        self.render.access.phones.let_look(int(number), looks=form.one("looks") == "yes")
        return redirect_to("/settings")

    def confirm_pairing(self, request: Request) -> Response:
        """Ask a phone that scanned the code to confirm; opening the page alone does not use the code up."""
        return self.render.page(request, "settings/pair", pairing_token=request.query_params.get("token", "")[:64])

    def pair(self, request: Request, form: FormData) -> Response:
        """Pair a phone that sends the code's token."""
        access = self.render.access
        if not access.pairing_code.accept(form.one("pairing_token")):  # first: wrong ones never lock out the right one
            if access.pairing_code.is_rate_limited():
                return self.render.message(request, HTTPStatus.TOO_MANY_REQUESTS)
            return self.render.message(request, HTTPStatus.FORBIDDEN, "message.no_invitation")
        agent = request.headers.get("user-agent", "")
        name = next((model for model in PHONE_MODELS if model in agent), "browser")
        secret = access.phones.add(name, self.render.app.now().date().isoformat())
        reply = redirect_to("/check-in")
        reply.set_cookie(PHONE_COOKIE, secret, max_age=PHONE_LASTS_S, httponly=True, samesite="strict")
        return reply


def _question(form: FormData) -> dict[str, str | list[str]]:
    """Return a question as the settings have it.

    Raises:
        UserError: it has no words or too many, or fewer than two choices where one of several answers it.
    """
    words, kind = " ".join(form.one("question").split()), form.one("kind")
    if not 0 < len(words) <= QUESTION_LIMIT:
        raise UserError(message("settings.question.length", limit=QUESTION_LIMIT))
    question: dict[str, str | list[str]] = {"question": words, "kind": kind}
    if kind == ItemKind.CHOICE:
        choices = [line.strip() for line in form.one("choices").splitlines() if line.strip()]
        if len(set(choices)) < FEWEST_CHOICES:
            raise UserError(message("settings.question.few"))
        question["choices"] = choices
    when = [str(each) for each in CheckInKind if each in form.several("when")]
    if when and len(when) < len(CheckInKind):
        question["when"] = when
    return question


def _typed(name: str, value: object) -> str:
    """Return a setting as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ("\n" if name in LINES else ", ").join(map(str, value))
    return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)


def _parsed(name: str, typed: str) -> SettingValue:
    """Return a setting as its file is to have it; a number that is none stays text, and the file's reader says why."""
    if name in LINES:
        return [line.strip() for line in typed.split("\n") if line.strip()]
    parts = [part.strip() for part in typed.split(",") if part.strip()]
    numbers = [int(part) if part.isascii() and part.isdigit() else part for part in parts]
    if name == "heart_zones_bpm":
        return numbers  # type: ignore[return-value]  # mixed where a part is no number
    return numbers[0] if name in NUMBERS and len(numbers) == 1 else typed
