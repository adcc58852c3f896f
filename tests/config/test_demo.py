"""`alongside demo`, as someone at a terminal meets it."""

import http.client
import signal
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.processes import processes_that_name, program, wait_for

pytestmark = pytest.mark.slow

DEMO = ["-m", "alongside.config.command", "demo"]


@pytest.fixture
def state() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="alongside-demo-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def ask(port: int, address: str) -> http.client.HTTPResponse:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    link.request("GET", address)
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer


def everything_of(state: Path, port: int) -> list[str]:
    return processes_that_name(f"{state}/postgres/data") + processes_that_name(f"--port {port}")


def test_it_starts_answers_stops_and_starts_again(state: Path, port: int) -> None:
    log = state / "output"
    environment = {"ALONGSIDE_STATE": str(state), "PORT": str(port), "DEMO_PEOPLE": "30"}
    for ending in (signal.SIGINT, signal.SIGTERM):
        with program(DEMO, environment=environment, output=log) as demo:
            assert wait_for(
                lambda: f"http://localhost:{port}" in log.read_text() or demo.poll() is not None, seconds=400
            )
            assert demo.poll() is None, log.read_text()
            assert ask(port, "/health/").status == 200
            assert ask(port, "/demo/").status == 200
            demo.send_signal(ending)
            assert demo.wait(timeout=60) == 0, log.read_text()
        assert "Everything is kept" in log.read_text()
        assert everything_of(state, port) == []
    assert (state / "secrets.json").stat().st_mode & 0o077 == 0


def test_nothing_is_left_when_it_is_killed(state: Path, port: int) -> None:
    log = state / "output"
    environment = {"ALONGSIDE_STATE": str(state), "PORT": str(port), "DEMO_PEOPLE": "30"}
    with program(DEMO, environment=environment, output=log) as demo:
        assert wait_for(lambda: "is ready" in log.read_text() or demo.poll() is not None, seconds=400)
        assert demo.poll() is None, log.read_text()
        demo.kill()
        demo.wait()
        assert wait_for(lambda: everything_of(state, port) == [], seconds=20), everything_of(state, port)


def test_a_port_in_use_is_said_before_anything_starts(state: Path) -> None:
    log = state / "output"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environment = {"ALONGSIDE_STATE": str(state), "PORT": str(port), "DEMO_PEOPLE": "30"}
        with program(DEMO, environment=environment, output=log) as demo:
            assert demo.wait(timeout=30) == 1
    assert f"Port {port}" in log.read_text()
    assert f"PORT={port + 1}" in log.read_text()
    assert not (state / "postgres" / "data").exists()
