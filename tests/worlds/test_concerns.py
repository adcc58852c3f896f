"""What anyone tells us changes nothing that a narrow role can get, and a leak of it would be noticed."""

from dataclasses import replace

import pytest

from alongside.contact.concerns.actions import (
    AbsenceFacts,
    Decision,
    bring_up_unread,
    decide_concern,
    do_step,
    record_absence,
    take_down,
)
from alongside.contact.concerns.models import Concern
from alongside.contact.concerns.queries import taken_or_404
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import end_of, today
from alongside.foundation.records.identity import identity, set_identity
from alongside.foundation.work.actions import add_to_timeline
from tests.pages import World
from tests.pages.concerns import FACTS
from tests.worlds import two_worlds

pytestmark = pytest.mark.django_db

WORD = "zqtold"
ROOM = frozenset({"call", "tell", "member_call", "tell_on_case", "of_case", "queue", "concern", "place", "absence"})
SHOWN = {f"concerns:{page}" for page in ROOM} | {
    "search",
    "casework:today",
    "casework:case",
    "casework:timeline",
    "casework:case_to_dos",
    "casework:family_member",
    "flags:desk",
    "decisions:start",
    "log:search",
    "protected:refused",
}


def everything_told(world: World) -> None:
    """Whatever this room can write about one case: told, missing, placed by its number, brought up and decided."""
    owner, senior, person = world.cast.owner, world.cast.senior, world.person
    words = dict.fromkeys(("seen", "reported", "opinion", "wishes", "expects", "reach", "told_by_name"), WORD)
    facts = replace(FACTS, urgent=True, duties=("duty_owed.CHILD",), **words)
    with identity(owner.pk):
        told = take_down(by=owner, person=person, member=world.more["member"], place=True, facts=facts)
        gone = take_down(by=owner, person=person, place=True, facts=replace(facts, kind_id="concern_kind.MISSING"))
        do_step(by=owner, concern=gone, step_id="missing_step.POLICE", note=WORD)
        _, taken = taken_or_404(told.pk)
        decide_concern(by=owner, concern=told, taken=taken, decision=Decision("concern_outcome.ENFORCE", why=WORD))
        absence = AbsenceFacts(from_date=today(), until_date=None, said=WORD, person_knows=False, limits_said=True)
        record_absence(by=owner, person=person, member=world.more["member"], facts=absence)
    with identity(senior.pk):
        take_down(by=senior, facts=replace(facts, number=person.crn, about=WORD))
    set_identity(None)
    bring_up_unread(now=end_of(today()))
    assert Concern.objects.filter(person=person).count() >= 4


def test_what_is_told_changes_no_answer_to_anyone_narrow() -> None:
    with two_worlds(words=(WORD,), pages=SHOWN) as worlds:
        worlds.change(lambda: everything_told(worlds.world))
        assert worlds.differences() == []


def test_a_line_in_the_timeline_would_be_noticed() -> None:
    with two_worlds(pages={"casework:timeline"}, askers={"engagement_worker"}) as worlds:
        worlds.change(
            lambda: add_to_timeline(
                by=None, case_id=worlds.world.person.pk, kind="concerns.x", title=WORD, right=Right.SEE_IDENTITY
            )
        )
        assert [one.page for one in worlds.differences()] == ["casework:timeline"]
