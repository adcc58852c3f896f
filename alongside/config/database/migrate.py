"""Brings tables, walls, grants and reference data up to date, as the owner."""

from django.core.management import call_command
from django.db import connections

from alongside.foundation.records.grants import apply_grants
from alongside.foundation.records.walls import build_walls

OWNER = "owner"


def migrate(*, verbosity: int = 0) -> None:
    """Migrate as the owner, build the walls, then give the application's role what each model allows.

    Governed data (coded lists, content) is loaded by each room as Django's `post_migrate` signal reaches it.
    """
    call_command("migrate", database=OWNER, interactive=False, verbosity=verbosity)
    role = connections["default"].settings_dict["USER"]
    build_walls(connections[OWNER], role=role)
    apply_grants(connections[OWNER], role=role)
