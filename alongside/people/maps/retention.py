"""What of a map goes with a family member who is erased: they themselves, every line that tells of them, and what was
seen where they were present."""

from django.db.models import F

from alongside.foundation.audit.erasure import Subject, personal_fields
from alongside.people.maps.elements import Stored, without
from alongside.people.maps.models import Element, ElementKind, Observation


def sweep(subject: Subject) -> None:
    """Take away, from every version, what speaks of an erased family member."""
    if subject.family_member_id is None:
        return
    theirs = Element.objects.filter(
        person=subject.case_id, family_member=subject.family_member_id, kind=ElementKind.PERSON
    )
    keys = {str(subject.family_member_id), *(str(key) for key in theirs.values_list("key", flat=True))}
    for row in Element.objects.filter(person=subject.case_id).exclude(kind=ElementKind.PERSON):
        kept: Stored | None = Stored(str(row.key), row.kind, row.data)
        for key in keys:
            kept = without(kept, key) if kept else None
        if kept is None:
            row.delete()
        elif kept.data != row.data:
            Element.objects.filter(pk=row.pk).update(version=F("version") + 1, data=kept.data)
    _empty_observations(subject)


def _empty_observations(subject: Subject) -> None:
    """What was seen where they were present tells of them, in every version, whoever else it tells of."""
    of_case = Observation.objects.filter(case=subject.case_id)
    theirs = of_case.filter(present__contains=[subject.family_member_id]).values_list("key", flat=True).distinct()
    of_case.filter(key__in=list(theirs)).update(**{field.name: None for field in personal_fields(Observation)})
