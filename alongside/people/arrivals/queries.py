"""Reading what arrived."""

from django.db.models import QuerySet

from alongside.people.arrivals.models import Arrival, StagedChange, StagedRow


def arrivals_in_order() -> QuerySet[Arrival]:
    """Every file that was brought, the newest first."""
    return Arrival.objects.order_by("-brought_at")


def taken_before(arrival: Arrival) -> Arrival | None:
    """When the very same file was brought in last, if it ever was."""
    return (
        Arrival.objects.filter(file_digest=arrival.file_digest, taken_at__isnull=False)
        .exclude(pk=arrival.pk)
        .order_by("-taken_at")
        .first()
    )


def rows_with_faults(arrival: Arrival) -> QuerySet[StagedRow]:
    """Rows that are not taken, in order."""
    return StagedRow.objects.filter(arrival=arrival, faulty=True).order_by("row")


def rows_with_notes(arrival: Arrival) -> QuerySet[StagedRow]:
    """Rows in which something was left out or should be looked at, in order."""
    return StagedRow.objects.filter(arrival=arrival).exclude(notes=[]).order_by("row")


def changes_of(arrival: Arrival, *, field: str = "") -> QuerySet[StagedChange]:
    """What the file changes, in order of rows; with `field`, of one field alone."""
    changes = StagedChange.objects.filter(arrival=arrival)
    return (changes.filter(field=field) if field else changes).order_by("row", "field", "item", "pk")
