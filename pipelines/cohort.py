"""The nights of many homes as a Prefect flow, its tasks on workers of Dask: one task a bucket.

A task's arguments are the cohort's folder, a number and a day, and its result are counts: no frame, no path of a home
and no name of a person goes over the wire or reaches Prefect. A bucket may be served again at any time, so a task whose
worker was killed is simply tried again; what homes have done they know themselves.
"""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import dask
from distributed.scheduler import KilledWorker
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect_dask.task_runners import DaskTaskRunner

from runmood.cohort.bucket import MOST_ATTEMPTS, serve_bucket
from runmood.cohort.folder import Cohort, check_scheduler

if TYPE_CHECKING:
    from prefect.futures import PrefectFuture

    from runmood.cohort.night import Serve

# Prefect reads these annotations when a flow runs, from a module that nobody can look up by its name: they are real.

TRIES_AGAIN = 2


@task(task_run_name="bucket-{bucket}", cache_policy=NO_CACHE, retries=TRIES_AGAIN, retry_delay_seconds=1)
def serve(root: str, bucket: int, day: dt.date) -> dict[str, int]:
    """Serve the homes of one bucket."""
    return serve_bucket(root, bucket, day)


@flow(name="cohort-night", persist_result=False)
def cohort_night(root: str, buckets: list[int], day: dt.date) -> dict[int, dict[str, int] | None]:
    """Serve buckets, and return for each the homes by outcome; null where it could not be served."""
    futures = {bucket: serve.submit(root, bucket, day) for bucket in buckets}
    for future in futures.values():
        future.wait()
    return {bucket: counts_of(future) for bucket, future in futures.items()}


def counts_of(future: "PrefectFuture[dict[str, int]]") -> dict[str, int] | None:
    """Return the homes of a bucket by outcome; null where its task failed, or Dask gave it up after killed workers."""
    try:
        counts = future.result(raise_on_failure=False)
    except KilledWorker:
        return None
    return counts if isinstance(counts, dict) else None


def serve_on_dask(cohort: Cohort, day: dt.date, workers: int, scheduler: str | None = None) -> "Serve":
    """Return what serves buckets on Dask.

    Args:
        cohort: the cohort, whose folder is at the same path for every worker.
        day: up to which day homes are made.
        workers: how many processes of a cluster on this computer.
        scheduler: the address of a cluster that is there; none is made then.

    Returns:
        The function to hand to `do_night`.

    Raises:
        CohortError: the scheduler is elsewhere and does not ask for a certificate.
    """
    if scheduler:
        check_scheduler(cohort, scheduler)
        runner = DaskTaskRunner(address=scheduler)
    else:
        runner = DaskTaskRunner(
            cluster_kwargs={
                "n_workers": workers,
                "threads_per_worker": 1,
                "host": "127.0.0.1",
                "dashboard_address": "127.0.0.1:0",  # a free port, so that another night on this computer warns of none
                "memory_limit": 0,
                "silence_logs": "ERROR",
            }
        )

    def serve_all(buckets: list[int]) -> Iterator[tuple[int, dict[str, int] | None]]:
        dealt = cohort_night.with_options(task_runner=runner)  # type: ignore[arg-type]  # so it is declared there
        # Dask gives a task up when four workers have died that had it or kept it waiting. A bucket gets further each
        # time, since a home with which its worker died twice is passed over: it may be begun as often as that happens.
        failures = MOST_ATTEMPTS * len(cohort.members())
        with dask.config.set({"distributed.scheduler.allowed-failures": failures}):
            yield from dealt(str(cohort.root.resolve()), buckets, day).items()

    return serve_all
