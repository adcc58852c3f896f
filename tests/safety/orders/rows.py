"""A row of every model of the room, for the tests of erasure."""

from datetime import date
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.foundation.accounts.models import User
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person, SourceMarker
from alongside.safety.orders.actions import (
    OrderSaid,
    PlaceSaid,
    add_place,
    condition_stops_nothing,
    end_order,
    record_order,
    show_address,
)

DAY = date(2026, 3, 2)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def paper(name: str = "order.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """The paper of an order, as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def orders_of(person: Person, member: FamilyMember, by: User, marker: str) -> None:
    """An order that protects the family member, one that binds them, an address shown and a condition read."""
    words = {"made_by": marker, "reference": marker, "words": marker}
    protecting = record_order(
        by=by,
        person=person,
        said=OrderSaid(
            "protective_order_type.RO_CONV",
            DAY,
            members=frozenset({member.pk}),
            names=(marker,),
            forbids_contact=True,
            **words,
        ),
        upload=paper(f"{marker}.pdf"),
    )
    binding = record_order(
        by=by,
        person=person,
        said=OrderSaid(
            "protective_order_type.NONMOL",
            DAY,
            bound_member_id=member.pk,
            protects_person=True,
            names=(marker,),
            forbids_contact=True,
            **words,
        ),
        upload=paper(f"{marker}.pdf"),
    )
    for order in (protecting, binding):
        said = PlaceSaid("order_place_kind.HOME", marker, masked=True, family_member_id=member.pk)
        place = add_place(by=by, order=order, seen_version=order.version, said=said)
        show_address(by=by, order=order, place=place, ask=uuid4(), reason=marker)
    end_order(
        by=by,
        order=protecting,
        seen_version=protecting.version,
        ended_on=DAY,
        reason_id="protective_order_end.MISTAKE",
        note=marker,
    )
    facts = {"person": person, "matter": "licence_conditions", "from_date": DAY, "label": marker, "detail": marker}
    condition_stops_nothing(by=by, marker=SourceMarker.objects.create(code="RESIDE", **facts), note=marker)
    read = SourceMarker.objects.create(code="NOCONTACT_NAMED", **facts)
    said = OrderSaid(
        "protective_order_type.LIC_NOCONTACT",
        DAY,
        bound_member_id=member.pk,
        protects_person=True,
        forbids_contact=True,
    )
    record_order(by=by, person=person, said=said, condition=read)
