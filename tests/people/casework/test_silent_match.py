"""Whether a family member is under supervision too shows nowhere but before the named role (invariants 5 and 8)."""

import re

import pytest
from django.test import Client

from alongside.foundation.work.models import ToDo
from alongside.people.families.models import FamilyMember, PossibleMatch
from alongside.people.families.tasks import look_for_matches
from tests.cast import Cast, assemble
from tests.factories import PersonFactory
from tests.people.casework.asking import counted, signed_in, steady

pytestmark = pytest.mark.django_db

GIVEN = {
    "given_name": "Kerry",
    "family_name": "Vaughan",
    "relationship": "relationship.SIS",
    "age": "adult",
    "year_of_birth": "1990",
    "notice_state": "given",
}


def name_kerry(cast: Cast) -> tuple[list[str], list[str]]:
    """Name Kerry on the case, let the worker work; what every page then shows, and the statements of the naming."""
    client: Client = signed_in(cast.owner)
    case = f"/cases/{cast.person.pk}/"
    client.get(case)
    with counted() as statements:
        named = client.post(f"{case}family/add/", GIVEN)
    assert named.status_code == 302, named.content
    member = FamilyMember.objects.get(given_name="Kerry")
    look_for_matches.run(by_id=None, ids={"member_id": str(member.pk)})
    answers = [steady(named.content), steady(named.headers["Location"].encode())]
    of_case = ("", "family/", "timeline/", "to-do/", "details/", "allocation/", "access/", f"family/{member.pk}/")
    addresses = [*(f"{case}{address}" for address in of_case), "/", "/cases/", "/cases/?q=kerry+vaughan"]
    answers += [steady(client.get(address).content) for address in addresses]
    # The lists of codes are looked at once in half a minute, whoever asks for what.
    own = [statement for statement in statements if "foundation_reference" not in statement]
    return answers, [re.sub(r"'[^']*'|\\x[0-9a-f]+|\d+", "·", statement) for statement in own]


def test_naming_someone_who_is_under_supervision_looks_like_naming_anyone() -> None:
    from django.db import transaction

    worlds = []
    for supervised in (False, True):
        with transaction.atomic():
            cast = assemble()
            PersonFactory(
                given_names="Kerry" if supervised else "Someone", family_name="Vaughan" if supervised else "Else"
            )
            worlds.append(name_kerry(cast))
            assert PossibleMatch.objects.exists() is supervised
            transaction.set_rollback(True)
    (without, statements_without), (with_match, statements_with) = worlds
    assert [len(page) for page in without] == [len(page) for page in with_match]
    assert without == with_match
    assert statements_without == statements_with


def test_a_match_comes_before_the_safeguarding_lead_alone() -> None:
    cast = assemble()
    PersonFactory(given_names="Kerry", family_name="Vaughan")
    name_kerry(cast)
    shown = {
        name
        for name in ("owner", "colleague", "senior", "safeguarding", "cover", "inspector", "administrator")
        if b"possible match" in signed_in(cast.named(name)).get("/").content.lower()
        and b"/matches/" in signed_in(cast.named(name)).get("/").content
    }
    assert shown == {"safeguarding"}
    assert ToDo.objects.get(kind="families.match.decide").for_role == "safeguarding_lead"


def test_a_lead_elsewhere_is_not_asked() -> None:
    from alongside.foundation.access.roles import RoleCode
    from tests.cast import member_in
    from tests.factories import TeamFactory

    cast = assemble()
    PersonFactory(given_names="Kerry", family_name="Vaughan")
    name_kerry(cast)
    elsewhere = member_in(TeamFactory(), RoleCode.SAFEGUARDING_LEAD, "Lena Lead").user
    match = PossibleMatch.objects.get()
    assert signed_in(elsewhere).get(f"/matches/{match.pk}/").status_code == 404
    assert b"Decide on a possible match" not in signed_in(elsewhere).get("/").content


def test_a_match_is_decided_once_and_the_to_do_closes() -> None:
    cast = assemble()
    PersonFactory(given_names="Kerry", family_name="Vaughan")
    name_kerry(cast)
    match = PossibleMatch.objects.get()
    client = signed_in(cast.safeguarding)
    address = f"/matches/{match.pk}/"
    assert client.post(address, {"state": "dismissed", "version": "1"}).status_code == 200
    data = {"state": "dismissed", "reason": "Another date of birth", "version": "1"}
    assert client.post(address, data).status_code == 302
    match.refresh_from_db()
    assert (match.state, match.decided_by) == ("dismissed", cast.safeguarding.pk)
    assert not ToDo.objects.filter(kind="families.match.decide", done_at=None).exists()
    assert client.post(address, data).status_code == 200
    assert b"Another date of birth" in client.get(address).content


def test_limited_access_hides_a_match_too() -> None:
    from tests.factories import ExclusionFactory

    cast = assemble()
    other = PersonFactory(given_names="Kerry", family_name="Vaughan")
    name_kerry(cast)
    ExclusionFactory(person=other, user=cast.safeguarding)
    assert signed_in(cast.safeguarding).get(f"/matches/{PossibleMatch.objects.get().pk}/").status_code == 404
