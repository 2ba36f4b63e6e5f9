"""A cohort's night from beginning to end, by whatever serves its buckets; and a withdrawal at once."""

from __future__ import annotations

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING

from runmood.cohort.bucket import BEGUN, Ledger, all_visits, serve_bucket
from runmood.cohort.contributions import forget_persons
from runmood.cohort.folder import CohortError, place_of
from runmood.cohort.release import forget_leavers, release_week
from runmood.cohort.store import copy_to_store, expect_changes
from runmood.cohort.warm_worker import WarmWorker, WorkerStoppedError
from runmood.core.errors import UserError
from runmood.home.home import check_links, open_existing
from runmood.schema.cohort import COHORT_TABLES
from runmood.warehouse.cohort import build_catalogue
from runmood.workflow.pooled_effects import keep_pooled_effects

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from runmood.cohort.folder import Cohort

    Serve = Callable[[list[int]], Iterator[tuple[int, dict[str, int] | None]]]


@dataclass(frozen=True, slots=True)
class CohortNight:
    """What a cohort's night came to: homes by outcome, buckets that could not be served, rows by table.

    `store_fault` is why the copy in the store could not be made, if there is one.
    """

    day: dt.date
    outcomes: Counter[str] = field(default_factory=Counter)
    lost: tuple[int, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)
    store_fault: CohortError | None = None


def do_night(cohort: Cohort, day: dt.date, serve: Serve) -> CohortNight:
    """Do the night of every home, make the cohort's database anew, and release the week if that has not been done.

    Args:
        cohort: the cohort.
        day: up to which day homes are made.
        serve: serves buckets; yields each with the homes by outcome, or null where it could not be served.

    Returns:
        What it came to.

    Raises:
        HomeIsBusyError: another night of this cohort is under way.
    """
    with cohort.writing(wait=False):
        expect_changes(cohort)
        for left in cohort.work.glob("parts-*"):
            shutil.rmtree(left, ignore_errors=True)
        outcomes: Counter[str] = Counter()
        lost = []
        for bucket, counts in serve(filled_buckets(cohort)):
            if counts is None:
                lost.append(bucket)
            else:
                outcomes.update(counts)
        rows = rebuild_catalogue(cohort)
        release_week(cohort, day)
        fault = None
        try:
            copy_to_store(cohort)
        except CohortError as error:
            fault = error
        return CohortNight(day, outcomes, tuple(sorted(lost)), rows, fault)


def filled_buckets(cohort: Cohort) -> list[int]:
    """Return the buckets that have a home, the fullest first, so that no worker is left with one at the end."""
    homes = Counter(cohort.bucket(each.member) for each in cohort.members())
    return sorted(homes, key=lambda bucket: (-homes[bucket], bucket))


def serve_here(cohort: Cohort, day: dt.date, workers: int) -> Serve:
    """Return what serves buckets on this computer, by so many processes and without an engine."""

    def serve(buckets: list[int]) -> Iterator[tuple[int, dict[str, int] | None]]:
        with ExitStack() as stack, ThreadPoolExecutor(workers) as threads:
            idle: SimpleQueue[WarmWorker] = SimpleQueue()
            for _ in range(workers):
                idle.put(stack.enter_context(WarmWorker()))

            def one(bucket: int) -> tuple[int, dict[str, int] | None]:
                worker = idle.get()
                try:
                    return bucket, serve_bucket(str(cohort.root), bucket, day, worker)
                except (WorkerStoppedError, OSError):
                    return bucket, None
                finally:
                    idle.put(worker)

            yield from threads.map(one, buckets)

    return serve


def rebuild_catalogue(cohort: Cohort) -> dict[str, int]:
    """Remove the files of buckets without a home, and make the database anew; return its rows by table."""
    buckets = filled_buckets(cohort)
    filled = {place_of(cohort.pooled, table.name, bucket).parent for table in COHORT_TABLES for bucket in buckets}
    for folder in cohort.pooled.glob("*/bucket=*"):
        if folder not in filled:
            shutil.rmtree(folder)
    return build_catalogue(cohort.pooled, cohort.database, cohort.work / "cohort.duckdb")


def withdraw(cohort: Cohort, home: Path) -> None:
    """Take a home out of the cohort, and all that its person gave out of every file, now.

    What it was handed of the cohort's releases is taken away too, where the home is there and can be opened.

    Raises:
        CohortError: the home is none of this cohort; or all is done, but for the copy in the store.
    """
    with cohort.writing():
        expect_changes(cohort)
        member = cohort.remove(home)
        bucket = cohort.bucket(member.member)
        forget_persons(cohort.pooled, bucket, [cohort.person(member.member)])
        Ledger(cohort, bucket).keep_only({each.member for each in cohort.members(bucket)})
        rebuild_catalogue(cohort)
        forget_leavers(cohort)
        with suppress(UserError, OSError):  # it may be gone, or no home any more
            check_links(member.home)
            keep_pooled_effects(open_existing(member.home), None)
        copy_to_store(cohort)


def count_done(cohort: Cohort, day: dt.date) -> int:
    """Return how many homes have been served this night, for whoever watches."""
    return sum(visit.day == day and visit.outcome != BEGUN for visit in all_visits(cohort).values())
