"""A decision to disclose by law opens what it names, to those who may read it, and shows nothing of itself."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.contact.log.sharing import weigh
from alongside.foundation.access.roles import ROLES
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Event, Payload
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity, set_identity
from alongside.foundation.records.models import AppendOnlyError
from alongside.foundation.work.actions import DecidedAlreadyError, OwnWorkError
from alongside.foundation.work.models import Approval, Card, TimelineEntry
from alongside.involvement.decisions.models import Basis, Decision
from alongside.involvement.decisions.queries import may_i
from alongside.involvement.decisions.rules import (
    DEFAULT,
    Act,
    Clash,
    Disclosure,
    Facts,
    Identity,
    Outcome,
    Purpose,
    Question,
    Way,
    decide,
)
from alongside.involvement.decisions.rules.facts import Ground
from alongside.involvement.decisions.rules.policy import DISCLOSING, DISCLOSURE_APPROVERS
from alongside.involvement.decisions.rules.storing import as_stored, from_stored
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.actions.stopping import refuse
from alongside.safety.protected.actions import NotApprovedError, ToMember, decide_disclosure, record_disclosure
from alongside.safety.protected.actions.disclosures import (
    HOLDS_AT_MOST,
    EndedAlreadyError,
    end_disclosure,
    review_disclosure,
)
from alongside.safety.protected.models import DisclosureDecision, DisclosureEnd, DisclosureReview
from alongside.safety.protected.queries import disclosure_facts
from tests.cast import Cast, assemble
from tests.factories import ContactPointFactory, FamilyMemberFactory, PersonFactory
from tests.pages.protected import facts_of_disclosure
from tests.safety.protected.desk import DISCLOSURE

TELL = Question(Act.SHARE, "practitioner", Identity.CALLED_BACK, Way.PHONE, "whereabouts", Purpose.OTHER)
GIVEN = Disclosure(frozenset({"whereabouts"}), Ground.SAFEGUARDING, approved=True, approver="senior")
REFUSED = Facts(named=True, refused=True, safe_ways=frozenset({"phone"}))
SECRET = "zqsecret"


def outcome(disclosure: Disclosure = GIVEN, question: Question = TELL, **facts: Any) -> Outcome:
    return decide(question, replace(REFUSED, disclosures=(disclosure,), **facts), DEFAULT).outcome


def test_a_refusal_yields_to_a_lawful_decision_on_its_topic() -> None:
    assert decide(TELL, REFUSED, DEFAULT).outcome is Outcome.REFUSE
    answer = decide(TELL, replace(REFUSED, disclosures=(GIVEN,)), DEFAULT)
    assert (answer.outcome, answer.rules) == (Outcome.CONDITIONS, ("disclosure.lawful",))


@pytest.mark.parametrize(
    "changes",
    [{"approved": False}, {"ground": "curiosity"}, {"topics": frozenset({"health"})}, {"approver": ""}]
    + [{"approver": role} for role in sorted(set(ROLES) - DISCLOSURE_APPROVERS)],
)
def test_what_is_not_whole_carries_nothing(changes: dict[str, Any]) -> None:
    without = decide(TELL, REFUSED, DEFAULT)
    assert decide(TELL, replace(REFUSED, disclosures=(replace(GIVEN, **changes),)), DEFAULT) == without


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.SHARE])
def test_nothing_but_telling_rests_on_it(act: Act) -> None:
    question = replace(TELL, act=act)
    assert decide(question, replace(REFUSED, disclosures=(GIVEN,)), DEFAULT) == decide(question, REFUSED, DEFAULT)


@pytest.mark.parametrize("role", sorted(set(ROLES) - DISCLOSING))
def test_to_a_role_that_may_not_read_it_there_is_none(role: str) -> None:
    question = replace(TELL, role=role)
    assert decide(question, replace(REFUSED, disclosures=(GIVEN,)), DEFAULT) == decide(question, REFUSED, DEFAULT)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"victim": True}, "victim.wall"),
        ({"clash": Clash.CONFIRMED}, "victim.wall"),
        ({"member_died": True}, "member.died"),
        ({"never_ways": frozenset({"phone"})}, "channel.never"),
    ],
)
def test_what_would_endanger_someone_still_refuses(facts: dict[str, Any], rule: str) -> None:
    answer = decide(TELL, replace(REFUSED, disclosures=(GIVEN,), **facts), DEFAULT)
    assert (answer.outcome, answer.rules[0]) == (Outcome.REFUSE, rule)


@pytest.mark.parametrize("fact", [{"linked_stop": True}, {"clash": Clash.OPEN}, {"speak_first": True}])
def test_who_is_to_be_asked_first_still_is_and_may_approve(fact: dict[str, Any]) -> None:
    assert outcome(**fact) is Outcome.ASK
    approved = frozenset({"linked.stop", "clash.open", "handling.speak_first"})
    assert outcome(**fact, approved=approved) is Outcome.CONDITIONS


@pytest.mark.parametrize("how", [Identity.UNVERIFIED, Identity.CODE_WORD])
def test_whoever_is_not_known_for_sure_is_told_nothing(how: Identity) -> None:
    assert outcome(question=replace(TELL, identity=how)) is Outcome.REFUSE


def test_it_is_stored_whole_and_older_rows_are_read() -> None:
    facts = replace(REFUSED, disclosures=(replace(GIVEN, until="2026-12-01"),))
    stored = as_stored(TELL, facts)
    assert from_stored(stored) == (TELL, facts)
    older = stored.replace(b',"senior","2026-12-01"]', b"]")
    assert older != stored
    assert decide(*from_stored(older), DEFAULT).outcome is Outcome.REFUSE


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def father(cast: Cast) -> FamilyMember:
    member = FamilyMemberFactory(person=cast.person, given_name="Martin", relationship_id="relationship.FA")
    ContactPointFactory(family_member=member, value="07700 900111", safety="safe")
    with identity(cast.owner.pk):
        refuse(by=cast.owner, member=member)
    return member


def decided(cast: Cast, member: FamilyMember, *, days: int = 7, topics: tuple[str, ...] = ("whereabouts",)):
    with identity(cast.owner.pk):
        return decide_disclosure(
            by=cast.owner,
            person=cast.person,
            facts=replace(
                facts_of_disclosure(),
                recipient_id="disclosure_recipient.ATRISK",
                **dict.fromkeys(("what", "recipient_name", "purpose", "necessity", "proportionality"), SECRET),
            ),
            to=ToMember(member.pk, topics, today() + timedelta(days)),
        )


def approve(cast: Cast, decision: DisclosureDecision, *, approved: bool = True, by: User | None = None) -> None:
    user = by or cast.senior
    with identity(user.pk):
        review_disclosure(by=user, decision=decision, approved=approved, reason=SECRET)


def answered(member: FamilyMember, topic: str = "whereabouts") -> Outcome:
    return may_i(replace(TELL, topic=topic), member_id=member.pk, at=timezone.now()).answer.outcome


def test_an_approved_decision_reaches_the_answer_for_its_topic_and_its_family_member(cast: Cast, father) -> None:
    other = FamilyMemberFactory(person=cast.person)
    assert answered(father) is Outcome.REFUSE
    decision = decided(cast, father)
    assert answered(father) is Outcome.REFUSE
    approve(cast, decision)
    assert answered(father) is Outcome.CONDITIONS
    assert answered(father, "health") is Outcome.REFUSE
    assert answered(other) is Outcome.REFUSE


def test_what_was_refused_or_has_ended_changes_nothing(cast: Cast, father) -> None:
    approve(cast, decided(cast, father), approved=False)
    assert answered(father) is Outcome.REFUSE
    approve(cast, decided(cast, father, days=0))
    assert disclosure_facts([father.pk], at=timezone.now())[father.pk]
    assert disclosure_facts([father.pk], at=timezone.now() + timedelta(1)) == {father.pk: ()}
    assert disclosure_facts([father.pk], at=timezone.now() - timedelta(minutes=2)) == {father.pk: ()}, (
        "not yet approved"
    )


def test_nobody_approves_their_own(cast: Cast, father) -> None:
    with identity(cast.senior.pk):
        decision = decide_disclosure(
            by=cast.senior,
            person=cast.person,
            facts=facts_of_disclosure(),
            to=ToMember(father.pk, ("whereabouts",), today()),
        )
        with pytest.raises(OwnWorkError):
            review_disclosure(by=cast.senior, decision=decision, approved=True, reason="")
        # Forged past the action, under another's name: the row may stand, and carries nothing.
        DisclosureReview.objects.create(
            decision=decision,
            case=cast.person.pk,
            asked_by=uuid4(),
            reviewed_by=cast.senior.pk,
            reviewed_as="senior",
            approved=True,
        )
    assert answered(father) is Outcome.REFUSE


@pytest.mark.parametrize("name", ["owner", "colleague", "outsider", "family_worker"])
def test_an_approval_by_whoever_may_not_is_refused_by_the_database(cast: Cast, father, name: str) -> None:
    decision = decided(cast, father)
    user = cast.named(name)
    with identity(user.pk), pytest.raises(Exception, match=r"row-level security|violates"), transaction.atomic():
        DisclosureReview.objects.create(
            decision=decision,
            case=cast.person.pk,
            asked_by=cast.owner.pk,
            reviewed_by=user.pk,
            reviewed_as="senior",
            approved=True,
        )
    assert answered(father) is Outcome.REFUSE


def test_someone_of_another_case_cannot_be_reached_by_it(cast: Cast) -> None:
    stranger = FamilyMemberFactory(person=PersonFactory())
    with pytest.raises(ValueError, match="this person's family"):
        decided(cast, stranger)
    with identity(cast.owner.pk):
        decision = DisclosureDecision.objects.create(
            case=cast.person.pk,
            to_member=stranger.pk,
            topics=["whereabouts"],
            until=today(),
            what=SECRET,
            recipient_id="disclosure_recipient.OTHER",
            regime_id="processing_regime.PART3",
            ground_id="disclosure_ground.CHILD",
            informed_id="person_informed.NORISK",
            decided_by=cast.owner.pk,
        )
    approve(cast, decision)
    assert answered(stranger) is Outcome.REFUSE


@pytest.mark.parametrize(("topics", "days"), [((), 1), (("gossip",), 1), (("health",), -1), (("health",), 29)])
def test_topics_and_days_out_of_bounds_are_refused(cast: Cast, father, topics: tuple[str, ...], days: int) -> None:
    with pytest.raises(ValueError, match=r"topics|days at most"):
        decided(cast, father, topics=topics, days=days)
    assert HOLDS_AT_MOST.days == 28


def test_the_table_refuses_half_a_family_member(cast: Cast, father) -> None:
    decision = decided(cast, father)
    decision.pk, decision._state.adding, decision.topics = uuid4(), True, []
    with identity(cast.owner.pk), pytest.raises(IntegrityError), transaction.atomic():
        decision.save(force_insert=True)


def test_the_slit_says_the_same_to_everyone_and_never_the_content(cast: Cast, father) -> None:
    approve(cast, decided(cast, father))
    seen = set()
    for user_id in (None, cast.owner.pk, cast.colleague.pk, cast.outsider.pk, cast.reception.pk):
        set_identity(user_id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT protected_disclosures(%s, %s)", [father.pk, today()])
            seen.add(repr(cursor.fetchall()))
            if user_id is None:
                assert not DisclosureDecision.objects.exists()
    assert len(seen) == 1
    assert SECRET not in seen.pop()


def test_it_is_not_said_after_its_last_day(cast: Cast, father) -> None:
    decision = decided(cast, father, days=0)
    approve(cast, decision)
    with identity(cast.owner.pk), pytest.raises(NotApprovedError, match="Decide again"):
        record_disclosure(
            by=cast.owner,
            decision=decision,
            said="x",
            to="y",
            channel_id="told_channel.PHONE",
            at=timezone.now() + timedelta(days=1),
        )


ASKED = {"identity": "called_back", "act": "share", "tell_topic": "whereabouts"}
WHY = {"goal": "other", "why_them": "He is at risk", "why_now": "Since today", "will_do": "Keep away"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_page_and_kept_answer_name_who_approved_and_until_when_and_nothing_else(cast: Cast, father) -> None:
    approve(cast, decided(cast, father))
    owner, args = signed_in(cast.owner), [cast.person.pk, father.pk]
    shown = owner.post(reverse("decisions:ask", args=args), ASKED | WHY)
    page = shown.content.decode()
    assert "Senior probation officer" in page
    assert "happy for me" not in page
    assert SECRET not in page
    used = owner.post(
        reverse("decisions:use", args=args),
        dict(shown.context["asked"]) | {"seen": shown.context["use_form"]["seen"].value(), "use": "done"},
    )
    assert used.status_code == 302
    decision = Decision.objects.get()
    assert decision.rules == ["disclosure.lawful"]
    assert SECRET not in (Basis.objects.get().content or "")
    kept = reverse("decisions:kept", args=[cast.person.pk, decision.pk])
    assert "Senior probation officer" in owner.get(kept).content.decode()
    assert SECRET not in owner.get(kept).content.decode()
    # To a role that may not read the decision neither the answer nor its keeping shows.
    worker = signed_in(cast.family_worker)
    assert worker.get(kept).status_code == 404
    for name, its in (("decisions:ask", args), ("decisions:all_kept", [cast.person.pk])):
        assert str(decision.pk) not in worker.get(reverse(name, args=its)).content.decode()
    assert "Stops it" in worker.post(reverse("decisions:ask", args=args), ASKED | WHY).content.decode()
    assert TimelineEntry.objects.get(kind="decisions.answer").right == "SEE_PROTECTED"
    assert not Card.objects.filter(key="decisions").exists()


def test_a_decision_that_ended_early_carries_nothing_not_even_what_was_kept_on_it(cast: Cast, father) -> None:
    decision = decided(cast, father)
    approve(cast, decision)
    owner, senior, args = signed_in(cast.owner), signed_in(cast.senior), [cast.person.pk, father.pk]
    shown = owner.post(reverse("decisions:ask", args=args), ASKED | WHY)
    form = dict(shown.context["asked"]) | {"seen": shown.context["use_form"]["seen"].value(), "use": "done"}
    owner.post(reverse("decisions:use", args=args), form)
    used = Decision.objects.get()
    kept, log = reverse("decisions:kept", args=[cast.person.pk, used.pk]), reverse("log:add", args=[cast.person.pk])
    at = timezone.now()
    asked = {"member": father, "topics": ["whereabouts"], "channel": "phone", "identity": "", "answer": str(used.pk)}
    sight = owner.get(f"{log}?answer={used.pk}").context["sight"]
    assert "Write down the contact" in owner.get(kept).content.decode()
    assert weigh(user=cast.owner, sight=sight, at=at, **asked).kept == (used.pk,), "so that the rest could fail"

    end = reverse("protected:end_disclosure", args=[cast.person.pk, decision.pk])
    assert owner.post(end, {"reason": "I say so"}).status_code == 404
    assert "Why does it end" in senior.post(end, {}).content.decode()
    assert answered(father) is Outcome.CONDITIONS
    assert senior.post(end, {"reason": f"{SECRET} she moved away"}).status_code == 302
    assert (
        "she moved away"
        in senior.get(reverse("protected:disclosure", args=[cast.person.pk, decision.pk])).content.decode()
    )
    assert "Ended early" in owner.get(reverse("protected:page", args=[cast.person.pk])).content.decode()

    assert answered(father) is Outcome.REFUSE
    again = owner.post(reverse("decisions:use", args=args), form)
    assert (again.status_code, Decision.objects.count()) == (200, 1), "an answer that still stood on a screen"
    assert "Write down the contact" not in owner.get(kept).content.decode()
    assert "no longer stands" in owner.get(kept).content.decode()
    weighed = weigh(user=cast.owner, sight=sight, at=timezone.now(), **asked)
    assert (weighed.kept, weighed.allowed, len(weighed.stops)) == ((), (), 1)
    before = weigh(user=cast.owner, sight=sight, at=at, **asked)
    assert (before.kept, before.stops) == ((used.pk,), ()), "what was said before it ended, and is written down now"
    asked |= {"answer": "", "identity": "called_back"}
    assert len(weigh(user=cast.owner, sight=sight, at=at, **asked).allowed) == 1, "nor has it to be asked again"
    event = Event.objects.get(name="protected.disclosure.ended")
    assert (event.chain, event.actor) == (cast.person.pk, cast.senior.pk)
    assert not [one for one in Payload.objects.all() if SECRET in (one.content or "")]


def test_an_end_is_whoever_approves_alone_once_and_for_good(cast: Cast, father) -> None:
    waiting, over = decided(cast, father), decided(cast, father)
    for name in ("owner", "colleague", "outsider", "family_worker"):
        user = cast.named(name)
        with identity(user.pk), pytest.raises(Exception, match=r"row-level security|violates"), transaction.atomic():
            DisclosureEnd.objects.create(decision=over, case=cast.person.pk, ended_by=user.pk, reason="x")
    with identity(cast.senior.pk):
        end = end_disclosure(by=cast.senior, decision=waiting, reason="Not needed")
        with pytest.raises(EndedAlreadyError):
            end_disclosure(by=cast.senior, decision=waiting, reason="Again")
        with pytest.raises(DecidedAlreadyError):
            review_disclosure(by=cast.senior, decision=waiting, approved=True, reason="After all")
        with pytest.raises(AppendOnlyError):
            end.delete()
        assert end.decided_by == waiting.decided_by
    approve(cast, over, approved=False)
    with identity(cast.senior.pk), pytest.raises(EndedAlreadyError):
        end_disclosure(by=cast.senior, decision=over, reason="Twice shut")
    assert answered(father) is Outcome.REFUSE
    assert not Approval.objects.filter(state="waiting").exists()
    far = {"case": cast.person.pk, "decided_by": cast.outsider.pk, "ended_by": cast.senior.pk, "reason": "x"}
    with identity(cast.senior.pk):
        DisclosureEnd.objects.create(decision=decided(cast, father), **far)
    with identity(cast.outsider.pk):
        assert DisclosureEnd.objects.count() == 1, "whoever decided sees the end, far from the case as they may be"


def test_it_is_prepared_on_a_page_that_says_what_is_missing(cast: Cast, father) -> None:
    owner, address = signed_in(cast.owner), reverse("protected:disclose", args=[cast.person.pk])
    typed = DISCLOSURE | {"of_family": "yes"}
    faults = owner.post(address, typed).content.decode()
    for words in ("Select which family member", "Select what it is about", "Enter the last day", "someone at risk"):
        assert words in faults
    last = today() + timedelta(3)
    typed |= {"recipient": "disclosure_recipient.PROTECTOR", "to_member": str(father.pk), "topics": ["whereabouts"]}
    typed |= {"until-day": last.day, "until-month": last.month, "until-year": last.year}
    answer = owner.post(address, typed)
    assert answer.status_code == 302
    signed_in(cast.senior).post(answer.url, {"answer": "approve", "reason": "Needed"})
    assert answered(father) is Outcome.CONDITIONS
    assert "Where they are" in owner.get(answer.url).content.decode()
