"""The invented people that are measured on: made once for each size, and kept."""

import json
import resource
from pathlib import Path

import click

from alongside.config.command import COMMANDS, main
from alongside.config.database.prepare import prepare
from alongside.config.database.urls import DatabaseUrls
from alongside.config.state import PROJECT_FOLDER
from bench.frame import Measure, Setting, Stopwatch, benchmark

SEED = 1
MEMORY_UNIT = 1024  # what the system counts memory in, in bytes


def bring_in_people(urls: DatabaseUrls, *, count: int, seed: int) -> None:
    """Bring the database up to date, and invent its people where it has none. What that took is kept beside it."""
    from alongside.config.database.migrate import migrate
    from alongside.people.persons.models import Person

    prepare(urls)
    migrate()
    if "synthesise" not in COMMANDS or Person.objects.exists():
        return
    click.echo(f"Inventing {count:,} people", err=True)
    watch = Stopwatch()
    main(["synthesise", "--people", str(count), "--seed", str(seed)], standalone_mode=False)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    _note(count).write_text(json.dumps({"seconds": watch.seconds, "peak_bytes": peak * MEMORY_UNIT}))


def _note(count: int) -> Path:
    return PROJECT_FOLDER / "var" / "bench" / str(count) / "synthesis.json"


@benchmark("Inventing people, as measured when this set was made")
def synthesis(setting: Setting) -> list[Measure]:
    """Seconds and memory of the synthesiser."""
    note = _note(setting.people)
    if not note.exists():
        return []
    took = json.loads(note.read_text())
    return [
        Measure("time", took["seconds"], "s", aim=600 if setting.national else None),
        Measure("people a second", setting.people / took["seconds"], "", at_least=True),
        Measure("peak memory", took["peak_bytes"] / 1e6, "MB", aim=1500 if setting.national else None),
    ]
