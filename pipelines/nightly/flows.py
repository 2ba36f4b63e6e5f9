"""The two flows: `ingest` reads what is new, `nightly` does everything that is due.

The steps are plain functions in `pipelines.steps`; here they become tasks, so that Prefect shows them, repeats a read
that a disk has interrupted, and keeps a page of what happened. A task costs some 70 ms of work in Prefect, so there is
one for each chunk of files and one for each step, never one for each file. What has been done is known from the
warehouse's ledger, not from Prefect.
"""

# Prefect reads these annotations when a flow runs, from a module that nobody can look up by its name: they are real.
import datetime as dt
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun

from pipelines import steps
from pipelines.home import Home, open_home
from pipelines.importing.telling import batch_as_markdown
from runmood.terms.records import FoundFile


def _disk_was_away(_task: object, _run: TaskRun, state: State[object]) -> bool:
    """Only a fault of the disk is worth another try; a fault in the code stays one."""
    return isinstance(state.result(raise_on_failure=False), OSError)


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=2, retry_condition_fn=_disk_was_away)
def read_chunk(home: Home, batch: str, chunk: list[FoundFile]) -> list[steps.Told]:
    """Some files become runs, or reasons why not."""
    return steps.read_chunk(home, batch, chunk)


@task(cache_policy=NO_CACHE)
def join_days(home: Home, as_of: dt.date) -> None:
    """Runs and what was said become days and weeks."""
    steps.join_days(home, as_of)


@task(cache_policy=NO_CACHE)
def find_patterns(home: Home) -> None:
    """Days become findings."""
    steps.find_patterns(home)


@task(cache_policy=NO_CACHE)
def publish(home: Home, as_of: dt.date) -> None:
    """The database for analysts and the page for the person."""
    steps.publish_copy(home)
    steps.write_summary(home, as_of)


@flow(name="ingest", persist_result=False)
def ingest(home_folder: Path) -> steps.Batch:
    """Everything new in the inbox, read into the warehouse."""
    home = open_home(home_folder)
    with home.writing():
        return _ingest(home)


@flow(name="nightly", persist_result=False)
def nightly(home_folder: Path, as_of: dt.date | None = None) -> steps.Batch:
    """Everything that is due, once: new files, days, findings, the published copy, the page."""
    home = open_home(home_folder)
    day = as_of or home.today()
    with home.writing():
        batch = _ingest(home)
        join_days(home, day)
        find_patterns(home)
        publish(home, day)
    return batch


def _ingest(home: Home) -> steps.Batch:
    name = steps.batch_name(dt.datetime.now(dt.UTC))
    files = [told for chunk in steps.new_files(home) for told in read_chunk(home, name, chunk)]
    batch = steps.close_batch(home, name, "inbox", files)
    create_markdown_artifact(batch_as_markdown(batch), key="runmood-import", description="What was new in the inbox")
    return batch
