"""A process of its own that serves homes one after the other and stays warm between them.

`python -m runmood.cohort.worker` reads a line of JSON a request and answers with one; it ends when its input ends, so
that none outlives whoever started it, however that ended. `WarmWorker` is how it is asked.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from runmood.cohort.contributions import Contributor, contributions_of, merge_parts, write_part
from runmood.cohort.release import last_release, pooled_effects
from runmood.cohort.warm_worker import BUSY, DONE, FAILED, NOTHING, READY, REFUSED
from runmood.core.catalogue import DEFAULT
from runmood.core.errors import UserError, spoken
from runmood.core.i18n import translator
from runmood.core.process import configure_process
from runmood.home.home import HomeIsBusyError, check_links, open_existing
from runmood.ingest.workers import alone
from runmood.warehouse.database import use_threads
from runmood.workflow.errors import NightlyStep
from runmood.workflow.nightly_run import one_night
from runmood.workflow.pooled_effects import keep_pooled_effects

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.cohort.warm_worker import Answer, Request
    from runmood.core.i18n import Translator
    from runmood.home.home import Home


def serve_home(request: Request) -> Answer:
    """Do the night of a home, if it may be done; return its outcome, a sentence and the processor time."""
    began = time.process_time()
    root, day = Path(request["home"] or ""), dt.date.fromisoformat(request["day"] or "")
    try:
        home = open_existing(root)
        check_links(root)
        outcome, sentence = _night(home, day, Path(request["releases"] or ""))
    except HomeIsBusyError as fault:
        outcome, sentence = BUSY, spoken(_say(request), fault)
    except (UserError, OSError) as fault:
        outcome, sentence = REFUSED, spoken(_say(request), fault)
    return {"outcome": outcome, "sentence": sentence, "cpu_s": round(time.process_time() - began, 3)}


def _say(request: Request) -> Translator:
    """Return how who asks is spoken to; a home that cannot be opened has no language."""
    return translator(request.get("language") or DEFAULT, "metric")


def _night(home: Home, day: dt.date, releases: Path) -> tuple[str, str]:
    """Do the night under the home's own lock, which a night of the person's own may hold."""
    home.make_folders()
    with home.writing(wait=False):
        keep_pooled_effects(home, pooled_effects(last_release(releases)))
        night = one_night(home, day, reader=alone)
    if night.failed:
        return FAILED, " ".join(f"{step}: {sentence}" for step, sentence in night.failed.items())
    return (DONE if night.done else NOTHING), ""


def give(request: Request) -> Answer:
    """Write what a home's person gives into a folder of parts; return how many rows, or why none."""
    root = Path(request["home"] or "")
    contributor = Contributor(request["person"] or "", request["site"])
    try:
        home = open_existing(root)
        check_links(root)
        with NightlyStep(home, "cohort"):
            tables = contributions_of(home, contributor)
            write_part(Path(request["parts"] or ""), contributor, tables)
    except (UserError, OSError) as fault:
        return {"rows": 0, "sentence": spoken(_say(request), fault)}
    return {"rows": sum(frame.height for frame in tables.values()), "sentence": ""}


def merge(request: Request) -> Answer:
    """Put the parts of a bucket together; return how many rows each table has."""
    parts, pooled = Path(request["parts"] or ""), Path(request["pooled"] or "")
    return dict(merge_parts(parts, pooled, int(request["bucket"] or 0)))


ACTIONS: dict[str, Callable[[Request], Answer]] = {"night": serve_home, "give": give, "merge": merge}


def main() -> None:
    """Answer requests until there are no more."""
    configure_process()
    use_threads(1)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that a library prints is taken for an answer
    answers.write(json.dumps(READY) + "\n")
    answers.flush()
    requests = os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0)
    waiting: list[bytes] = []
    arrived = threading.Semaphore(0)
    threading.Thread(target=_read, args=(requests, waiting, arrived), daemon=True).start()
    while arrived.acquire():
        request = json.loads(waiting.pop(0))
        answers.write(json.dumps(ACTIONS[request["do"]](request)) + "\n")
        answers.flush()


def _read(requests: object, waiting: list[bytes], arrived: threading.Semaphore) -> None:
    """Hand requests over; when there is nobody any more to ask, end at once, in the midst of whatever is being done."""
    for line in requests:  # type: ignore[attr-defined]
        waiting.append(line)
        arrived.release()
    os._exit(0)


if __name__ == "__main__":
    main()
