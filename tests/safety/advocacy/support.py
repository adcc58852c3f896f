"""A referral, a victim and a clash, made as people would make them."""

from typing import Any

from bs4 import BeautifulSoup

from alongside.foundation.records.identity import identity
from alongside.people.families.actions import add_family_member
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.advocacy.actions.liaison import add_victim
from alongside.safety.advocacy.actions.referring import InNeed, refer
from alongside.safety.advocacy.actions.supporting import acknowledge
from alongside.safety.advocacy.models import KnownVictim, Referral, SupportedPerson
from tests.cast import Cast
from tests.factories import FamilyMemberFactory
from tests.support.jobs import do_waiting_jobs

WORDS = "He watches her phone zqsecret"


def referred(
    cast: Cast,
    *,
    name: str = "Kelly Invented",
    member: FamilyMember | None = None,
    person: Person | None = None,
    **words: Any,
) -> Referral:
    """Someone whom the officer of the case referred."""
    with identity(cast.owner.pk):
        in_need = InNeed(name=name, request=WORDS, reach="Ring at noon zqsecret", **words)
        return refer(by=cast.owner, person=person or cast.person, member=member, in_need=in_need)


def taken_on(cast: Cast, **words: Any) -> Referral:
    """The same, acknowledged by the adviser."""
    referral = referred(cast, **words)
    with identity(cast.adviser.pk):
        acknowledge(by=cast.adviser, supported=SupportedPerson.objects.get(pk=referral.pk))
    referral.refresh_from_db()
    return referral


def known_victim(cast: Cast, **values: Any) -> KnownVictim:
    """Someone whom victim liaison of the team keeps in touch with."""
    facts = {"name": "Kelly Invented", "year_of_birth": 1990} | values
    with identity(cast.victim_liaison.pk):
        victim = add_victim(by=cast.victim_liaison, team=cast.team.pk, **facts)
        do_waiting_jobs()
    return victim


def named(cast: Cast, *, person: Person | None = None, **values: Any) -> FamilyMember:
    """A family member whom the officer added, compared in silence."""
    facts = {"given_name": "Kelly", "family_name": "Invented", "year_of_birth": 1990} | values
    shape = FamilyMemberFactory.build(person=person or cast.person)
    facts |= {name: getattr(shape, name) for name in ("relationship_id", "notice_state", "notice_on")}
    with identity(cast.owner.pk):
        member = add_family_member(by=cast.owner, person=person or cast.person, **facts)
        do_waiting_jobs()
    return member


def said_by(content: bytes) -> str:
    """All that a page says and where it leads, without the tokens that differ at each asking."""
    page = BeautifulSoup(content, "html.parser")
    return page.get_text(" ", strip=True) + " ".join(str(link.get("href")) for link in page.find_all("a"))
