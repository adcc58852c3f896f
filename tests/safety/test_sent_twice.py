"""A form that is sent twice counts once: pressed twice in haste, or sent again from the page before."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from alongside.foundation.records.models import Record
from alongside.foundation.work.models import Approval, ToDo
from alongside.people.families.models import FamilyMember
from alongside.safety.access_requests.models import AccessRequest
from alongside.safety.advocacy.models import Entry, Referral, SupportedPerson
from alongside.safety.flags.models import Flag, Incident, ReceptionMarker
from alongside.safety.orders.models import ProtectiveOrder
from alongside.safety.protected.models import DisclosureDecision, DisclosureMade, RefusedRequest, Told
from alongside.safety.protected.models import Referral as Safeguarding
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.safety.advocacy.support import referred, taken_on
from tests.safety.flags.asking import date_parts, signed_in
from tests.safety.protected.desk import DANGER, DISCLOSURE, TOLD

pytestmark = pytest.mark.django_db
FLAG = {"direction": "from_member", "certainty": "known", "source": "safety_source.SELF", "basis": "fact", "words": "x"}
INCIDENT = {"kind": "incident_kind.THREAT", "words": "He shouted", "police_called": "no", "staff_at_risk": "yes"}
ORDER = {"type": "protective_order_type.NONMOL", "binds": "person", "forbids": ["nothing"], "names": ""}
REFERRAL = {
    "protects": "child",
    "who": "Her son",
    "agency": "safeguarding_agency.CHILDREN",
    "concern": "A door was hit",
    "consent": "safeguarding_consent.AGREED",
}
REFUSED = {
    "asked_by": "A man",
    "asked_for": "Whether he was in",
    "channel": "told_channel.RECEPT",
    "answer": "refusal_answer.LISTENED",
}
NOTED = {"whose": "person", "asker": "Daniel", "regime": "processing_regime.PART3", "language": "en"}
IN_NEED = {"name": "Kelly Webb", "request": "She is afraid", "urgent": "no"}


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def mother(cast: Cast) -> FamilyMember:
    return FamilyMemberFactory(person=cast.person)


FORMS: list[tuple[str, str, Callable[[FamilyMember], str], dict[str, Any], tuple[type[Record], ...]]] = [
    (
        "a flag",
        "owner",
        lambda member: f"{reverse('flags:add_about', args=[member.person_id, member.pk])}?kind=safety_flag.DA_BETWEEN",
        FLAG,
        (Flag,),
    ),
    (
        "an incident with its flag and marker",
        "owner",
        lambda member: reverse("flags:incident_about", args=[member.person_id, member.pk]),
        INCIDENT | date_parts("happened_on", today()),
        (Incident, Flag, ReceptionMarker),
    ),
    ("something told", "owner", lambda member: reverse("protected:listen", args=[member.person_id]), TOLD, (Told,)),
    (
        "something told to a colleague who no longer sees it",
        "colleague",
        lambda member: reverse("protected:listen", args=[member.person_id]),
        TOLD,
        (Told,),
    ),
    (
        "a decision to disclose",
        "owner",
        lambda member: reverse("protected:disclose", args=[member.person_id]),
        DISCLOSURE,
        (DisclosureDecision, Approval),
    ),
    ("danger", "outsider", lambda _: reverse("protected:share"), DANGER, (DisclosureDecision, DisclosureMade)),
    (
        "a referral for safeguarding",
        "owner",
        lambda member: reverse("protected:refer", args=[member.person_id]),
        REFERRAL,
        (Safeguarding, ToDo),
    ),
    ("a refusal", "reception", lambda _: reverse("protected:refused"), REFUSED, (RefusedRequest,)),
    (
        "a referral to the adviser",
        "owner",
        lambda member: reverse("advocacy:refer", args=[member.person_id]),
        IN_NEED,
        (Referral,),
    ),
    (
        "an order",
        "owner",
        lambda member: reverse("orders:record", args=[member.person_id]),
        ORDER | date_parts("from_date", today()),
        (ProtectiveOrder,),
    ),
    (
        "a request for access",
        "data_protection",
        lambda member: reverse("access_requests:note", args=[member.person_id]),
        NOTED | date_parts("received_on", today()),
        (AccessRequest,),
    ),
]


@pytest.mark.parametrize(
    ("who", "address", "typed", "models"), [one[1:] for one in FORMS], ids=[one[0] for one in FORMS]
)
def test_a_form_that_is_sent_twice_counts_once(
    cast: Cast, mother: FamilyMember, who: str, address: Callable[[FamilyMember], str], typed: Any, models: Any
) -> None:
    client, sent = signed_in(getattr(cast, who)), typed | {"once": str(uuid4())}
    if typed is TOLD:
        sent |= {"family_member": str(mother.pk)}
    answers = [client.post(address(mother), sent) for _ in range(2)]
    for answer in answers:
        assert answer.status_code == 302, answer.context["form"].errors
    assert answers[0]["Location"] == answers[1]["Location"]
    reader = getattr(cast, who) if who in {"outsider", "reception"} else cast.owner
    with identity(reader.pk):
        for model in models:
            assert model._default_manager.count() == 1, model
    assert client.post(address(mother), typed | {"once": "x", "family_member": str(mother.pk)}).status_code == 302


def test_a_referral_comes_before_the_advisers_until_one_takes_it_on(cast: Cast) -> None:
    referral, adviser, officer = referred(cast, urgent=True), signed_in(cast.adviser), signed_in(cast.owner)
    words = "Someone needs an answer today"
    assert words in adviser.get("/").content.decode()
    pages = [reverse("casework:case_to_dos", args=[cast.person.pk]), "/"]
    assert all(words not in officer.get(page).content.decode() for page in pages)
    assert adviser.post(reverse("advocacy:acknowledge", args=[referral.pk])).status_code == 302
    assert words not in adviser.get("/").content.decode()


def test_an_entry_of_the_adviser_is_written_once(cast: Cast) -> None:
    supported = taken_on(cast).pk
    client: Client = signed_in(cast.adviser)
    typed = {"kind": "note", "text": "She is safe", "once": str(uuid4())} | date_parts("on", today())
    for _ in range(2):
        assert client.post(reverse("advocacy:support", args=[supported]), typed).status_code == 302
    with identity(cast.adviser.pk):
        assert Entry.objects.count() == 1


def test_an_id_that_belongs_to_another_case_is_passed_over(cast: Cast, mother: FamilyMember) -> None:
    elsewhere = FamilyMemberFactory(person__crn="X900009")
    taken = Flag.objects.create(
        person=elsewhere.person,
        family_member=elsewhere,
        kind_id="safety_flag.DA_BETWEEN",
        scope="relationship",
        direction="from_member",
        certainty="known",
        basis="fact",
        source_id="safety_source.SELF",
        words="Not yours",
        recorded_on=today(),
        review_on=today(),
    )
    address = f"{reverse('flags:add_about', args=[mother.person_id, mother.pk])}?kind=safety_flag.DA_BETWEEN"
    answer = signed_in(cast.owner).post(address, FLAG | {"once": str(taken.pk)})
    made = Flag.objects.get(person=mother.person_id)
    assert answer["Location"] == reverse("flags:flag", args=[mother.person_id, made.pk])
    assert made.pk != taken.pk


def test_the_form_that_ends_the_work_does_not_take_it_up_again(cast: Cast) -> None:
    supported = taken_on(cast).pk
    client = signed_in(cast.adviser)
    address = reverse("advocacy:close", args=[supported])
    with identity(cast.adviser.pk):
        version = SupportedPerson.objects.get(pk=supported).version
    for _ in range(2):
        assert client.post(address, {"reason": "done", "version": version}).status_code == 302
        with identity(cast.adviser.pk):
            assert SupportedPerson.objects.get(pk=supported).closed_at is not None
    again = client.get(address).context["form"]
    client.post(address, {"version": again.initial["version"]})
    with identity(cast.adviser.pk):
        assert SupportedPerson.objects.get(pk=supported).closed_at is None
