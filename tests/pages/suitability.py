"""Who sees how family members are involved. Family workers see level and conditions, never how it was judged."""

from datetime import timedelta
from typing import Any

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import ask_for_approval
from alongside.involvement.suitability.models import Assessment, Conversation, Enquiry, SecondLook
from tests.factories import FamilyMemberFactory
from tests.involvement.suitability.rows import involvement_of, judgement_of
from tests.pages import CASE, FAMILY, FORBIDDEN, TEAM, Page, World

JUDGES = TEAM
HOLDS_THE_RIGHT_SOMEWHERE = CASE | {"outsider", "excluded", "former_inspector"}


def furnish(world: World) -> None:
    """A mother with a long history, an uncle whose judgement waits, and one of whom nothing is known."""
    owner, person = world.cast.owner, world.person
    mother = FamilyMemberFactory(person=person, given_name="Grace", family_name="Achebe")
    involvement_of(person, mother, owner, "Words")
    uncle = FamilyMemberFactory(person=person, given_name="Uche", family_name="Achebe")
    waiting = judgement_of(person, uncle, owner)
    ask_for_approval(
        by=owner,
        case_id=person.pk,
        kind="suitability.judgement",
        subject_id=waiting.pk,
        title="How Uche Achebe may be involved",
        right=Right.APPROVE,
        due_on=today() + timedelta(days=5),
    )
    friend = FamilyMemberFactory(person=person, given_name="Femi", family_name="Ojo")
    look = SecondLook.objects.get(family_member=mother.pk)
    open_look = SecondLook.objects.create(
        case=person.pk,
        family_member=mother.pk,
        judgement=look.judgement,
        kind="complaint",
        asked_by="person",
        asked_on=today(),
        how="phone",
        due_on=today() + timedelta(days=20),
        recorded_by=owner.pk,
        at=look.at,
        words="Words",
    )
    world.more |= {
        "suit_mother": mother.pk,
        "suit_uncle": uncle.pk,
        "suit_friend": friend.pk,
        "suit_waiting": waiting.pk,
        "suit_judged": look.judgement_id,
        "suit_look": open_look.pk,
        "suit_talk": Conversation.objects.get(assessment__family_member=mother).pk,
        "suit_enquiry": Enquiry.objects.get(family_member=mother).pk,
    }
    assert Assessment.objects.filter(family_member=mother, closed_at=None).exists()


def case(world: World) -> list[Any]:
    return [world.person.pk]


def of(who: str, *more: str) -> Any:
    """The address of a family member; what follows are names of rows, or words of the address."""
    return lambda world: [world.person.pk, world.more[f"suit_{who}"], *(world.more.get(f"suit_{m}", m) for m in more)]


def row(name: str) -> Any:
    return lambda world: [world.person.pk, world.more[f"suit_{name}"]]


PAGES = [
    Page("suitability:overview", FAMILY, args=case),
    Page("suitability:member", FAMILY, args=of("mother")),
    Page("suitability:member", FAMILY, args=of("friend"), query="?who=friend"),
    Page("suitability:questions", HOLDS_THE_RIGHT_SOMEWHERE, refusal=FORBIDDEN),
    Page("suitability:quick", JUDGES, args=of("friend")),
    Page("suitability:start", JUDGES, args=of("friend")),
    Page("suitability:start", JUDGES, args=of("mother"), query="?begun=yes", answer=302, browse=False),
    Page("suitability:prepare", JUDGES, args=of("mother")),
    Page("suitability:prepare", frozenset(), args=of("friend"), query="?nothing=begun", browse=False),
    Page("suitability:notes", JUDGES, args=of("mother")),
    Page("suitability:set_aside", JUDGES, args=of("mother")),
    Page("suitability:add_conversation", JUDGES, args=of("mother", "person")),
    Page("suitability:add_conversation", JUDGES, args=of("mother", "other"), query="?party=other"),
    Page("suitability:add_conversation", frozenset(), args=of("mother", "judge"), query="?party=none", browse=False),
    Page("suitability:conversation", JUDGES, args=of("mother", "talk")),
    Page("suitability:ask", JUDGES, args=of("mother", "talk", "in_the_way")),
    Page("suitability:ask", frozenset(), args=of("mother", "talk", "no_such"), query="?part=none", browse=False),
    Page("suitability:note_source", JUDGES, args=of("mother", "records", "helps")),
    Page("suitability:weigh", JUDGES, args=of("mother", "helps")),
    Page("suitability:judge", JUDGES, args=of("mother")),
    Page("suitability:enquiry", JUDGES, args=row("enquiry")),
    Page("suitability:judgement", CASE, args=row("judged")),
    Page("suitability:judgement", CASE, args=row("waiting"), query="?waiting=yes"),
    Page("suitability:discuss", JUDGES, args=row("judged")),
    Page("suitability:pause", JUDGES, args=of("mother")),
    Page("suitability:step_down", JUDGES, args=of("mother")),
    Page("suitability:resume", JUDGES, args=of("mother")),
    Page("suitability:in_the_way", JUDGES, args=of("mother")),
    Page("suitability:joined_session", JUDGES, args=of("mother")),
    Page("suitability:ask_second_look", JUDGES, args=of("mother")),
    Page("suitability:second_look", CASE, args=row("look")),
    Page(
        "suitability:judgement",
        frozenset({"senior", "safeguarding"}),
        args=row("waiting"),
        method="post",
        data={"state": "approved", "reason": ""},
        answer=302,
        browse=False,
    ),
    Page(
        "suitability:second_look",
        frozenset({"senior", "safeguarding"}),
        args=row("look"),
        method="post",
        data={"outcome": "stands", "answer": "It stands."},
        answer=302,
        exceptions={"owner": 302},  # who had a hand in it is sent back with a word
        browse=False,
    ),
    Page(
        "suitability:in_the_way",
        JUDGES,
        args=of("mother"),
        method="post",
        data={"said_by": "person", "on-day": "1", "on-month": "3", "on-year": "2026"},
        answer=302,
        browse=False,
    ),
]
