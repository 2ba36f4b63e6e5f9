"""The command that shows the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from runmood.home.home import chosen_home
from runmood.warehouse.queries import has_current_schema
from runmood.web.adapters.home import PAIRED_DEVICES, build_app_context
from runmood.web.app import create_app
from runmood.web.security.pairing import PairedDevices
from runmood.web.server import network_address, serve
from runmood.web.svg.qr import as_text

if TYPE_CHECKING:
    from runmood.home.home import Home
    from runmood.web.ports import AppContext


WIFI = (
    "Read the code with the camera of a phone in the same wifi. It holds for one phone and ten minutes; the settings\n"
    "page shows a fresh one. In the wifi nothing is encrypted: who runs it could read along, so do this at home."
)


def web(
    context: typer.Context,
    *,
    port: Annotated[int, typer.Option(help="Where on this machine.", min=1, max=65535)] = 8730,
    lan: Annotated[bool, typer.Option("--lan", help="Let phones in the same wifi check in.")] = False,
    unpair: Annotated[bool, typer.Option("--unpair", help="Send away every phone that may come in.")] = False,
) -> None:
    """A local page: check in, look, bring files. For this machine only, and with --lan for phones that you let in."""
    home = chosen_home(context.obj)
    if unpair:
        typer.echo(_sent_away(PairedDevices(home.work / PAIRED_DEVICES)))
        return
    network = network_address() if lan else None
    app_context = build_app_context(home.root)
    _make_what_cannot_be_read(home, app_context)
    app, access = create_app(app_context, f"{network}:{port}" if network else None)
    typer.echo(f"http://127.0.0.1:{port}  (stop with Ctrl-C)")
    if network:
        typer.echo(f"\n{as_text(access.pairing_address())}\n{access.pairing_address()}\n{WIFI}")
    serve(app, port, network)


def _make_what_cannot_be_read(home: Home, context: AppContext) -> None:
    """What this version cannot read is made anew, by a process of its own, while check-ins are taken already."""
    if home.published.exists() and not has_current_schema(home.published):
        typer.echo("This version cannot read the days and findings that are there; they are being made anew.")
        context.jobs.update()


def _sent_away(phones: PairedDevices) -> str:
    names = [f"{phone.name}, since {phone.since}" for phone in phones.all()]
    phones.remove(None)
    return "\n".join(["Sent away:", *names]) if names else "No phone may come in."
