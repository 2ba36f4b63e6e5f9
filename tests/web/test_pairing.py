"""Pairing a phone: once, not for long, and for few pages."""

from __future__ import annotations

import json
import re
import stat
from typing import TYPE_CHECKING

import pytest
from web.web_client import NETWORK, WebClient

from runmood.web.access import PairedDevices, PairingCode

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient


FOR_PHONES = ["/", "/check-in", "/saved", "/support", "/token", "/offline", "/worker.js", "/manifest.webmanifest"]
NOT_FOR_PHONES = [
    "/runs", "/runs/20261121-070000", "/calendar", "/day/2026-11-21", "/findings", "/findings/x", "/summary", "/plan",
    "/goals", "/import", "/settings", "/more", "/doubtful", "/nowhere",
]  # fmt: skip


def pairing_token(client: WebClient) -> str:
    """Return the token in the QR code."""
    return client.access.pairing_address().partition("token=")[2]


def pair(client: WebClient, phone: TestClient, token: str) -> int:
    """Open the address on a phone, press the button, and return the status."""
    token_of_form = client.token(phone, f"/pair?token={token}")
    return int(phone.post("/pair", data={"token": token_of_form, "pairing_token": token}).status_code)


def paired(client: WebClient) -> TestClient:
    """Return a paired phone."""
    phone = client.phone()
    assert pair(client, phone, pairing_token(client)) == 303
    return phone


def test_a_phone_with_the_token_may_check_in(lan_client: WebClient) -> None:
    """After pairing the check-in of a phone reaches the journal."""
    phone = paired(lan_client)
    form = {"token": lan_client.token(phone), "kind": "evening", "mood": "7", "energy": "5"}
    assert phone.post("/check-in", data=form).status_code == 303
    assert json.loads(lan_client.lines()[0])["mood"] == 7


@pytest.mark.parametrize("path", FOR_PHONES)
def test_what_a_phone_may_open(lan_client: WebClient, path: str) -> None:
    """A phone that was let in may check in, see today and read the help lines."""
    assert paired(lan_client).get(path).status_code == 200


def test_a_phone_sees_calendar_and_trends_after_a_yes_on_the_computer(lan_client: WebClient) -> None:
    """Nothing is shown before; the computer alone says yes, no day can be opened, and it can be taken back."""
    phone = paired(lan_client)
    number = str(lan_client.access.phones.all()[0].number)
    for path in ("/calendar", "/trends"):
        assert phone.get(path).status_code == 403
    form = {"token": lan_client.token(phone), "phone": number, "looks": "yes"}
    assert phone.post("/settings/look", data=form).status_code == 403
    assert phone.get("/calendar").status_code == 403
    assert lan_client.post("/settings/look", phone=number, looks="yes").status_code == 303
    for path in ("/calendar", "/trends"):
        page = phone.get(path)
        assert page.status_code == 200
        assert 'href="/day/' not in page.text
    assert 'href="/calendar"' in phone.get("/").text
    for path in ("/runs", "/findings", "/day/2026-11-21", "/settings"):
        assert phone.get(path).status_code == 403
    assert lan_client.phone().get("/calendar").status_code == 403
    assert lan_client.post("/settings/look", phone=number, looks="no").status_code == 303
    assert phone.get("/calendar").status_code == 403
    assert 'href="/calendar"' not in phone.get("/").text


def test_a_list_of_phones_from_before_lets_none_look(tmp_path: Path) -> None:
    """A phone of which nothing was said, or something that is neither yes nor no, sees no calendar."""
    file = tmp_path / "phones.json"
    row = {"number": 1, "name": "iPhone", "since": "2026-11-21", "secret_hash": "x"}
    file.write_text(json.dumps([row]), encoding="utf-8")
    assert [phone.looks for phone in PairedDevices(file).all()] == [False]
    file.write_text(json.dumps([row | {"looks": "yes"}]), encoding="utf-8")
    assert PairedDevices(file).all() == ()


@pytest.mark.parametrize("path", NOT_FOR_PHONES)
def test_what_a_phone_may_not_open(lan_client: WebClient, path: str) -> None:
    """Runs, places, findings, files and settings stay on the computer."""
    reply = paired(lan_client).get(path)
    assert reply.status_code == 403
    assert "Open this page on your computer." in reply.text


@pytest.mark.parametrize(
    "path",
    [
        "/import",
        "/update",
        "/plan/day",
        "/goals",
        "/settings",
        "/settings/unpair",
        "/doubtful",
        "/doubtful/recording",
        "/doubtful/title",
        "/care",
    ],
)
def test_what_a_phone_may_not_send(lan_client: WebClient, path: str) -> None:
    """A phone may send check-ins and nothing else, token or not."""
    phone = paired(lan_client)
    assert phone.post(path, data={"token": lan_client.token(phone)}).status_code == 403


@pytest.mark.parametrize("path", [*FOR_PHONES, *NOT_FOR_PHONES])
def test_a_stranger_sees_nothing(lan_client: WebClient, path: str) -> None:
    """Who was not let in gets the help lines and the page that lets phones in, and of the rest nothing."""
    assert lan_client.phone().get(path).status_code == (200 if path == "/support" else 403)


def test_a_stranger_cannot_check_in(lan_client: WebClient) -> None:
    """Without pairing no check-in is taken."""
    phone = lan_client.phone()
    token_of_form = lan_client.token(phone, "/pair")
    form = {"token": token_of_form, "kind": "evening", "mood": "7", "energy": "5"}
    assert phone.post("/check-in", data=form).status_code == 403
    assert lan_client.lines() == []


