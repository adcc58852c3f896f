"""A row in every table of this room that holds words. They belong to no case: each goes by its own id."""

from uuid import UUID, uuid4

from django.utils import timezone

from alongside.contact.helpdesk.models import Conflict, Enquiry, HandedOn, Outcome, Slip
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from tests.factories import TeamFactory


def desk_of(key: UUID, by: User, marker: str) -> None:
    """A question that was handed on with its slip, and advice that does not agree, both under one id."""
    team = TeamFactory()
    unit = {"delivery_unit_id": team.delivery_unit_id}
    topic = {"topic_id": "help_topic.release"}
    enquiry = Enquiry.objects.create(
        at=timezone.now(),
        by=by.pk,
        asker_id="help_asker.relative",
        channel_id="contact_channel.phone",
        minutes=4,
        outcome=Outcome.HANDED_ON,
        **unit,
        **topic,
    )
    row = HandedOn.objects.create(pk=key, enquiry=enquiry, team=team, asked=marker, due_on=today())
    Slip.objects.create(handed_on=row, **dict.fromkeys(("reach", "name", "when", "about"), marker))
    Conflict.objects.create(
        pk=key,
        team=team,
        said=marker,
        said_where_id="help_place.desk",
        other=marker,
        other_where_id="help_place.programme",
        flagged_at=timezone.now(),
        flagged_by=by.pk,
        decision="depends",
        words=marker,
        decided_at=timezone.now(),
        decided_by=uuid4(),
        **unit,
        **topic,
    )
