"""`python -m bench`: run the measurements, print a table, write JSON."""

from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import click

from alongside.config.database.postgres import Cluster
from alongside.config.environment import configure, configure_for
from alongside.config.state import PROJECT_FOLDER
from bench.frame import REGISTERED, Benchmark, Setting
from bench.people import SEED, bring_in_people
from bench.report import as_json, as_table

SMALL = 2_000
NATIONAL = 240_000


@click.command()
@click.argument("names", nargs=-1)
@click.option("--national", is_flag=True, help="Measure on an invented nation, made once and kept (240,000 people).")
@click.option("--people", type=click.IntRange(min=1), help="Another number of people; kept in a set of its own.")
@click.option("--json", "target", type=click.Path(path_type=Path, dir_okay=False), help="Where the JSON goes.")
@click.option("--list", "only_list", is_flag=True, help="Say what can be measured, and stop.")
def bench(names: tuple[str, ...], national: bool, people: int | None, target: Path | None, only_list: bool) -> None:
    """Measure everything, or what NAMES say."""
    count = people or (NATIONAL if national else SMALL)
    folder = PROJECT_FOLDER / "var" / "bench" / str(count)
    folder.mkdir(parents=True, exist_ok=True)
    setting = Setting(national=count >= NATIONAL, people=count, folder=folder)
    cluster = Cluster(folder / "postgres")
    configure_for(cluster.urls)
    configure()
    for module in sorted(Path(__file__).parent.glob("bench_*.py")):
        import_module(f"bench.{module.stem}")
    wanted = chosen(names)
    if only_list:
        for one in wanted:
            click.echo(f"{one.name:<24} {one.title}")
        return
    results = []
    with ExitStack() as stack:
        if any(one.needs_database for one in wanted):
            stack.enter_context(cluster)
            bring_in_people(cluster.urls, count=count, seed=SEED)
        for one in wanted:
            click.echo(f"Measuring {one.name}: {one.title}", err=True)
            results.append((one, list(one.work(setting))))
    written = target or folder / ("results-of-some.json" if names else "results.json")
    written.write_text(as_json(results, setting))
    click.echo(as_table(results))
    click.echo(f"\nOn {count:,} people. As JSON: {written}")


def chosen(names: tuple[str, ...]) -> list[Benchmark]:
    """The benchmarks of those names, or all that need not be asked for by name."""
    unknown = set(names) - set(REGISTERED)
    if unknown:
        raise click.UsageError(f"Nothing measures {', '.join(sorted(unknown))}. There is: {', '.join(REGISTERED)}.")
    if names:
        return [REGISTERED[name] for name in names]
    return [one for one in REGISTERED.values() if not one.by_name_only]


if __name__ == "__main__":
    bench(prog_name="python -m bench")
