"""Guidance stands where one decides, is acknowledged once for each version, and tells a lead how many have not."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.audit.models import Event
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.models import ContentItem, ContentVersion, Language
from alongside.foundation.content.sources import read_wording
from alongside.foundation.editorial.actions import approve_version, write_version
from alongside.foundation.records.models import AppendOnlyError
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.actions import record_flag
from alongside.safety.guidance.actions import NoSuchVersionError, acknowledge
from alongside.safety.guidance.boundaries import ROWS, card_pdf
from alongside.safety.guidance.models import Acknowledgement
from alongside.safety.guidance.queries import guidance_for, readers_of, wording_of
from alongside.safety.guidance.rules import Point, Readers
from tests.cast import Cast, assemble
from tests.involvement.decisions.family import trusted_father
from tests.safety.flags.scene import abuse

pytestmark = pytest.mark.django_db
BOX = 'name="guidance_read"'


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def father(cast: Cast) -> FamilyMember:
    return trusted_father(cast.person, cast.owner)


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def new_version(cast: Cast, point: Point) -> ContentVersion:
    """A version that an editor wrote and someone else approved."""
    old = wording_of(point)
    item = ContentItem.objects.get(key=point.key)
    version = write_version(
        by=cast.editor,
        item=item,
        language=Language.ENGLISH,
        text=f"{old.text}\n- Ring the adviser.",
        review_on=item_review(old.version_id),
        reason="The adviser asked",
        seen_number=old.number,
    )
    approve_version(by=cast.senior, version=version)
    return version


def item_review(version_id: object) -> object:
    return ContentVersion.objects.get(pk=version_id).review_on


def test_guidance_stands_where_one_decides_and_only_where_abuse_bears_on_it(cast: Cast, father: FamilyMember) -> None:
    officer, of_case, of_member = signed_in(cast.owner), [cast.person.pk], [cast.person.pk, father.pk]
    assert BOX not in page(officer, "permissions:give", *of_member)
    assert BOX not in page(officer, "flags:add", *of_case, query="?kind=safety_flag.RCCO")
    record_flag(by=cast.owner, person=cast.person, member=father, values=abuse(), may_set_named=False)
    for name, args, query in (
        ("flags:add_about", of_member, "?kind=safety_flag.DA_BETWEEN"),
        ("permissions:give", of_member, ""),
        ("permissions:today", of_member, ""),
        ("advocacy:refer", of_case, ""),
        ("advocacy:asked", of_case, ""),
    ):
        assert BOX in page(officer, name, *args, query=query), name
    asked = {"identity": "called_back", "act": "share", "tell_topic": "whereabouts"}
    assert BOX in officer.post(reverse("decisions:ask", args=of_member), asked).content.decode()


def test_one_says_once_that_one_has_read_a_version_and_is_asked_again_by_the_next(cast: Cast) -> None:
    officer = signed_in(cast.owner)
    here = reverse("advocacy:asked", args=[cast.person.pk])
    version = wording_of(Point.REFERRAL).version_id
    read = {"guidance_read": str(version)}
    kept = officer.post(here, read).content.decode()
    assert "checked" in kept[kept.index(BOX) : kept.index(BOX) + 120], "a form that comes back keeps the tick"
    assert not Acknowledgement.objects.exists()
    for _twice in range(2):
        assert officer.post(here, read | {"request": "at_home_visit", "asked_by": "service"}).status_code == 302
    row = Acknowledgement.objects.get()
    assert (row.acknowledged_by, row.content_version_id) == (cast.owner.pk, version)
    event = Event.objects.get(name="guidance.version.acknowledged")
    assert (event.chain, event.actor) == (cast.owner.pk, cast.owner.pk)
    assert BOX not in page(officer, "advocacy:asked", cast.person.pk)
    with pytest.raises(AppendOnlyError):
        row.delete()

    new_version(cast, Point.REFERRAL)
    again = page(officer, "advocacy:asked", cast.person.pk)
    assert BOX in again
    assert "This has changed since you last read it." in again
    assert acknowledge(by=cast.colleague, point=Point.REFERRAL, version_id=version), "read while it changed"


def test_what_is_no_approved_version_of_this_guidance_cannot_be_acknowledged(cast: Cast) -> None:
    welsh = ContentVersion.objects.get(item__key=Point.FLAG.key, language=Language.WELSH)
    for wrong in (uuid4(), wording_of(Point.MAY_I).version_id, welsh.pk):
        with pytest.raises(NoSuchVersionError):
            acknowledge(by=cast.owner, point=Point.FLAG, version_id=wrong)
        here = reverse("guidance:read", args=["flag"])
        answer = signed_in(cast.owner).post(here, {"guidance_read": str(wrong)}, follow=True)
        assert "could not be taken down" in answer.content.decode()
    assert signed_in(cast.owner).post(reverse("guidance:read", args=["flag"]), {}).status_code == 302
    assert signed_in(cast.owner).get(reverse("guidance:read", args=["nothing"])).status_code == 404
    assert not Acknowledgement.objects.exists()


def test_a_lead_sees_how_many_have_not_read_it_and_never_who(cast: Cast) -> None:
    version = wording_of(Point.FLAG).version_id
    before = readers_of([version], [cast.team.pk], on=today())[version]
    acknowledge(by=cast.owner, point=Point.FLAG, version_id=version)
    acknowledge(by=cast.outsider, point=Point.FLAG, version_id=version)
    now = readers_of([version], [cast.team.pk], on=today())[version]
    assert (now.read, now.of) == (before.read + 1, before.of)
    shown = page(signed_in(cast.senior), "guidance:library")
    assert now.words in shown
    assert cast.owner.name not in shown
    assert cast.colleague.name not in shown
    assert "in your teams" not in page(signed_in(cast.owner), "guidance:library")


def test_the_library_costs_the_same_however_much_was_read(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        guidance_for(cast.owner.pk, Point)
    few = len(queries)
    for point in Point:
        acknowledge(by=cast.owner, point=point, version_id=wording_of(point).version_id)
    with CaptureQueriesContext(connection) as queries:
        assert all(piece.standing.read_at for piece in guidance_for(cast.owner.pk, Point))
    assert few == len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        readers_of([wording_of(point).version_id for point in Point], [cast.team.pk], on=today())
    assert len(queries) == 2


def test_counts_are_said_plainly() -> None:
    assert Readers(read=0, of=0).words == "Nobody in your teams decides on this."
    assert Readers(read=4, of=5).words == "1 of 5 in your teams has not read it yet."
    assert Readers(read=5, of=5).words == "All 5 in your teams have read it."


def test_the_card_of_roles_has_its_words_in_both_languages_and_prints_as_a_tagged_draft_in_welsh(cast: Cast) -> None:
    keys = {item.key: item.texts for item in read_wording() if item.key.startswith("roles.")}
    named = {f"roles.name.{role}" for roles in ROWS.values() for role in roles}
    said = {
        f"roles.{about}.{role}.{what}"
        for about, roles in ROWS.items()
        for role in roles
        for what in ("does", "does_not")
    }
    assert named | said <= set(keys)
    assert all(len(texts) == 2 for texts in keys.values())
    for language in Language:
        pdf = card_pdf(language)
        assert b"pdfuaid" in pdf
    welsh = page(signed_in(cast.adviser), "guidance:roles", query="?language=cy")
    assert "Draft: not approved yet" in welsh
    assert "Cynghorydd cam-drin domestig" in welsh
