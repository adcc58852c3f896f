"""A row in every table of this room, a marker in every personal text."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.staff.models import Member
from alongside.safety.advocacy.models import (
    Clash,
    ContactDetail,
    DeclinedRequest,
    Entry,
    KnownVictim,
    NameCheck,
    Referral,
    SafetyPlan,
    SupportedPerson,
)
from tests.factories import AllocationFactory, PostFactory

DAY = date(2026, 3, 2)


def advocacy_of(person: Person, member: FamilyMember, by: User, marker: str, code: Callable[[str], str]) -> None:
    """A referral with everything behind it, and a name that clashed, made as they would stand."""
    now, who = timezone.now(), {"written_at": timezone.now(), "written_by": by.pk, "written_by_name": by.name}
    referral = Referral.objects.create(
        person=person,
        family_member=member.pk,
        team=AllocationFactory().team,
        referred_at=now,
        referred_by=by.pk,
        referred_by_name=by.name,
    )
    for role in (RoleCode.ABUSE_ADVISER, RoleCode.VICTIM_LIAISON):
        PostFactory(member=Member.objects.get(user=by), role=role, team=referral.team)
    DeclinedRequest.objects.create(
        case=person.pk,
        request="at_home_visit",
        asked_by="service",
        declined_at=now,
        noted_by=by.pk,
        noted_by_name=by.name,
    )
    names = {"name": marker, "other_names": marker, "year_of_birth": 1990, "name_keys": [marker]}
    supported = SupportedPerson.objects.create(
        pk=referral.pk, case=person.pk, team=referral.team_id, **names, request=marker, hoped_for=marker, adviser=by.pk
    )
    inside = {"case": person.pk, "supported": supported.pk}
    ContactDetail.objects.create(case=person.pk, supported=supported, kind="phone", value=marker, how=marker)
    Entry.objects.create(**inside, at=now, kind="note", text=marker, **who)
    words = dict.fromkeys(("worries", "signs", "steps", "places", "people", "children"), marker)
    made = {"made_at": now, "made_by": by.pk, "made_by_name": by.name}
    SafetyPlan.objects.create(**inside, number=1, review_on=DAY, **words, **made)
    known = KnownVictim.objects.create(
        **names, reference=marker, case=person.pk, team=referral.team_id, added_at=now, added_by=by.pk
    )
    asked = {"asked_by": by.pk, "asked_by_name": by.name}
    NameCheck.objects.create(case=person.pk, name=marker, year_of_birth=1990, reason=marker, asked_at=now, **asked)
    Clash.objects.create(
        case=person.pk,
        family_member=member.pk,
        typed_name=marker,
        reason=marker,
        known=known.pk,
        known_name=marker,
        known_by="liaison",
        basis=marker,
        found_at=now,
        team=referral.team_id,
        decision=marker,
        **asked,
    )
