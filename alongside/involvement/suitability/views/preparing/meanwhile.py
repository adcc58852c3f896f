"""Two people at one table."""

from typing import Any


def say_meanwhile(form: Any, changed: list[tuple[str, str, str, int]]) -> None:
    """Say what someone else put down meanwhile; everything typed here stays and is saved with the next press."""
    for _key, statement, rating, _version in changed:
        form.add_error(
            None,
            f"Someone else changed “{statement}” meanwhile: it now says “{rating}”. What you typed is below;"
            " save again to put it in its place.",
        )
    form.now_seen({key: version for key, _statement, _rating, version in changed})
