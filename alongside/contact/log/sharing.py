"""What stands behind sharing: the kept answer, or an answer asked for as the contact is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from alongside.contact.log.rules import WEEKS, Agreed
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import LONDON, today
from alongside.foundation.reference.queries import label_of
from alongside.involvement.agreements.queries import terms_in_force
from alongside.involvement.agreements.rules import budgets_of
from alongside.involvement.decisions.actions.keeping import keep_answer
from alongside.involvement.decisions.asking import Shown, hour_of, role_of, show
from alongside.involvement.decisions.models import Decision, Use
from alongside.involvement.decisions.queries.gathering import May, facts_about, may_i
from alongside.involvement.decisions.queries.kept import decision_of, live_purpose_of, still_carried
from alongside.involvement.decisions.queries.policies import policy_on
from alongside.involvement.decisions.rules import Act, Identity, Outcome, Purpose, Question, Way, decide
from alongside.involvement.decisions.words import ACTS
from alongside.involvement.decisions.words import IDENTITIES as ALIKE
from alongside.people.allocations.looking import Sight
from alongside.people.families.models import FamilyMember

IDENTITIES = (
    (Identity.KNOWN.value, "I know them, and they were in front of me"),
    (Identity.CALLED_BACK.value, ALIKE[Identity.CALLED_BACK]),
    (Identity.CODE_WORD.value, ALIKE[Identity.CODE_WORD]),
    (Identity.ON_RECORD.value, "I wrote to a number or address on record"),
    (Identity.UNVERIFIED.value, "I could not be sure"),
)


@dataclass(frozen=True)
class Stop:
    """A topic that nothing recorded permits sharing, and the first reason, as far as the user may be told."""

    topic: str
    reason: str


@dataclass(frozen=True)
class Weighed:
    """What was shared, weighed: what allows it, which kept answers it rests on already, and what stands against it."""

    stops: tuple[Stop, ...] = ()
    allowed: tuple[May, ...] = ()
    kept: tuple[UUID, ...] = ()
    member: FamilyMember | None = None


@dataclass(frozen=True)
class KeptAnswer:
    """A kept answer as the log shows it."""

    id: UUID
    member_id: UUID
    channel: str
    topic: str
    at: datetime
    address: str
    about: str
    """What was asked, so that two answers of one minute can be told apart."""


def kept_answer(sight: Sight, text: str, *, to_use: bool = False) -> KeptAnswer | None:
    """The kept answer that a link or a contact names; None where the case has none such that the user may see.

    `to_use`: as something to act on now, and so not where the decision that it rested on no longer stands.
    """
    try:
        wanted = UUID(text)
    except ValueError:
        return None
    found = decision_of(sight.person.pk, wanted, by_law=sight.may(Right.SEE_PROTECTED))
    if found is None or (to_use and not still_carried(found, at=timezone.now())):
        return None
    return KeptAnswer(
        id=found.pk,
        member_id=found.family_member,
        channel=found.way,
        topic=found.topic,
        at=found.at,
        address=reverse("decisions:kept", args=[sight.person.pk, found.pk]),
        about=_asked(found),
    )


def _asked(decision: Decision) -> str:
    topic = label_of(f"permission_topic.{decision.topic}") if decision.topic else ""
    return f"{ACTS.get(decision.act, '')}: {topic.lower()}" if topic else ACTS.get(decision.act, "")


def weigh(
    *,
    user: User,
    sight: Sight,
    member: FamilyMember,
    topics: Sequence[str],
    channel: str,
    identity: str,
    answer: str,
    at: datetime,
) -> Weighed:
    """Ask May I? about each topic that no kept answer covers, with the facts as they were when it was said, at `at`."""
    covered = _covered(sight, member, answer, at=at)
    on = at.astimezone(LONDON).date()
    policy = policy_on(on)
    purpose = live_purpose_of(member.pk, on=on)
    known = facts_about([member.pk], at=at)[member.pk]
    stops, allowed = [], []
    for topic in topics:
        if covered is not None and covered.topic == topic:
            continue
        question = Question(
            act=Act.SHARE,
            role=role_of(user, policy),
            identity=Identity(identity or Identity.UNVERIFIED.value),
            way=Way(channel),
            topic=topic,
            purpose=Purpose.NONE if purpose is None else Purpose.GOAL if purpose.goal else Purpose.OTHER,
            hour=hour_of(at),
        )
        facts = known.for_question(question)
        may = May(question, facts, policy, decide(question, facts, policy))
        if may.answer.outcome <= Outcome.CONDITIONS:
            allowed.append(may)
        else:
            reasons = show(may, sight=sight, member=member).reasons
            words = reasons[0].reason if reasons else "Ask your senior first."
            stops.append(Stop(label_of(f"permission_topic.{topic}"), words))
    kept = (covered.pk,) if covered is not None and covered.topic in topics else ()
    return Weighed(tuple(stops), tuple(allowed), kept, member)


def may_call(*, user: User, sight: Sight, member: FamilyMember) -> Shown:
    """Whether a family member may be rung now, on the number on record, as the user may be told it."""
    now = timezone.now()
    purpose = live_purpose_of(member.pk, on=today())
    question = Question(
        act=Act.CALL,
        role=role_of(user, policy_on(today())),
        identity=Identity.ON_RECORD,
        way=Way.PHONE,
        purpose=Purpose.NONE if purpose is None else Purpose.GOAL if purpose.goal else Purpose.OTHER,
        hour=hour_of(now),
    )
    return show(may_i(question, member_id=member.pk, at=now), sight=sight, member=member)


def keep_behind(*, by: User, weighed: Weighed) -> list[UUID]:
    """Keep each answer that allowed something, and say on which kept answers the sharing rests."""
    if weighed.member is None:
        return []
    purpose = live_purpose_of(weighed.member.pk, on=today())
    made = [
        keep_answer(by=by, member=weighed.member, may=may, use=Use.DONE, purpose=purpose).pk for may in weighed.allowed
    ]
    return [*weighed.kept, *made]


def agreed_of(person_id: UUID) -> list[Agreed]:
    """How often contact was agreed with each family member, over four weeks; nobody where nothing is agreed."""
    found = []
    for member, terms in terms_in_force(person_id, on=today()):
        limits = [budget.limit * WEEKS.days // budget.days for budget in budgets_of(terms, (), on=today()).values()]
        if limits:
            found.append(Agreed(str(member.pk), member.called, sum(limits)))
    return found


def _covered(sight: Sight, member: FamilyMember, answer: str, *, at: datetime) -> Decision | None:
    """The kept answer that was used for what was said at a moment, if it allowed it, on that day, to that member.

    A disclosure decision that had been ended by then allowed nothing; one that ended later did.
    """
    try:
        decision = decision_of(sight.person.pk, UUID(answer), by_law=sight.may(Right.SEE_PROTECTED))
    except ValueError:
        return None
    if decision is None or decision.family_member != member.pk or decision.use != Use.DONE:
        return None
    same_day = decision.at.astimezone(LONDON).date() == at.astimezone(LONDON).date()
    return decision if same_day and still_carried(decision, at=at) else None
