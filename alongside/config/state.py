"""What one installation keeps between runs: its secrets and its embedded database."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT_FOLDER = Path(__file__).resolve().parent.parent.parent


def state_folder() -> Path:
    """Where this installation keeps its own data: `ALONGSIDE_STATE`, or `var` in the project."""
    return Path(os.environ.get("ALONGSIDE_STATE") or PROJECT_FOLDER / "var").resolve()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def secret(name: str, *, folder: Path | None = None) -> str:
    """The secret of that name, made on first use and kept where only this user can read it."""
    home = folder or state_folder()
    path = home / "secrets.json"
    with _locked(home / "secrets.lock"):
        kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        if name not in kept:
            kept[name] = secrets.token_urlsafe(32)
            _write_privately(path, json.dumps(kept, indent=1))
    return kept[name]


def has_secret(name: str, *, folder: Path | None = None) -> bool:
    """Whether that secret was ever made."""
    path = (folder or state_folder()) / "secrets.json"
    return path.exists() and name in json.loads(path.read_text())


def _write_privately(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
