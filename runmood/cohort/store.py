"""A copy of the pooled files in an S3-compatible store, for analysts elsewhere: the same files, and no other.

Homes, register, key and releases stay on the disk, and a night needs no network: the copy is made once it is over. A
store that keeps what is written over or deleted is refused, since what somebody took back would stay readable in it.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from runmood.cohort.folder import ROWS, CohortError
from runmood.core.files import make_folder, read_kept, replace_made
from runmood.core.i18n import message
from runmood.core.json_records import read_record
from runmood.schema.cohort import COHORT_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.cohort.folder import Cohort

    Client = Any  # botocore makes its methods from a description at run time

NOTED = "store.json"
ON_THE_NETWORK = ("iam-role", "container-role")  # providers that ask an address of the network for credentials
PATIENCE = {"connect_timeout": 10, "read_timeout": 60, "retries": {"mode": "standard", "total_max_attempts": 3}}
AS_S3_WAS_BEFORE = {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}
OURS = re.compile(rf"(?:{'|'.join(table.name for table in COHORT_TABLES)})/bucket=\d+/{re.escape(ROWS)}")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it was last put into the store: a hash of its content, and the tag that the store gave it."""

    sha256: str
    tag: str


@dataclass(slots=True)
class StoreRecord:
    """What is known of the copy: whether the last one was made to its end, and each file by its name below `pooled`."""

    complete: bool = False
    files: dict[str, StoredFile] = field(default_factory=dict)


def copy_to_store(cohort: Cohort) -> None:
    """Make the files in the store those of the folder `pooled`; nothing where the cohort's settings name no store.

    Files that are there with the same content stay; what is here no more is deleted there. In the end the store is
    listed, and holds of the pooled files these alone, as they were put there.

    Raises:
        CohortError: it cannot be reached or used, keeps deleted files, or does not hold what it was given. Files of
            before may still be in it; the next night tries again.
    """
    if cohort.settings.store is None:
        return
    expect_changes(cohort)
    record = read_store_record(cohort)
    bucket, prefix = _place(cohort.settings.store)
    with _connected(cohort) as client:
        _refuse_versions(client, bucket, cohort)
        local = {path.relative_to(cohort.pooled).as_posix(): path for path in cohort.pooled.glob(f"*/bucket=*/{ROWS}")}
        there = _listed(client, bucket, prefix)
        for name in there.keys() - local.keys():
            client.delete_object(Bucket=bucket, Key=f"{prefix}{name}")
            record.files.pop(name, None)
        for name, path in sorted(local.items()):
            content = path.read_bytes()
            sha256 = hashlib.sha256(content).hexdigest()
            if name in there and record.files.get(name) == StoredFile(sha256, there[name]):
                continue
            put = client.put_object(Bucket=bucket, Key=f"{prefix}{name}", Body=content)
            record.files[name] = StoredFile(sha256, put["ETag"])
        record.files = {name: record.files[name] for name in local}
        _note(cohort, record)
        if _listed(client, bucket, prefix) != {name: each.tag for name, each in record.files.items()}:
            raise CohortError(message("cohort.store.differs", store=cohort.settings.store))
    record.complete = True
    _note(cohort, record)


def expect_changes(cohort: Cohort) -> None:
    """Note that the pooled files change, so that a copy which is not made after all is known to be behind."""
    if cohort.settings.store is not None:
        record = read_store_record(cohort)
        record.complete = False
        _note(cohort, record)


def is_behind(cohort: Cohort) -> bool:
    """Return whether there is a store whose copy was not made to its end since the pooled files last changed."""
    return cohort.settings.store is not None and not read_store_record(cohort).complete


def read_store_record(cohort: Cohort) -> StoreRecord:
    """Return what is known of the copy; nothing where there is none or it is not legible: all is put there again."""
    try:
        return read_record(StoreRecord, json.loads(read_kept(cohort.work / NOTED)))
    except (OSError, ValueError, RecursionError):
        return StoreRecord()


def _note(cohort: Cohort, record: StoreRecord) -> None:
    replace_made(make_folder(cohort.work) / NOTED, json.dumps(asdict(record)))


def _place(address: str) -> tuple[str, str]:
    """Return the bucket, and what stands before the name of a file in it."""
    parts = urlsplit(address)
    return parts.netloc, f"{parts.path.strip('/')}/"


@contextmanager
def _connected(cohort: Cohort) -> Iterator[Client]:
    """Yield a client of the store; what goes wrong with it is a sentence."""
    try:
        from botocore.config import Config  # noqa: PLC0415 - installed where a store is used
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415
        from botocore.session import get_session  # noqa: PLC0415
    except ModuleNotFoundError as fault:
        raise CohortError(message("cohort.store.not_installed")) from fault
    session = get_session()
    for name in ON_THE_NETWORK:
        session.get_component("credential_provider").remove(name)
    try:
        yield session.create_client(
            "s3",
            endpoint_url=cohort.settings.store_endpoint,
            region_name=session.get_config_variable("region") or "us-east-1",
            config=Config(s3={"addressing_style": "path"}, **PATIENCE, **AS_S3_WAS_BEFORE),
        )
    except (BotoCoreError, ClientError) as fault:
        raise CohortError(message("cohort.store.failed", store=cohort.settings.store, fault=str(fault))) from fault


def _refuse_versions(client: Client, bucket: str, cohort: Cohort) -> None:
    """Refuse a bucket that keeps, or once kept, what is written over and deleted."""
    if client.get_bucket_versioning(Bucket=bucket).get("Status"):
        raise CohortError(message("cohort.store.versioned", store=cohort.settings.store))


def _listed(client: Client, bucket: str, prefix: str) -> dict[str, str]:
    """Return the tag of each pooled file in the store, by its name; whatever else lies there is left alone."""
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    found = {each["Key"].removeprefix(prefix): each["ETag"] for page in pages for each in page.get("Contents", ())}
    return {name: tag for name, tag in found.items() if OURS.fullmatch(name)}
