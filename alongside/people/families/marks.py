"""Numbers and email addresses that are marked as not safe anywhere in a case: they are safe for nobody in it (R358).

Two relatives may share one telephone. Whoever marked it for one of them need not have known of the other.
Postal addresses are left out: who opens the post of one says nothing of another's.
"""

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When

from alongside.people.families.comparing import last_digits, small_letters
from alongside.people.families.models import NUMBERS, ContactPoint, PointKind, PointSafety

SHARED = (*NUMBERS, PointKind.EMAIL)


def with_marks(points: QuerySet[ContactPoint]) -> QuerySet[ContactPoint]:
    """`points`, each with `marked`, whether the same is marked as not safe in its case, and with what it is then worth.

    `standing` is the safety that counts.
    """
    unsafe = _alike(ContactPoint.objects.filter(kind__in=SHARED, safety=PointSafety.UNSAFE)).filter(
        family_member__person=OuterRef("family_member__person")
    )
    twins = unsafe.filter(alike=OuterRef("alike"))  # type: ignore[misc]
    return (
        _alike(points)
        .annotate(marked=Exists(twins))
        .annotate(
            standing=Case(
                When(Q(kind__in=SHARED) & Q(marked=True), then=Value(PointSafety.UNSAFE.value)),
                default=F("safety"),
                output_field=CharField(),
            )
        )
    )


def safe_points(points: QuerySet[ContactPoint]) -> QuerySet[ContactPoint]:
    """Those of `points` that may be used: said to be safe, and marked otherwise for nobody in the case."""
    return with_marks(points).filter(standing=PointSafety.SAFE)  # type: ignore[misc]


def _alike(points: QuerySet[ContactPoint]) -> QuerySet[ContactPoint]:
    return points.annotate(
        alike=Case(
            When(kind__in=NUMBERS, then=last_digits()),
            When(kind=PointKind.EMAIL, then=small_letters()),
            default=None,
            output_field=TextField(),
        )
    )
