"""How long `make demo` takes: on a machine that has nothing of it yet, and the next time."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from alongside.config.state import PROJECT_FOLDER
from bench.frame import Measure, Setting, Stopwatch, benchmark

SECONDS_TO_WAIT = 900


@benchmark("make demo, from nothing and again", needs_database=False, by_name_only=True)
def demo_start(setting: Setting) -> Iterable[Measure]:
    """Cold: a fresh checkout with empty package caches and no data. Warm: the same checkout, started again."""
    with tempfile.TemporaryDirectory(prefix="alongside-cold-") as name:
        place = Path(name)
        place.chmod(0o755)
        _check_out(place / "project")
        environment = _as_on_a_fresh_machine(place)
        yield Measure("cold", _seconds_to_ready(place / "project", environment), "s", aim=240)
        yield Measure("warm", _seconds_to_ready(place / "project", environment), "s", aim=10)
        shutil.rmtree(place, ignore_errors=True)


def _check_out(target: Path) -> None:
    target.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=PROJECT_FOLDER, stdout=subprocess.PIPE, check=True).stdout
    subprocess.run(["tar", "-x", "-C", target], input=archive, check=True)


def _as_on_a_fresh_machine(place: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_", "DJANGO_", "ALONGSIDE_", "SECRET_KEY", "VIRTUAL_ENV", "MAKE", "MFLAGS"))
    }
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        **kept,
        "PORT": str(port),
        "UV_CACHE_DIR": str(place / "uv"),
        "PIP_CACHE_DIR": str(place / "pip"),
        "npm_config_cache": str(place / "npm"),
    }


def _seconds_to_ready(project: Path, environment: dict[str, str]) -> float:
    """From the command to the first page, then Ctrl-C."""
    watch = Stopwatch()
    with subprocess.Popen(["make", "demo"], cwd=project, env=environment, start_new_session=True) as demo:
        try:
            while not _answers(int(environment["PORT"])):
                if demo.poll() is not None or watch.seconds > SECONDS_TO_WAIT:
                    raise RuntimeError("The demo did not start; what it printed says why.")
                time.sleep(0.05)
            return watch.seconds
        finally:
            os.killpg(demo.pid, signal.SIGINT)
            demo.wait()


def _answers(port: int) -> bool:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", "/sign-in/")
        return link.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        link.close()
