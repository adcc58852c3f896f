"""Orders and conditions of a story: what a court or licence says, where, and which imported conditions were read."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.foundation.calendar.rules import today as real_today
from alongside.foundation.documents.rendering import long_date, render_pdf
from alongside.foundation.documents.shapes import Letter, Paragraph
from alongside.foundation.reference.queries import label_of
from alongside.people.persons.models import SourceMarker
from alongside.safety.orders.actions import (
    OrderSaid,
    PlaceSaid,
    add_place,
    condition_stops_nothing,
    confirm_in_source,
    end_order,
    record_order,
)
from alongside.safety.orders.actions.showing import refresh_cards, refresh_conditions_to_do
from alongside.safety.orders.models import ProtectiveOrder
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling


def tell(telling: Telling) -> None:
    """What the file tells of this story; conditions that it leaves unread wait to be read."""
    told: dict[str, Any] = told_by("orders").get(telling.story.number, {})
    for facts in told.get("orders", ()):
        _order(telling, facts)
    for code, note in told.get("stops_nothing", {}).items():
        condition_stops_nothing(by=telling.by, marker=_marker(telling, code), note=note)
    # The morning's round would do so; whoever opens the demo first should find it done.
    refresh_conditions_to_do(by=None, person_id=telling.person.pk, on=real_today())
    refresh_cards(telling.person.pk)


def _order(telling: Telling, facts: dict[str, Any]) -> None:
    said = OrderSaid(
        type_id=f"protective_order_type.{facts['type']}",
        from_date=telling.today - timedelta(days=facts["days_ago"]),
        until_date=telling.today + timedelta(days=facts["ends_in"]) if "ends_in" in facts else None,
        members=frozenset(telling.member(name).pk for name in facts.get("protects", ())),
        names=tuple(facts.get("names", ())),
        forbids_contact="contact" in facts.get("forbids", ()),
        forbids_places="places" in facts.get("forbids", ()),
        forbids_children="children" in facts.get("forbids", ()),
        made_by=facts.get("made_by", ""),
        reference=facts.get("reference", ""),
        words=facts.get("words", ""),
    )
    condition = _marker(telling, facts["reads"]) if "reads" in facts else None
    upload = _paper(telling, said) if facts.get("paper") else None
    order = record_order(by=telling.by, person=telling.person, said=said, upload=upload, condition=condition)
    for place in facts.get("places", ()):
        _place(telling, order, place)
    if facts.get("in_source"):
        confirm_in_source(by=telling.by, order=order, seen_version=order.version)
    if ended := facts.get("ended"):
        end_order(
            by=telling.by,
            order=order,
            seen_version=order.version,
            ended_on=telling.today - timedelta(days=ended["days_ago"]),
            reason_id=f"protective_order_end.{ended['reason']}",
            note=ended["note"],
        )


def _place(telling: Telling, order: ProtectiveOrder, facts: dict[str, Any]) -> None:
    whose = facts.get("whose")
    said = PlaceSaid(
        kind_id=f"order_place_kind.{facts['kind']}",
        address=facts["address"],
        masked=facts["masked"],
        family_member_id=telling.member(whose).pk if whose else None,
    )
    add_place(by=telling.by, order=order, seen_version=order.version, said=said)


def _marker(telling: Telling, code: str) -> SourceMarker:
    return SourceMarker.objects.get(person=telling.person, matter="licence_conditions", code=code)


def _paper(telling: Telling, said: OrderSaid) -> "SimpleUploadedFile":
    letter = Letter(
        title=label_of(said.type_id, "en"),
        author=said.made_by,
        language="en",
        sender=(said.made_by,),
        recipient=(telling.person.name,),
        day=long_date(said.from_date, "en"),
        greeting="To whom it concerns",
        body=(Paragraph(said.words), Paragraph("Invented for a demonstration. No court made this.")),
        closing="",
        signed_by=("The court",),
    )
    return SimpleUploadedFile("order.pdf", render_pdf(letter), content_type="application/pdf")
