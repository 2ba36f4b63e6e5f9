"""The local page joined to a home: what it shows, where it writes, and what it has done by a process of its own.

    web(context, port, lan, unpair)   the command
    giving.given(root)                what the pages are given: callables that look into the home anew at each call

The page opens the published copy for each question and closes it again, and holds no lock: what takes the writer's
lock (an import, everything made anew) is a process of its own (`working`).
"""

from pipelines.serving.command import web

__all__ = ["web"]
