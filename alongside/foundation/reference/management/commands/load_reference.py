"""`load_reference`: bring the rows of coded lists up to their files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.foundation.reference.loading import load_lists
from alongside.foundation.reference.sources import ListFileError


class Command(BaseCommand):
    help = "Load the coded lists from their files. Safe to repeat: the same files change nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_lists()
        except ListFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Coded lists: {report}")
