"""The pages, driven as a user drives them."""

import re
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.work.models import Approval, ApprovalState, ToDo
from alongside.involvement.decisions.asking import _set_by_judgement
from alongside.involvement.decisions.finding import MOST_FOUND
from alongside.involvement.decisions.models import Basis, Decision, PurposeSaid, Use
from alongside.involvement.decisions.rules import RULES, Answer, Facts, Judged, Outcome
from alongside.involvement.decisions.views import asking as asking_page
from alongside.involvement.suitability.actions import pause
from alongside.people.allocations.models import UnconfirmedAccess
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.actions.stopping import refuse, withdraw
from alongside.safety.permissions.rules import Direction
from tests.cast import Cast, assemble, member_in
from tests.factories import (
    AllocationFactory,
    CaseGrantFactory,
    ContactPointFactory,
    FamilyMemberFactory,
    PersonFactory,
    PostFactory,
)
from tests.involvement.decisions.family import permit, trusted_father

pytestmark = pytest.mark.django_db


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


def address(name: str, member: FamilyMember) -> str:
    return reverse(f"decisions:{name}", args=[member.person_id, member.pk])


WHERE = {"identity": "called_back", "act": "share", "tell_topic": "whereabouts"}


def fields_of(response: HttpResponse) -> dict[str, str]:
    """The hidden fields of the answer, as its form sends them."""
    page = response.content.decode()
    form = page[page.index("may-i/use/") :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def use(client: Client, member: FamilyMember, answer: HttpResponse, how: str, **more: Any) -> HttpResponse:
    return client.post(address("use", member), fields_of(answer) | {"use": how} | more)


def test_the_answer_comes_with_reason_condition_words_and_what_else(cast: Cast, father: FamilyMember) -> None:
    answer = signed_in(cast.owner).post(address("ask", father), WHERE)
    page = answer.content.decode()
    assert "Yes, if you keep to what is below" in page
    assert "Say what was asked about, and no more." in page
    assert "Words to use" in page
    assert "Listen. Anyone may tell us something" in page
    assert "If you are not sure, do not do it yet" in page


def test_an_answer_that_is_used_is_kept_with_its_facts_and_can_be_explained(cast: Cast, father: FamilyMember) -> None:
    client = signed_in(cast.owner)
    answer = client.post(address("ask", father), WHERE)
    assert Decision.objects.count() == 0
    kept = use(client, father, answer, "done")
    decision = Decision.objects.get()
    assert kept.headers["Location"] == reverse("decisions:kept", args=[cast.person.pk, decision.pk])
    assert (decision.use, decision.outcome, decision.policy) == (Use.DONE, Outcome.CONDITIONS, 1)
    page = client.get(kept.headers["Location"]).content.decode()
    assert "With the facts of then" in page
    assert "the same answer for the same reasons" in page
    assert "Asked now: Yes, if you keep to what is below" in page
    withdraw(by=cast.owner, member=father)
    page = client.get(kept.headers["Location"]).content.decode()
    assert "the same answer for the same reasons" in page
    assert "Asked now: No" in page
    assert "Do not act on the answer of then" in page


def test_contact_beyond_what_was_agreed_says_why(
    cast: Cast, father: FamilyMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = asking_page.known_about

    def spent(*args: Any, **kwargs: Any) -> Any:
        found = known(*args, **kwargs)
        return {
            pk: replace(one, facts=replace(one.facts, spent_ways=frozenset({"phone"}))) for pk, one in found.items()
        }

    monkeypatch.setattr(asking_page, "known_about", spent)
    client = signed_in(cast.owner)
    answer = client.post(address("ask", father), WHERE)
    assert "Note why this goes beyond what was agreed" in answer.content.decode()
    refused = use(client, father, answer, "done")
    assert "Enter why this goes beyond what was agreed" in refused.content.decode()
    assert not Decision.objects.exists()
    use(client, father, refused, "done", note="His mother is in hospital")
    assert Decision.objects.get().note == "His mother is in hospital"


def test_the_same_question_on_the_same_facts_is_stored_once(cast: Cast, father: FamilyMember) -> None:
    client = signed_in(cast.owner)
    for _ in range(2):
        use(client, father, client.post(address("ask", father), WHERE), "done")
    assert Decision.objects.count() == 2
    assert Basis.objects.count() == 1


def test_what_changed_between_reading_and_using_is_answered_again(cast: Cast, father: FamilyMember) -> None:
    client = signed_in(cast.owner)
    answer = client.post(address("ask", father), WHERE)
    refuse(by=cast.owner, member=father)
    again = use(client, father, answer, "done")
    assert again.status_code == 200
    assert "Something changed while you were reading" in again.content.decode()
    assert not Decision.objects.exists()


def test_what_was_typed_beside_an_answer_is_not_lost(cast: Cast, father: FamilyMember) -> None:
    client = signed_in(cast.owner)
    answer = client.post(address("ask", father), WHERE)
    refuse(by=cast.owner, member=father)
    changed = use(client, father, answer, "done", note="zz she waits")
    assert changed.context["use_form"]["note"].value() == "zz she waits"
    too_long = use(client, father, client.post(address("ask", father), WHERE), "held", note="y" * 501)
    assert "y" * 501 in too_long.content.decode()
    assert "500 characters" in too_long.content.decode()
    assert not Decision.objects.exists()


def test_that_an_hour_strikes_changes_no_answer_that_stays_the_same(
    cast: Cast, father: FamilyMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    def it_is(hour: int) -> None:
        moment = (timezone.now() + timedelta(days=1)).astimezone(LONDON).replace(hour=hour, minute=1)
        monkeypatch.setattr("alongside.involvement.decisions.views.asking.now", lambda: moment)

    client = signed_in(cast.owner)
    it_is(12)
    answer = client.post(address("ask", father), WHERE)
    it_is(13)
    assert use(client, father, answer, "done").status_code == 302
    rung = client.post(address("ask", father), {"identity": "called_back", "act": "call"})
    assert rung.context["shown"].tone == "if"
    it_is(23)
    assert "Something changed" in use(client, father, rung, "done").content.decode()


def test_where_a_rule_comes_from_is_shown_to_whoever_reads_policy_alone(cast: Cast, father: FamilyMember) -> None:
    client = signed_in(cast.owner)
    answer = client.post(address("ask", father), WHERE)
    kept = use(client, father, answer, "done").headers["Location"]
    for page in (answer, client.get(kept)):
        assert "invariant" not in page.content.decode().lower()
        assert "R071" not in page.content.decode()
    PostFactory(member=cast.owner_member, role=RoleCode.HEAD, team=cast.team)
    trail = signed_in(User.objects.get(pk=cast.owner.pk)).get(kept).content.decode()
    assert "R071; invariant 2" in trail
    assert f'href="{reverse("decisions:policy")}#always.within"' in trail


def test_what_is_refused_cannot_be_kept_as_done(cast: Cast, father: FamilyMember) -> None:
    refuse(by=cast.owner, member=father)
    client = signed_in(cast.owner)
    answer = client.post(address("ask", father), WHERE)
    use(client, father, answer, "done")
    assert not Decision.objects.exists()
    use(client, father, answer, "held")
    assert Decision.objects.get().use == Use.HELD


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (WHERE | {"tell_topic": "health"}, "does not cover telling them anything about health"),
        (
            WHERE | {"identity": "on_record", "written_by": "letter"},
            "does not permit this about where they are by letter",
        ),
        (
            {"identity": "called_back", "act": "ask", "ask_topic": "good_news"},
            "permits us to tell them about good news",
        ),
    ],
)
def test_what_a_permission_does_not_reach_is_said_exactly(
    cast: Cast, father: FamilyMember, asked: dict[str, str], says: str
) -> None:
    permit(cast.owner, father, "good_news", direction=Direction.TO_THEM)
    assert says in signed_in(cast.owner).post(address("ask", father), asked).content.decode()


def test_help_on_a_permission_alone_stops_when_it_is_paused(cast: Cast, father: FamilyMember) -> None:
    client = signed_in(cast.owner)
    assert client.post(address("ask", father), WHERE).context["shown"].tone == "if"
    pause(by=cast.owner, member=father, reason="He tells her sister everything", told="not_to_be")
    page = client.post(address("ask", father), WHERE).content.decode()
    assert "This involvement is paused." in page
    assert client.post(address("ask", father), {"identity": "known", "act": "listen"}).context["shown"].tone == "yes"


def test_nobody_is_sent_to_press_for_a_refusal_to_be_taken_back(cast: Cast, father: FamilyMember) -> None:
    refuse(by=cast.owner, member=father)
    page = signed_in(cast.owner).post(address("ask", father), WHERE).content.decode()
    assert "Only they can take that back, unprompted." in page
    assert "Ask the person" not in page


def test_a_purpose_is_asked_once_and_only_where_the_answer_may_be_a_yes(cast: Cast) -> None:
    client = signed_in(cast.owner)
    stranger = FamilyMemberFactory(person=cast.person)
    page = client.post(address("ask", stranger), WHERE).content.decode()
    assert '<h2 class="answer__headline" id="answer-title">No</h2>' in page
    assert "govuk-error-summary" not in page
    member = trusted_father(cast.person, cast.owner, purpose=False)
    page = client.post(address("ask", member), WHERE).content.decode()
    assert "This may be a yes. What is it for?" in page
    assert "Say why this person" in page
    said = {"goal": "other", "why_them": "She asked", "why_now": "He starts on Monday", "will_do": "Remind him"}
    client.post(address("ask", member), WHERE | said)
    client.post(address("ask", member), WHERE)
    assert PurposeSaid.objects.count() == 1


def test_an_answer_says_what_the_person_permits_to_those_who_may_read_it(cast: Cast, father: FamilyMember) -> None:
    when_missed = {"missed_days": 7, "words": "He has not been in touch with us for a week."}
    permit(cast.owner, father, "good_news", **when_missed)
    page = signed_in(cast.owner).post(address("ask", father), WHERE | {"tell_topic": "good_news"}).content.decode()
    assert "What Daniel permits" in page
    assert "7 days" in page


def test_conditions_of_a_judgement_are_read_out_to_whoever_may_read_them() -> None:
    facts = Facts(judged=Judged.APPROVED, conditions=("Never about Ava’s father",))
    spoke = Answer(Outcome.CONDITIONS, (RULES["suitability.conditions"].finding,))
    may_read = SimpleNamespace(may=lambda right: True)
    assert _set_by_judgement(facts, spoke, may_read) == ("“Never about Ava’s father”",)
    assert _set_by_judgement(facts, spoke, SimpleNamespace(may=lambda right: False)) == ()
    assert _set_by_judgement(facts, Answer(Outcome.REFUSE, ()), may_read) == ()


def test_a_list_of_those_found_tells_them_apart_and_says_that_there_are_more(cast: Cast) -> None:
    other = PersonFactory(given_names="Rhys", family_name="Okafor")
    AllocationFactory(person=other, team=cast.team, member=member_in(cast.team, RoleCode.PRACTITIONER, "Colleague"))
    for _ in range(MOST_FOUND):
        FamilyMemberFactory(person=other, given_name="Aaron", family_name="Vaughan")
    FamilyMemberFactory(person=cast.person, given_name="Zoe", family_name="Vaughan", relationship_id="relationship.MOT")
    page = signed_in(cast.owner).get(reverse("decisions:start"), {"q": "Vaughan"}).content.decode()
    assert "Only the first 20 are shown" in page
    assert page.index("Zoe Vaughan") < page.index("Aaron Vaughan")
    assert "Mother, named by Daniel Achebe" in page


def test_listening_needs_no_purpose_and_is_never_refused(cast: Cast) -> None:
    member = FamilyMemberFactory(person=cast.person)
    page = signed_in(cast.owner).post(address("ask", member), {"identity": "unverified", "act": "listen"})
    assert '<h2 class="answer__headline" id="answer-title">Yes</h2>' in page.content.decode()


def test_what_is_typed_wrong_says_so_beside_the_field_and_keeps_the_rest(cast: Cast, father: FamilyMember) -> None:
    client = signed_in(cast.owner)
    page = client.post(address("ask", father), {"identity": "called_back", "act": "share"}).content.decode()
    assert "Choose what it is about" in page
    for hostile in ({"act": "rm -rf"}, {"identity": "x" * 9000}, {"tell_topic": "' OR 1=1"}, {}):
        assert client.post(address("ask", father), WHERE | hostile if hostile else {}).status_code == 200


def test_ask_first_goes_to_the_senior_and_comes_back(cast: Cast) -> None:
    newcomer = trusted_father(cast.person, cast.owner, matters=("DOMESTIC_ABUSE", "ORDERS", "LIMITED_ACCESS"))
    client = signed_in(cast.owner)
    answer = client.post(address("ask", newcomer), WHERE)
    assert "Ask first" in answer.content.decode()
    assert "Senior probation officer" in answer.content.decode()
    use(client, newcomer, answer, "asked", note="She rang three times")
    decision = Decision.objects.get()
    approval = Approval.objects.get(subject=decision.pk)
    own = client.post(reverse("casework:approval", args=[approval.pk]), {"state": "approved", "reason": "I may"})
    assert own.status_code in (403, 404)
    senior = signed_in(cast.senior)
    queue = senior.get(reverse("casework:approvals")).content.decode()
    assert "May I? Tell them something: where they are" in queue
    decide, yes = reverse("casework:approval", args=[approval.pk]), {"state": "approved", "reason": "Yes, today."}
    assert "What do you decide?" not in senior.get(decide).content.decode()
    senior.post(decide, yes)
    approval.refresh_from_db()
    assert approval.state == ApprovalState.WAITING, "it was decided unread"
    read = senior.get(reverse("casework:read_approval", args=[approval.pk]), follow=True).content.decode()
    assert "She rang three times" in read
    assert "What do you decide?" in senior.get(decide).content.decode()
    senior.post(decide, yes)
    approval.refresh_from_db()
    assert approval.state == ApprovalState.APPROVED
    assert ToDo.objects.filter(kind="decisions.answered", for_user=cast.owner.pk, done_at=None).count() == 1
    page = client.get(reverse("decisions:kept", args=[cast.person.pk, decision.pk])).content.decode()
    assert "Yes, today." in page
    assert not ToDo.objects.filter(kind="decisions.answered", done_at=None).exists()
    page = client.post(address("ask", newcomer), WHERE).content.decode()
    assert "Yes, if you keep to what is below" in page
    assert "It was asked about first and approved." in page
    other_topic = client.post(address("ask", newcomer), WHERE | {"tell_topic": "appointments"}).content.decode()
    assert "Ask first" in other_topic


def test_whoever_asks_on_a_case_that_nobody_else_can_open_is_told_so(cast: Cast) -> None:
    newcomer = trusted_father(cast.person, cast.owner, matters=("DOMESTIC_ABUSE", "ORDERS", "LIMITED_ACCESS"))
    client = signed_in(cast.owner)

    def told() -> bool:
        kept = use(client, newcomer, client.post(address("ask", newcomer), WHERE), "asked").headers["Location"]
        return "Nobody but you can open this case yet" in client.get(kept).content.decode()

    assert not told()
    UnconfirmedAccess.objects.create(person=cast.person, since=timezone.now())
    assert told()


def test_a_call_is_looked_up_by_number_and_leads_straight_on(cast: Cast, father: FamilyMember) -> None:
    client = signed_in(cast.owner)
    for number in ("07700 900111", "+44 7700 900111", "07700900111"):
        found = client.get(reverse("decisions:start"), {"q": number})
        assert found.headers["Location"] == address("ask", father)
    assert signed_in(cast.outsider).get(reverse("decisions:start"), {"q": "07700 900111"}).status_code == 200
    nobody = signed_in(cast.outsider).get(reverse("decisions:start"), {"q": "Martin Bartlett"}).content.decode()
    assert "Nobody found" in nobody
    assert str(father.pk) not in nobody


def test_names_are_found_as_they_are_said(cast: Cast, father: FamilyMember) -> None:
    client = signed_in(cast.owner)
    assert client.get(reverse("decisions:start"), {"q": "martin"}).headers["Location"] == address("ask", father)
    assert client.get(reverse("decisions:start"), {"q": "Achebe"}).headers["Location"] == address("ask", father)
    ContactPointFactory(family_member=FamilyMemberFactory(person=cast.person, given_name="Martina"))
    assert "Is it one of these?" in client.get(reverse("decisions:start"), {"q": "martin"}).content.decode()
    for hostile in ("%", "_", "'", "a" * 500, "\x00", "🙂"):
        assert client.get(reverse("decisions:start"), {"q": hostile}).status_code == 200


def test_a_family_worker_is_told_the_outcome_and_never_the_cause(cast: Cast, father: FamilyMember) -> None:
    worker = signed_in(cast.family_worker)
    pages = []
    for kind, values in (
        ("DA_BETWEEN", {"scope": "relationship", "direction": "from_member", "family_member": father}),
        ("CONTROL", {"scope": "relationship", "family_member": father, "awaiting_review": True}),
    ):
        flag = make_flag(cast, kind, **values)
        page = worker.post(address("ask", father), WHERE).content.decode()
        assert "abuse" not in page.lower()
        assert "control" not in body(page).lower()
        assert "Something on record stands against this. It is not shown to you." in page
        pages.append(body(page))
        type(flag).objects.filter(pk=flag.pk).update(removed_on=flag.recorded_on, removal_reason_id=a_reason())
    assert pages[0] == pages[1]


def body(page: str) -> str:
    """The answer on a page, without tokens."""
    shown = page[page.index('<section class="answer') :]
    return re.sub(r'value="[^"]*"', "", shown[: shown.index("</main>")])


def a_reason() -> str:
    from alongside.foundation.reference.queries import coded_list

    return coded_list("flag_removal_reason")[0].id


def make_flag(cast: Cast, kind: str, **values: Any) -> Any:
    from datetime import timedelta

    from alongside.foundation.calendar.rules import today
    from alongside.safety.flags.models import Flag

    return Flag.objects.create(
        **{
            "person": cast.person,
            "kind_id": f"safety_flag.{kind}",
            "certainty": "known",
            "basis": "reported",
            "source_id": "safety_source.SELF",
            "words": "What was said",
            "recorded_on": today(),
            "review_on": today() + timedelta(days=28),
            "awaiting_review": False,
        }
        | values
    )


def test_nobody_asks_about_a_relative_of_another_case(cast: Cast, father: FamilyMember) -> None:
    stranger = FamilyMemberFactory()
    client = signed_in(cast.owner)
    assert client.get(reverse("decisions:ask", args=[cast.person.pk, stranger.pk])).status_code == 404
    assert client.post(reverse("decisions:use", args=[cast.person.pk, stranger.pk]), WHERE).status_code == 404
    assert signed_in(cast.excluded).get(address("ask", father)).status_code == 404
    CaseGrantFactory(person=cast.person, user=cast.adviser, role="abuse_adviser")
    assert signed_in(cast.adviser).get(address("ask", father)).status_code == 404


AROUND_EVERY_PAGE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")


def test_an_answer_and_what_stands_around_it_take_few_queries(cast: Cast, father: FamilyMember) -> None:
    client = signed_in(cast.owner)
    answer = client.post(address("ask", father), WHERE)
    kept = use(client, father, answer, "done").headers["Location"]
    asked = {
        "question": lambda: client.get(address("ask", father)),
        "answer": lambda: client.post(address("ask", father), WHERE),
        "kept": lambda: client.get(kept),
        "all kept": lambda: client.get(reverse("decisions:all_kept", args=[cast.person.pk])),
        "whom": lambda: client.get(reverse("decisions:case", args=[cast.person.pk])),
    }
    spent = {}
    for name, ask in asked.items():
        ask()  # what a process reads once and keeps is read
        with CaptureQueriesContext(connection) as captured:
            assert ask().status_code == 200
        own = [one["sql"] for one in captured if not one["sql"].startswith(AROUND_EVERY_PAGE)]
        spent[name] = len(own)
    assert max(spent.values()) <= 10, spent
