"""What stands before the wall: that someone was referred and that it was acknowledged, and what was declined."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.people.persons.models import Person
from alongside.people.staff.models import Team
from alongside.safety.advocacy.rules import Asker, Request


class Referral(Editable):
    """A practitioner asked an adviser to support someone. Of what follows, only that it was acknowledged shows here.

    `family_member` is no foreign key: support goes on when the person on probation no longer names them.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.UUIDField(null=True, blank=True, help_text="Who is referred, where the person names them")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", help_text="To whose advisers it goes")
    referred_at = models.DateTimeField()
    referred_by = models.UUIDField()
    referred_by_name = models.CharField(max_length=120)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    classification = classed(
        plain="id version person team referred_at referred_by referred_by_name acknowledged_at",
        sensitive="family_member",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=models.F("referred_at")),
                name="advocacy_acknowledged_after_referred",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-referred_at"], name="advocacy_referral_of_case"),
            models.Index(
                fields=["family_member"], condition=Q(family_member__isnull=False), name="advocacy_referral_of_member"
            ),
            models.Index(fields=["team", "referred_at"], name="advocacy_referral_of_team"),
        ]


class DeclinedRequest(AppendOnly):
    """A request that would have put someone in danger, and was declined (R093). In codes: what was asked, and by whom.

    What else the adviser should know goes to them behind the wall.
    """

    case = models.UUIDField()
    request = models.CharField(max_length=20, null=True, choices=[(kind.value, kind.label) for kind in Request])  # noqa: DJ001 - emptied is not the same as empty
    asked_by = models.CharField(max_length=12, null=True, choices=[(asker.value, asker.label) for asker in Asker])  # noqa: DJ001 - the same
    declined_at = models.DateTimeField()
    noted_by = models.UUIDField()
    noted_by_name = models.CharField(max_length=120)

    classification = classed(plain="id case declined_at noted_by noted_by_name", sensitive="request asked_by")
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="case", erasure=Erasure.EMPTY)

    class Meta:
        indexes = [models.Index(fields=["case", "-declined_at"], name="advocacy_declined_of_case")]
