"""A local page for one person: to check in, to look, to bring files. Everything it knows of the home is given to it.

    create_app(given, address)        -> the pages and their gate; with an address in the network, phones may be let in
    serve(app, port, network)         -> nothing; shows them until interrupted, and logs no request
    network_address()                 -> this computer's address in its network
    as_text(address)                  -> a QR code in characters
    Given, Looking, Saying, Working …  what the pages are given (`given.py`): callables, so that no room is behind them

Every page can be read without a script and asks nothing of any other computer. It answers only to this computer's own
names; whoever can use this computer can read what it shows. A phone may check in once it was let in, and no more.
"""

from runmood.web.app import create_app
from runmood.web.given import Finding, Given, Looking, Person, Saying, Spoken, Work, Working
from runmood.web.listening import network_address, serve
from runmood.web.pictures.qr import as_text
from runmood.web.safety.pairing import Phones

__all__ = [
    "Finding",
    "Given",
    "Looking",
    "Person",
    "Phones",
    "Saying",
    "Spoken",
    "Work",
    "Working",
    "as_text",
    "create_app",
    "network_address",
    "serve",
]