def test_today_on_a_phone_tells_of_no_run(lan_client: WebClient) -> None:
    """Today on a phone leads to no page that the phone may not open."""
    links = set(re.findall(r'href="(/[^"?]*)"', paired(lan_client).get("/").text))
    assert links <= {
        "/",
        "/check-in",
        "/support",
        "/manifest.webmanifest",
        *(f"/static/{name}" for name in ("runmood.css", "icon.svg", "icon-192.png")),
    }


def test_the_token_holds_once(lan_client: WebClient) -> None:
    """A second phone with the same token is refused; the code shown next is another one."""
    token = pairing_token(lan_client)
    assert pair(lan_client, lan_client.phone(), token) == 303
    assert pair(lan_client, lan_client.phone(), token) == 403
    assert pairing_token(lan_client) != token


def test_looking_uses_nothing_up(lan_client: WebClient) -> None:
    """A preview that opens the address does not spend the token."""
    token = pairing_token(lan_client)
    lan_client.phone().get(f"/pair?token={token}")
    assert pair(lan_client, lan_client.phone(), token) == 303


def test_the_token_grows_old() -> None:
    """After ten minutes it holds no more, and a fresh one takes its place."""
    clock = [0.0]
    code = PairingCode(lambda: clock[0])
    token = code.token()
    clock[0] = 599.0
    assert code.token() == token
    clock[0] = 601.0
    assert not code.accept(token)
    assert code.token() != token


def test_tries_are_few(lan_client: WebClient) -> None:
    """After five wrong tries within a minute the next wrong one has to wait; the right token never has."""
    phone = lan_client.phone()
    assert [pair(lan_client, phone, "wrong") for _ in range(6)] == [403] * 5 + [429]
    assert pair(lan_client, lan_client.phone(), pairing_token(lan_client)) == 303


def test_tries_are_forgotten_after_a_minute() -> None:
    """A minute later there may be another try."""
    clock = [0.0]
    code = PairingCode(lambda: clock[0])
    assert [code.is_rate_limited() for _ in range(6)] == [False] * 5 + [True]
    clock[0] = 60.0
    assert not code.is_rate_limited()


def test_the_file_cannot_stand_in_for_a_phone(lan_client: WebClient) -> None:
    """The list holds a hash in place of the secret, and is its owner's alone."""
    phone = paired(lan_client)
    path = lan_client.context.paired_devices
    secret = phone.cookies["runmood-phone"]
    assert secret not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_phones_cookie_is_for_this_site_only(lan_client: WebClient) -> None:
    """The cookie is out of reach of scripts and of other sites."""
    phone, token = lan_client.phone(), pairing_token(lan_client)
    token_of_form = lan_client.token(phone, f"/pair?token={token}")
    cookies = phone.post("/pair", data={"token": token_of_form, "pairing_token": token}).headers.get_list("set-cookie")
    (cookie,) = [each.lower() for each in cookies if each.startswith("runmood-phone=")]
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_phone_can_be_sent_away(lan_client: WebClient) -> None:
    """Sent away on the settings page a phone may come in no more; others stay."""
    first, second = paired(lan_client), paired(lan_client)
    assert "browser" in lan_client.browser.get("/settings").text
    assert lan_client.post("/settings/unpair", phone="1").status_code == 303
    assert (first.get("/").status_code, second.get("/").status_code) == (403, 200)


def test_all_phones_can_be_sent_away(lan_client: WebClient) -> None:
    """`runmood web --unpair` sends all away, while the page is open too."""
    phone = paired(lan_client)
    assert PairedDevices(lan_client.context.paired_devices).remove(None) == 1
    assert phone.get("/").status_code == 403


def test_numbers_of_phones_are_not_used_again(tmp_path: Path) -> None:
    """Of three phones, the second sent away, the next is the fourth."""
    phones = PairedDevices(tmp_path / "phones.json")
    for name in ("a", "b", "c"):
        phones.add(name, "2026-11-21")
    phones.remove(2)
    phones.add("d", "2026-11-21")
    assert [phone.number for phone in phones.all()] == [1, 3, 4]


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "evil.example", "192.168.1.5", "192.168.1.5:9"])
def test_a_phone_must_name_us_rightly(lan_client: WebClient, host: str) -> None:
    """From the network only our own address in it is answered: neither another name nor the computer's own."""
    assert lan_client.phone().get("/support", headers={"Host": host}).status_code == 400


def test_the_computer_does_not_answer_to_its_network_name(lan_client: WebClient) -> None:
    """On the computer itself its name in the network is a foreign one."""
    assert lan_client.browser.get("/", headers={"Host": NETWORK}).status_code == 400


def test_without_lan_nobody_is_let_in(client: WebClient) -> None:
    """Where it was not asked for, no phone gets anything, whatever it says."""
    for host in (NETWORK, "127.0.0.1:8000"):
        assert client.phone().get("/pair", headers={"Host": host}).status_code == 400


def test_the_code_is_shown_on_the_computer(lan_client: WebClient, client: WebClient) -> None:
    """The settings page holds the code where phones may be let in, and says how where they may not."""
    assert '<svg width="' in lan_client.browser.get("/settings").text
    assert "runmood web --lan" in client.browser.get("/settings").text
