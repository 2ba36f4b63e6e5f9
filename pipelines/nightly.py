"""The nightly flow: everything that is due, each step a task that Prefect shows, and one page of what happened.

The night itself is `runmood.workflow.nightly_run.one_night`, which knows no Prefect. A task costs some 70 ms, so there
is one a step. What has been done is known from the warehouse and from `.work/last-night.json`, never from Prefect.
"""

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path

import httpx
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import State, TaskRun
from prefect.exceptions import PrefectException
from prefect.runtime import flow_run
from prefect.states import Completed

from pipelines.prefect_env import HOME_VARIABLE
from runmood.home.home import Home, HomeIsBusyError, open_home
from runmood.workflow.errors import NightlyStep, StepFailedError, notify, write_log
from runmood.workflow.nightly_run import (
    NightFailedError,
    NightlyRun,
    Outcome,
    collect_watched_files,
    last_night,
    one_night,
    run_step,
)

# Prefect reads these annotations when a flow runs, from a module that nobody can look up by its name: they are real.


KEPT = dt.timedelta(days=90)
AT_ONCE = 20


def _disk_was_away(_task: object, _run: TaskRun, state: State[object]) -> bool:
    """Only a fault of the disk is worth another try; a fault in the code stays one."""
    fault = state.result(raise_on_failure=False)
    return isinstance(fault, StepFailedError) and fault.by_the_system


@task(
    task_run_name="{step}",
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=2,
    retry_condition_fn=_disk_was_away,
)
def run_nightly(step: str, home: Home, day: dt.date) -> Outcome:
    """Run one step of the night."""
    return run_step(step, home, day)


@flow(name="nightly", persist_result=False)
def nightly(as_of: dt.date | None = None, scheduled: bool = False) -> NightlyRun | State[None]:
    """Everything that is due, once. As scheduled it leaves when tonight's is done, or when somebody else is at it.

    The home is that of the process, in RUNMOOD_HOME: who may start a flow run cannot name another.

    Returns:
        What each step came to, or Prefect's state where the night was left to another.

    Raises:
        NightFailedError: a step failed; the others were done.
    """
    home = open_home(Path(os.environ[HOME_VARIABLE]))
    with NightlyStep(home, "nightly", tell=True):
        night = _tonight(home, as_of or home.today(), scheduled=scheduled)
        if isinstance(night, NightlyRun):
            create_markdown_artifact(night.as_markdown(home.say), "runmood-night", "What was new, refused and found")
    if isinstance(night, NightlyRun) and not night.good:
        raise NightFailedError(night)
    return night


def remove_old_records() -> None:
    """Remove Prefect's records of nights long ago, so that they do not grow for years; the log has what happened.

    A server that stays does so by itself; for one that is ended with the night nobody else would.
    """
    long_ago = FlowRunFilter.model_validate({"start_time": {"before_": dt.datetime.now(dt.UTC) - KEPT}})
    with suppress(httpx.HTTPError, PrefectException), get_client(sync_client=True) as prefect:  # tonight is done
        for old in prefect.read_flow_runs(flow_run_filter=long_ago, limit=AT_ONCE):
            prefect.delete_flow_run(old.id)


def _tonight(home: Home, day: dt.date, *, scheduled: bool) -> NightlyRun | State[None]:
    """Run the night, by one writer at a time; or return that it was left, and to whom."""
    called_at = flow_run.scheduled_start_time
    try:
        with home.writing(wait=not scheduled):
            last = last_night(home)
            if scheduled and last and called_at and last.began_at >= called_at:
                return Completed(name="AlreadyDone", message=f"Done by the night that began at {last.began_at}.")
            collect_watched_files(home)
            return one_night(home, day, run=run_nightly, tell=notify)
    except HomeIsBusyError as fault:
        sentence = fault.spoken(home.say)
        write_log(home, sentence)
        return Completed(name="LeftToAnother", message=sentence)
