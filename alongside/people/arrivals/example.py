"""The example file and the table of columns, made from the columns themselves."""

import csv
import io
from collections.abc import Iterator

from alongside.people.arrivals.columns import COLUMNS, Column, Group


def example_file() -> str:
    """A file with every column and one invented person."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.title for column in COLUMNS.values()])
    writer.writerow([column.example for column in COLUMNS.values()])
    return text.getvalue()


def columns_by_group() -> list[tuple[Group, list[Column]]]:
    """The columns under their headings, in order."""
    return [(group, [column for column in COLUMNS.values() if column.group is group]) for group in Group]


def columns_in_words() -> Iterator[str]:
    """The columns as they stand in docs/import-columns.md, line by line."""
    for group, columns in columns_by_group():
        yield f"### {group}"
        yield ""
        yield "| column | what belongs in it | example | who decides | also read as |"
        yield "| --- | --- | --- | --- | --- |"
        for column in columns:
            needed = " (needed)" if column.required else ""
            cells = (
                f"**{column.title}**{needed}",
                column.help.replace("|", "\\|"),
                f"`{column.example}`".replace("|", "\\|") if column.example else "",
                column.owner.label,
                ", ".join(column.aliases),
            )
            yield f"| {' | '.join(cells)} |"
        yield ""
