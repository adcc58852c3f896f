"""`alongside serve`: the web server."""

import http.client
import os
import socket
import sys
import time

import click

from alongside.config.database.check import ensure_safe_to_serve
from alongside.config.errors import OperatorError
from alongside.config.health import ADDRESS
from alongside.config.supervision import Program, keep_running, running, stopped_by_signals

DEFAULT_PORT = 8000
LOCAL_HOST = "127.0.0.1"
THREADS_A_WORKER = 4
SECONDS_TO_ANSWER = 60


@click.command()
@click.option("--host", envvar="HOST", default=LOCAL_HOST, show_default=True, help="Where to listen; HOST.")
@click.option("--port", envvar="PORT", default=DEFAULT_PORT, show_default=True, help="Port to listen on; PORT.")
@click.option("--workers", envvar="WEB_WORKERS", default=0, help="Processes; as many as there are cores by default.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve pages until told to stop. Put a proxy that speaks TLS in front, as docs/operating.md shows."""
    ensure_safe_to_serve()
    ensure_port_is_free(host, port)
    programs = [web_server(host=host, port=port, workers=workers)]
    with stopped_by_signals(), running(programs):
        keep_running(programs)


def web_server(*, host: str, port: int, workers: int = 0) -> Program:
    """The web server as a program, in the environment of this process."""
    arguments = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers or os.cpu_count() or 1), "--blocking-threads", str(THREADS_A_WORKER)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning"),
        "alongside.config.served:application",
    ]
    return Program(name="web server", arguments=arguments, environment=dict(os.environ))


def ensure_port_is_free(host: str, port: int) -> None:
    """Raise OperatorError where something else listens there, or the port may not be used."""
    if not 0 < port < 65_536:
        raise OperatorError(f"{port} is no port. Choose one between 1024 and 65535, for example PORT={DEFAULT_PORT}.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise OperatorError(f"Port {port} may only be used by root. Choose one above 1023: PORT=8000.") from None
        except OSError as error:
            raise OperatorError(
                f"Port {port} on {host} cannot be used ({error.strerror}). Stop what is using it, or choose another: "
                f"PORT={port + 1}."
            ) from None


def wait_until_it_answers(program: Program, *, host: str, port: int) -> None:
    """Return when the server says that it and its database are there. Raises OperatorError where it never does."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline:
        if program.has_died():
            break
        try:
            link = http.client.HTTPConnection(_address_to_ask(host), port, timeout=5)
            link.request("GET", ADDRESS)
            if link.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise OperatorError("The web server did not come up. What it printed above says why.")


def _address_to_ask(host: str) -> str:
    return {"0.0.0.0": LOCAL_HOST, "::": "::1"}.get(host, host)  # noqa: S104 - compared with, not listened on
