"""A search in the whole caseload finds the same, in the same order, whichever way it looks."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from alongside.contact.log import queries
from alongside.contact.log.models import Contact, Direction, Party
from alongside.contact.log.queries import contacts_across, newest_among, page_across
from alongside.foundation.ui.paging import PER_PAGE, page_of
from tests.cast import assemble
from tests.factories import AllocationFactory, PersonFactory

pytestmark = pytest.mark.django_db
WORDS = ("rent", "rent bus", "bus", "")


def test_the_newest_that_are_looked_through_first_are_what_the_index_of_words_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half the notes are another team's, some rest on a disclosure, and many happened at the same moment."""
    cast = assemble()
    theirs = PersonFactory()
    AllocationFactory(person=theirs)
    now = timezone.now()
    Contact.objects.bulk_create(
        Contact(
            person=theirs if number % 2 else cast.person,
            party=Party.PERSON,
            at=now - timedelta(hours=number // 6),
            channel_id="contact_channel.phone",
            direction=Direction.FROM_THEM,
            purpose_id="contact_purpose.WELLBEING",
            outcome_id="contact_outcome.SPOKE",
            heard=WORDS[number // 2 % 4] + (" swansea" if number == 178 else ""),
            by_law=number % 14 == 0,
        )
        for number in range(180)
    )
    monkeypatch.setattr(queries, "WINDOW_FOR_EACH", 1)
    filled = set()
    for user in (cast.owner, cast.outsider):
        for text in ("rent", "swansea", "(("):
            plain = contacts_across(user, text).values_list("pk", flat=True)
            everything = list(plain)
            for number in ("1", "2", "9"):
                request = RequestFactory().get("/", {"page": number})
                expected = page_of(plain, request)
                for window in (1, 120):
                    monkeypatch.setattr(queries, "WINDOW", window)
                    assert page_across(user, text, request) == expected, (user.name, text, number, window)
            newest = newest_among(contacts_across(user, text), window=120)
            assert newest is not None
            found = list(newest)
            assert found == everything[: len(found)]
            filled.add((len(found) > PER_PAGE, len(everything) > len(found)))
    assert filled >= {(True, True), (False, True)}, "some pages the newest fill, and some they do not"
