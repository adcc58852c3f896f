"""What of a map goes with a family member who is erased: they themselves, and every line that tells of them."""

from alongside.foundation.audit.erasure import Subject
from alongside.people.maps.elements import Stored, mentions
from alongside.people.maps.models import Element, ElementKind


def sweep(subject: Subject) -> None:
    """Take away, from every version, what speaks of an erased family member."""
    if subject.family_member_id is None:
        return
    theirs = Element.objects.filter(
        person=subject.case_id, family_member=subject.family_member_id, kind=ElementKind.PERSON
    )
    keys = {str(key) for key in theirs.values_list("key", flat=True)}
    about = [
        row.pk
        for row in Element.objects.filter(person=subject.case_id).exclude(kind=ElementKind.PERSON)
        if any(mentions(Stored(str(row.key), row.kind, row.data), key) for key in keys)
    ]
    Element.objects.filter(pk__in=about).delete()
