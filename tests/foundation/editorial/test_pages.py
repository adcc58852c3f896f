"""The editors' pages: seen by editors alone, and nobody approves their own work."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Event
from alongside.foundation.content.models import ContentApproval, ContentItem, ContentVersion
from alongside.foundation.content.queries import content, wording_for_sending
from tests.cast import member_in
from tests.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db

EDIT = "/wording/pages.help/cy/edit/"
SOON = timezone.localdate() + timedelta(200)
GOOD = {
    "text": "# Cymorth\n\nTestun newydd",
    "review_on-day": str(SOON.day),
    "review_on-month": str(SOON.month),
    "review_on-year": str(SOON.year),
    "reason": "Corrected by a translator",
    "seen": "1",
}


@pytest.fixture
def editor() -> User:
    return member_in(TeamFactory(), RoleCode.CONTENT_EDITOR, "Edith Editor").user


@pytest.fixture
def second_editor() -> User:
    return member_in(TeamFactory(), RoleCode.CONTENT_EDITOR, "Nia Approver").user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("address", ["/wording/", "/wording/pages.help/", EDIT, "/wording/pages.help/cy/1/approve/"])
def test_only_editors_come_in(address: str, editor: User) -> None:
    practitioner = member_in(TeamFactory(), RoleCode.PRACTITIONER, "Olwen Owner").user
    assert Client().get(address).status_code == 302
    assert signed_in(UserFactory()).get(address).status_code == 403
    assert signed_in(practitioner).get(address).status_code == 403
    assert signed_in(editor).get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/wording/no.such/", "/wording/pages.help/fr/edit/", "/wording/pages.help/cy/99/approve/"]
)
def test_what_is_not_there_is_not_found(address: str, editor: User) -> None:
    assert signed_in(editor).get(address).status_code == 404


def test_one_writes_and_another_approves(editor: User, second_editor: User) -> None:
    answer = signed_in(editor).post(EDIT, GOOD)
    assert answer.status_code == 302
    assert content("pages.help", "cy").number == 2
    approve = "/wording/pages.help/cy/2/approve/"
    own = signed_in(editor).post(approve, {"read": "on"})
    assert "You wrote this version" in own.content.decode()
    assert not ContentApproval.objects.filter(content_version__number=2).exists()
    unread = signed_in(second_editor).post(approve, {})
    assert "Tick the box to say that you have read this version" in unread.content.decode()
    assert signed_in(second_editor).post(approve, {"read": "on"}).status_code == 302
    assert wording_for_sending("pages.help", "cy").heading == "Cymorth"
    names = list(Event.objects.filter(name__startswith="editorial.").values_list("name", flat=True))
    assert sorted(names) == ["editorial.version.approved", "editorial.version.written"]


def test_two_write_at_once_and_the_second_loses_nothing(editor: User, second_editor: User) -> None:
    signed_in(second_editor).post(EDIT, {**GOOD, "text": "Hers"})
    answer = signed_in(editor).post(EDIT, {**GOOD, "text": "Mine"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("#id_text").text.strip() == "Mine"
    assert "Nia Approver wrote a version while you were editing" in page.text
    assert "Hers" in page.select_one(".moj-alert").text
    again = signed_in(editor).post(EDIT, {**GOOD, "text": "Mine", "seen": page.select_one("[name=seen]")["value"]})
    assert again.status_code == 302
    assert ContentVersion.objects.filter(item__key="pages.help", language="cy").count() == 3


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"text": ""}, "Enter the text"),
        ({"text": "Hello {name}"}, "Take these out of the text: {name}"),
        ({"text": "x" * 40_001}, "Text must be 40000 characters or fewer"),
        ({"review_on-year": "2020"}, "Review date must be in the future"),
        ({"review_on-year": str(timezone.localdate().year + 5)}, "The review date must be within two years"),
        ({"reason": ""}, "Enter why it changed"),
    ],
)
def test_a_faulty_version_says_what_to_do_and_keeps_what_was_typed(
    editor: User, changed: dict[str, str], says: str
) -> None:
    answer = signed_in(editor).post(EDIT, {**GOOD, **changed})
    page = BeautifulSoup(answer.content, "html.parser")
    assert says in page.select_one(".govuk-error-summary").text
    assert page.title.text.startswith("Error: ")
    assert page.select_one("#id_reason")["value"] == changed.get("reason", GOOD["reason"])


def test_what_is_due_for_review_is_listed(editor: User) -> None:
    item = ContentItem.objects.create(key="test.old", title="Old words", owner="Head", shape="line")
    ContentVersion.objects.create(
        item=item, language="en", number=1, text="x", review_on=date(2020, 1, 1), written_by=editor.pk
    )
    page = signed_in(editor).get("/wording/?show=review").content.decode()
    assert "Old words" in page
    assert "Review overdue" in page


def test_the_list_costs_the_same_however_long(editor: User) -> None:
    client = signed_in(editor)
    client.get("/wording/")
    with CaptureQueriesContext(connection) as before:
        client.get("/wording/")
    for number in range(20):
        ContentItem.objects.create(key=f"test.n{number}", title=str(number), owner="Head", shape="line")
    with CaptureQueriesContext(connection) as after:
        client.get("/wording/")
    assert len(after) == len(before)
