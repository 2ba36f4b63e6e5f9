"""The copy of the pooled files in an S3-compatible store, on a server of this computer."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pytest
from cohort.cohort_homes import GIVES_ALL, copies
from pipelines_homes import LAST_DAY

from runmood.cohort.folder import CohortError, open_cohort
from runmood.cohort.night import do_night, serve_here, withdraw
from runmood.cohort.store import NOTED, copy_to_store, is_behind
from runmood.core.files import make_folder

botocore_client = pytest.importorskip("botocore.client", reason="needs runmood[cohort-s3]")
botocore_session = pytest.importorskip("botocore.session", reason="needs runmood[cohort-s3]")
moto_server = pytest.importorskip("moto.server", reason="needs moto[s3], flask and flask-cors")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Typed

    from runmood.cohort.folder import Cohort
    from runmood.cohort.night import CohortNight

BUCKET = "club"
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of a server on this computer that keeps what it is given in memory."""
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield "http://127.0.0.1:{1}".format(*server.get_host_and_port())
    finally:
        server.stop()


@pytest.fixture
def client(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client with an empty bucket; credentials stand where the cohort finds them too."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    made = botocore_session.get_session().create_client("s3", endpoint_url=endpoint, region_name="us-east-1")
    made.create_bucket(Bucket=BUCKET)
    yield made
    for each in made.list_object_versions(Bucket=BUCKET).get("Versions", ()):
        made.delete_object(Bucket=BUCKET, Key=each["Key"], VersionId=each["VersionId"])
    for each in made.list_object_versions(Bucket=BUCKET).get("DeleteMarkers", ()):
        made.delete_object(Bucket=BUCKET, Key=each["Key"], VersionId=each["VersionId"])
    made.delete_bucket(Bucket=BUCKET)


def stored(cohort: Cohort, endpoint: str, address: str = f"s3://{BUCKET}/study/pooled") -> Cohort:
    """The cohort with a store in its settings."""
    with (cohort.root / "cohort.toml").open("a", encoding="utf-8") as lines:
        lines.write(f'store = "{address}"\nstore_endpoint = "{endpoint}"\n')
    return open_cohort(cohort.root)


def night_of(cohort: Cohort, days: int = 0) -> CohortNight:
    """The cohort's night by processes of this computer."""
    day = LAST_DAY + days * DAY
    return do_night(cohort, day, serve_here(cohort, day, 1))


def contents(client: Any) -> dict[str, bytes]:
    """All that the bucket holds, old versions included, by its name."""
    found = client.list_object_versions(Bucket=BUCKET).get("Versions", ())
    return {each["Key"]: client.get_object(Bucket=BUCKET, Key=each["Key"])["Body"].read() for each in found}


def files_of(cohort: Cohort) -> dict[str, bytes]:
    """The pooled files on the disk, by their names in the store."""
    paths = cohort.pooled.rglob("*.parquet")
    return {f"study/pooled/{path.relative_to(cohort.pooled).as_posix()}": path.read_bytes() for path in paths}


def people_in(files: dict[str, bytes]) -> list[str]:
    """The pseudonyms in files of persons."""
    frames = [pl.read_parquet(content) for name, content in files.items() if "/persons/" in name]
    return sorted(pl.concat(frames)["person"]) if frames else []


def test_what_was_withdrawn_is_gone_from_the_store_by_the_next_night(
    template: Path, tmp_path: Path, cohort: Cohort, client: Any, endpoint: str
) -> None:
    """The store holds the files of the disk and no version of others, by the next night or at once by a withdrawal."""
    homes = copies(template, tmp_path / "homes", 4)
    cohort.add(homes)
    cohort = stored(cohort, endpoint)
    assert night_of(cohort).store_fault is None
    given = {each.home.name: cohort.person(each.member) for each in cohort.members()}
    assert people_in(contents(client)) == sorted(given.values())
    withdraw(cohort, homes[1])
    assert given["home-01"].encode() not in b"".join(contents(client).values())
    settings = homes[0] / "settings.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(GIVES_ALL, ""), encoding="utf-8")
    night_of(cohort)
    left = contents(client)
    assert left == files_of(cohort)
    assert [name for name, person in given.items() if person.encode() in b"".join(left.values())] == [
        "home-02", "home-03",
    ]  # fmt: skip
    assert not is_behind(cohort)
    assert read_by_duckdb(endpoint) == sorted([given["home-02"], given["home-03"]])


def read_by_duckdb(endpoint: str) -> list[str]:
    """The pseudonyms as an analyst's DuckDB reads them from the store."""
    package = Path(str(find_spec("duckdb_extension_httpfs").origin)).parent  # type: ignore[union-attr]
    extension = package / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
    secret = f"endpoint '{endpoint.removeprefix('http://')}', url_style 'path', use_ssl false"
    with duckdb.connect() as connection:
        connection.execute(f"load '{extension}'")
        connection.execute(f"create secret (type s3, provider config, key_id 'test', secret 'test', {secret})")
        files = f"s3://{BUCKET}/study/pooled/persons/*/*.parquet"
        query = "select person from read_parquet(?, hive_partitioning = true)"
        rows = connection.execute(query, [files]).fetchall()
    return sorted(person for (person,) in rows)


def small_pool(cohort: Cohort, **people: list[str]) -> None:
    """Write these people's files, by table, into the folder of pooled files."""
    for table, persons in people.items():
        path = cohort.pooled / table / "bucket=0001" / "rows.parquet"
        make_folder(path.parent)
        pl.DataFrame({"person": persons}).write_parquet(path)


def test_only_what_changed_is_put_and_what_is_not_ours_is_left(
    cohort: Cohort, client: Any, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files with the same content stay, a file of another program too; one that is gone here is deleted there."""
    cohort = stored(cohort, endpoint)
    client.put_object(Bucket=BUCKET, Key="study/pooled/readme.txt", Body=b"another's")
    client.put_object(Bucket=BUCKET, Key="study/pooled/days/bucket=0009/rows.parquet", Body=b"old")
    small_pool(cohort, persons=["a"], days=["a"])
    copy_to_store(cohort)
    assert contents(client) == files_of(cohort) | {"study/pooled/readme.txt": b"another's"}
    small_pool(cohort, days=["a", "b"])
    client.put_object(Bucket=BUCKET, Key="study/pooled/persons/bucket=0001/rows.parquet", Body=b"changed by another")
    asked = calls_of(monkeypatch)
    copy_to_store(cohort)
    assert (asked["PutObject"], asked["DeleteObject"]) == (2, 0)
    assert contents(client) == files_of(cohort) | {"study/pooled/readme.txt": b"another's"}
    asked.clear()
    copy_to_store(cohort)
    assert asked == {"GetBucketVersioning": 1, "ListObjectsV2": 2}


def calls_of(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each operation of a store is called from now on."""
    asked: Counter[str] = Counter()
    real = botocore_client.BaseClient._make_api_call  # noqa: SLF001 - where every operation goes through

    def counted(self: Any, operation: str, values: dict[str, Any]) -> Any:
        asked[operation] += 1
        return real(self, operation, values)

    monkeypatch.setattr(botocore_client.BaseClient, "_make_api_call", counted)
    return asked


@pytest.mark.parametrize("status", ["Enabled", "Suspended"])
def test_a_store_that_keeps_what_is_deleted_is_refused(cohort: Cohort, client: Any, endpoint: str, status: str) -> None:
    """Versioning that is on, or once was: nothing is put there, and status says so."""
    cohort = stored(cohort, endpoint)
    client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": status})
    small_pool(cohort, persons=["a"])
    with pytest.raises(CohortError) as fault:
        copy_to_store(cohort)
    assert "versioning" in str(fault.value)
    assert contents(client) == {}
    assert is_behind(cohort)


def test_a_store_that_is_not_there_ends_no_night(
    template: Path, tmp_path: Path, cohort: Cohort, cli: Callable[..., Typed]
) -> None:
    """All else is done, the sentence says what may still be there, and status tells it until a copy is made."""
    cohort.add(copies(template, tmp_path / "homes", 1))
    cohort = stored(cohort, "http://127.0.0.1:9")
    typed = cli("cohort", "night", "--folder", str(cohort.root), "--day", f"{LAST_DAY}", "--workers", "1")
    assert typed.status == 1
    assert "done: 1" in typed.written
    assert "what was withdrawn may still be in the store" in typed.written
    told = cli("cohort", "status", "--folder", str(cohort.root))
    assert (told.status, "is behind" in told.written) == (1, True)


def test_a_copy_that_is_not_noted_is_behind(cohort: Cohort, client: Any, endpoint: str) -> None:
    """A night that is killed before its copy leaves word that it is due; one without a store needs none."""
    assert not is_behind(cohort)
    cohort = stored(cohort, endpoint)
    small_pool(cohort, persons=["a"])
    copy_to_store(cohort)
    assert not is_behind(cohort)
    with pytest.raises(ZeroDivisionError):
        do_night(cohort, LAST_DAY, lambda _buckets: iter([(1, 1 // 0)]))  # type: ignore[list-item]
    assert is_behind(cohort)
    (cohort.work / NOTED).write_text("{", encoding="utf-8")
    copy_to_store(cohort)
    assert json.loads((cohort.work / NOTED).read_text(encoding="utf-8"))["complete"]
    assert contents(client) == files_of(cohort)


@pytest.mark.parametrize(
    ("address", "endpoint"),
    [("club/pooled", "https://s3.example"), ("s3://club", "https://s3.example"), ("s3://club/pooled", "s3.example"),
     ("s3://club/pooled", "http://s3.example"), ("s3://club/a b", "https://s3"), ("s3://Club/pooled", "https://s3")],
)  # fmt: skip
def test_a_store_is_a_folder_of_a_bucket_at_an_address_that_is_encrypted(
    cohort: Cohort, address: str, endpoint: str
) -> None:
    """Both are needed; plain HTTP is spoken on this computer alone."""
    with pytest.raises(CohortError, match="store"):
        stored(cohort, endpoint, address)


def test_a_store_without_an_address_is_refused(cohort: Cohort) -> None:
    """Where it is, is never guessed."""
    with (cohort.root / "cohort.toml").open("a", encoding="utf-8") as lines:
        lines.write('store = "s3://club/pooled"\n')
    with pytest.raises(CohortError, match="store_endpoint"):
        open_cohort(cohort.root)


def test_no_credentials_are_asked_for_on_the_network(
    cohort: Cohort, endpoint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They stand in the environment or a profile; a machine's own address for them is never asked."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint)
    asked: list[str] = []
    monkeypatch.setattr("botocore.utils.IMDSFetcher._get_request", lambda *_args, **_more: asked.append("asked"))
    monkeypatch.setattr("botocore.utils.IMDSFetcher._fetch_metadata_token", lambda *_args: asked.append("asked"))
    cohort = replace(cohort, settings=replace(cohort.settings, store="s3://club/x", store_endpoint=endpoint))
    with pytest.raises(CohortError, match="credentials"):
        copy_to_store(cohort)
    assert asked == []
