"""What came back, and what was written, changes nothing that anyone narrow can see."""

import pytest
from django.utils import timezone

from alongside.contact.messages.actions.phrases import agree_words
from alongside.contact.messages.actions.replies import Arrived, take_in
from alongside.foundation.calendar.rules import today
from alongside.foundation.delivery.rules import Channel
from tests.worlds import two_worlds

pytestmark = pytest.mark.django_db
PAGES = (
    "casework:case",
    "casework:family_member",
    "casework:timeline",
    "casework:today",
    "messages:messages",
    "messages:member",
    "messages:take_in",
    "messages:to_sort",
)
NARROW = ("reception", "family_worker")


def test_a_reply_and_agreed_words_show_to_nobody_narrow() -> None:
    with two_worlds(words=("zqsecret",), pages=PAGES, askers=NARROW) as worlds:
        brother = worlds.world.more["messages_brother"]
        owner = worlds.world.cast.owner

        def comes() -> None:
            take_in(by=None, arrived=Arrived(Channel.TEXT, "07700 900444", "zqsecret", timezone.now(), "one"))
            agree_words(by=owner, member=brother, topic="good_news", words="zqsecret", alone=True, on=today())

        worlds.change(comes)
        assert worlds.differences() == []
