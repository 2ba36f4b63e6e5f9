"""A local page to check in and to read the summary, for one person on their own computer.

    create_app(journal, summary_page, now)   -> the pages; a check-in sent to them is added to the journal folder
    serve(app, port)                         -> nothing; shows them on 127.0.0.1 until interrupted, and logs no request

`summary_page()` gives the HTML of the latest written summary, or None where there is none yet; `now()` gives the
moment with the home's offset from UTC. Every page works without a script and asks nothing of any other computer.
It answers only to this computer's own names; whoever can use this computer can read what it shows.
"""

from runmood.web.app import create_app, serve

__all__ = ["create_app", "serve"]
