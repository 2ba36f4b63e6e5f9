"""The command that serves the local page."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.home.home import resolve_home
from runmood.warehouse.queries import has_current_schema
from runmood.web.access import LAUNCH_PARAMETER, PairedDevices, qr_as_text
from runmood.web.adapters.home import PAIRED_DEVICES, build_app_context
from runmood.web.app import create_app
from runmood.web.server import network_address, serve

if TYPE_CHECKING:
    from runmood.home.home import Home
    from runmood.web.ports import AppContext


def web(
    context: typer.Context,
    *,
    port: Annotated[int, typer.Option(help="Where on this machine.", min=1, max=65535)] = 8730,
    lan: Annotated[bool, typer.Option("--lan", help="Let phones in the same wifi check in.")] = False,
    unpair: Annotated[bool, typer.Option("--unpair", help="Remove every paired phone.")] = False,
) -> None:
    """Open runmood in your browser: check in, look around, add runs. With --lan also on phones that you pair."""
    home = resolve_home(context.obj, lenient=True)
    if unpair:
        typer.echo(_remove_phones(home, PairedDevices(home.work / PAIRED_DEVICES)))
        return
    network = network_address() if lan else None
    app_context = build_app_context(home.root)
    _rebuild_outdated(home, app_context)
    launch_token = secrets.token_urlsafe(24)
    app, access = create_app(app_context, f"{network}:{port}" if network else None, launch_token)
    typer.echo(home.say("cli.web.address", address=f"http://127.0.0.1:{port}/?{LAUNCH_PARAMETER}={launch_token}"))
    if network:
        typer.echo(f"\n{qr_as_text(access.pairing_address())}\n{access.pairing_address()}\n{home.say('cli.web.wifi')}")
    serve(app, port, network)


def _rebuild_outdated(home: Home, context: AppContext) -> None:
    """Rebuild what this version cannot read, in a process of its own, while check-ins are taken already."""
    if home.published.exists() and not has_current_schema(home.published):
        typer.echo(home.say("cli.web.updating"))
        context.jobs.update()


def _remove_phones(home: Home, phones: PairedDevices) -> str:
    names = [home.say("cli.web.phone", phone=phone.name, since=f"{phone.since}") for phone in phones.all()]
    phones.remove(None)
    return "\n".join([home.say("cli.web.removed"), *names]) if names else home.say("cli.web.no_phone")
