"""A request with its items, decided by one and checked by another."""

from datetime import date
from typing import Any
from uuid import UUID

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from alongside.safety.access_requests.actions.deciding import Decision, agree, decide
from alongside.safety.access_requests.actions.gathering import gather
from alongside.safety.access_requests.actions.noting import note_request, prove_identity
from alongside.safety.access_requests.actions.releasing import build_package
from alongside.safety.access_requests.models import AccessRequest, Item
from alongside.safety.access_requests.rules import About, Provider, Verdict
from tests.cast import Cast, member_in

RELEASE = Decision(Verdict.RELEASE, About.ASKER, Provider.STAFF, source_protected=False)


def noted(cast: Cast, **values: Any) -> AccessRequest:
    """A request of the person on probation, whose identity is proved."""
    facts = {"asker": "Daniel Achebe", "regime_id": "processing_regime.PART3", "received_on": today()} | values
    with identity(cast.data_protection.pk):
        request = note_request(by=cast.data_protection, person=cast.person, **facts)
        prove_identity(by=cast.data_protection, request=request, seen_version=1, on=date(2026, 1, 5), how="Passport")
    return request


def gathered(cast: Cast, **values: Any) -> AccessRequest:
    """The same with everything gathered."""
    request = noted(cast, **values)
    with identity(cast.data_protection.pk):
        gather(by=cast.data_protection, request=request)
    return request


def second_person(cast: Cast) -> User:
    """Another data protection officer."""
    found = User.objects.filter(name="Dora Data").first()
    return found or member_in(cast.team, RoleCode.DATA_PROTECTION, "Dora Data").user


def as_read(request: AccessRequest) -> dict[UUID, int]:
    """Every item of a request, with the version of it that stands."""
    return dict(Item.objects.filter(request=request).values_list("pk", "version"))


def decide_each(cast: Cast, request: AccessRequest, decisions: dict[str, Decision]) -> None:
    """Decide on items by what they say, release the rest, and have another agree with all."""
    with identity(cast.data_protection.pk):
        for item in Item.objects.filter(request=request, verdict="open").select_related("request"):
            said = " ".join(value for _, _, value in item.parts)
            decision = next((one for words, one in decisions.items() if words in said), RELEASE)
            decide(by=cast.data_protection, item=item, seen_version=item.version, decision=decision)
    other = second_person(cast)
    with identity(other.pk):
        agree(by=other, request=request, seen=as_read(request), files_too=True)


def packed(cast: Cast, request: AccessRequest) -> bytes:
    """The package, as a worker makes it."""
    from alongside.foundation.files.models import StoredFile
    from alongside.foundation.files.queries import open_file

    with identity(cast.data_protection.pk):
        build_package(request.pk, by_id=cast.data_protection.pk)
    request.refresh_from_db()
    with open_file(StoredFile.objects.get(pk=request.package)) as stream:
        return stream.read()
