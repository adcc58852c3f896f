"""`load_school_terms FILE`: take a local authority's term dates, or with --examples our invented patterns."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.foundation.calendar.actions import EXAMPLES, TermFileError, load_school_terms


class Command(BaseCommand):
    help = "Load school terms from a YAML file. Terms of the same authority and school year are replaced."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--examples", action="store_true", help="load the invented example patterns")

    def handle(self, *args: Any, **options: Any) -> None:
        path = EXAMPLES if options["examples"] else options["file"]
        if path is None:
            raise CommandError("Name a file of school terms, or pass --examples.")
        try:
            count = load_school_terms(path)
        except TermFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"School terms: {count} loaded.")
