"""Child processes that never outlive the one that started them."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with_parent(number: signal.Signals) -> None:
    """Have the kernel send that signal to this process when the thread that started it ends. Linux only."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(number))


def start_child(
    arguments: Sequence[str | Path],
    *,
    signal_if_orphaned: signal.Signals = signal.SIGTERM,
    user: pwd.struct_passwd | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    output: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a process session of its own, so that Ctrl-C in the terminal reaches only its parent.

    On Linux the kernel sends `signal_if_orphaned` when the thread that called this ends, however it ends: so call it
    from the main thread. `user` is whom to become; only root may ask for it.
    """
    parent = os.getpid()

    def end_if_orphaned() -> None:
        # Becoming another user clears the setting, so this runs after the change of user and just before the program.
        end_with_parent(signal_if_orphaned)
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(  # noqa: S603 - the arguments are ours
        [str(argument) for argument in arguments],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        cwd=folder,
        env=dict(environment) if environment is not None else None,
        start_new_session=True,
        preexec_fn=end_if_orphaned,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )


def stop_child(child: subprocess.Popen[bytes], *, patience: float, signals: Sequence[signal.Signals]) -> bool:
    """Send each signal in turn until the child has ended, waiting `patience` seconds for each. False if it lives on."""
    for number in signals:
        if child.poll() is not None:
            return True
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=patience)
    return child.poll() is not None


def process_is_alive(number: int) -> bool:
    """Whether a process of that number exists, whoever owns it."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to become where a program refuses to run as root; None where we are not root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None
