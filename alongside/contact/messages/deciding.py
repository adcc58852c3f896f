"""May I? for a message: asked as it is written, and again by the gate as it is sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.contact.messages.kinds import KINDS, Kind, kind_of_purpose
from alongside.contact.messages.models import Outgoing, Phrase, StoppedAddress
from alongside.contact.messages.rules import DAYS_OF_CAP, OPEN, WENT, State, first_moment, told_moment
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.delivery import rules as delivery
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import Channel, RecipientKind
from alongside.involvement.agreements.actions.living import draw, take_back_draw
from alongside.involvement.agreements.models import ContactDraw, PromptWishes
from alongside.involvement.agreements.queries import as_wishes
from alongside.involvement.agreements.rules.wishes import Wishes
from alongside.involvement.decisions.asking import hour_of, role_of
from alongside.involvement.decisions.models import Decision
from alongside.involvement.decisions.queries.gathering import May, facts_about
from alongside.involvement.decisions.queries.kept import live_purpose_of
from alongside.involvement.decisions.queries.policies import policy_on
from alongside.involvement.decisions.rules import Act, Identity, Outcome, Purpose, Question, Way, decide
from alongside.safety.flags.models import PlanState, StandDownPlan
from alongside.safety.permissions.gate import NOT_SAFE
from alongside.safety.permissions.models import Permission
from alongside.safety.permissions.queries import agreed_words_now, permission_facts
from alongside.safety.permissions.rules import AgreedWords

NOBODY = UUID(int=0)
NOBODY_DECIDED = "Nothing says who decided on this message, so it does not go."
SAID_NO = "May I? was asked again as it was to be sent, and no longer says yes. Ask on their page to see what changed."
CONDITION_SINCE = "Since it was written there is more to keep to. Write it again, and read what May I? says."
QUIET = "The person wants no prompts through family on this day. Send it on another."
ENOUGH = "As many prompts through family went this week as the person wants. Send it next week, or talk instead."
TAKEN_BACK = "The person took back the words that it uses. Choose others."
NOT_MISSED = "What was agreed for missed contact does not hold now. Their permissions page says how it stands."
NO_PLAN = "No agreed plan says that they are told so, in these words, by letter and by now."
TOLD_ALREADY = "A letter that says so went already, or may have gone."
ASKED_TO_STOP = "Somebody at this number or address asked us to stop. Choose another way to reach them."
TOO_LATE = "It would have arrived after what it tells of. Write again if it still matters."

BY_LETTER = "letter"
"""The way of telling that a stand-down plan calls so, and the only one of its ways that is a message."""

MAY_HAVE_GONE = (delivery.State.SENT, delivery.State.SENDING, delivery.State.UNKNOWN)
ACTS = {Channel.TEXT: Act.TEXT, Channel.EMAIL: Act.WRITE, Channel.LETTER: Act.WRITE}


def weigh(
    *,
    user: object,
    member_id: UUID,
    kind: Kind,
    channel: Channel,
    at: datetime,
    topics: Sequence[str] | None = None,
    waits: bool = False,
) -> list[May]:
    """Whether this may be written to them, and whether each topic may be shared so; with the facts as they are.

    `topics` are those of the kind unless others are named: words agreed for missed contact tell what was permitted.

    `waits`: it goes at the first moment that is safe for them, not now, and this is asked again then.

    No message rests on a decision to disclose: what is told under one, somebody tells who has read it (R075).
    """
    policy = policy_on(at.astimezone(LONDON).date())
    purpose = live_purpose_of(member_id, on=at.astimezone(LONDON).date())
    known = facts_about([member_id], at=at)[member_id]
    # Words of a stand-down plan are public information: they go although nothing else may.
    told = kind.topics if topics is None else topics
    asked = [(Act.GENERAL if kind.stand_down else ACTS[channel], next(iter(told), ""))]
    asked += [(Act.SHARE, topic) for topic in told]
    answers = []
    for act, topic in asked:
        question = Question(
            act=act,
            role=role_of(user, policy),
            identity=Identity.ON_RECORD,
            way=Way(channel.value),
            topic=topic,
            purpose=Purpose.NONE if purpose is None else Purpose.GOAL if purpose.goal else Purpose.OTHER,
            hour=hour_of(at),
        )
        facts = replace(known.for_question(question), disclosures=())
        if waits and facts.safe_now is False:
            facts = replace(facts, safe_now=True)
        answers.append(May(question, facts, policy, decide(question, facts, policy)))
    return answers


def worst_of(answers: Sequence[May]) -> May:
    """The answer that stands for all: the gravest, and of equals the last, which is about the topic."""
    return max(reversed(answers), key=lambda may: may.answer.outcome)


def read_of(answers: Sequence[May]) -> str:
    """What tells what was read of these answers from anything else that may be read: outcome, rules and conditions."""
    return "\n".join(
        f"{may.policy.version} {may.answer.outcome} {may.answer.rules} {may.answer.conditions}" for may in answers
    )


def wishes_of(person_id: UUID, *, hold: bool = False) -> Wishes:
    """The person's wishes about prompts. With `hold` they are kept until the transaction ends, so that counts hold."""
    rows = PromptWishes.objects.filter(person=person_id)
    row = (rows.select_for_update() if hold else rows).first()
    return as_wishes(row) if row else Wishes()


def prompts_lately(person_id: UUID, *, at: datetime, but: UUID = NOBODY, sent_alone: bool = False) -> int:
    """Prompts to anyone in the person's family in the seven days before: those that went or may go, or went alone."""
    codes = [kind.code for kind in KINDS.values() if kind.prompt]
    since = at - DAYS_OF_CAP
    rows = Outgoing.objects.filter(person=person_id, kind__in=codes).exclude(pk=but)
    went = Q(message__state__in=MAY_HAVE_GONE)
    if sent_alone:
        return rows.filter(went, message__queued_at__gte=since).count()
    states = [*OPEN, *WENT, State.GIVEN_UP]
    return rows.filter(Q(state__in=states), Q(written_at__gte=since) | Q(send_from__gte=since)).count()


def plan_for(member_id: UUID, *, on: date, hold: bool = False) -> StandDownPlan | None:
    """The plan by which they may be told by letter on a day: agreed so, for this day or one before, and not yet told.

    A plan to tell them in another way is told by whoever agreed to do so, not here. With `hold` it stays as it is until
    the transaction ends.
    """
    rows = StandDownPlan.objects.select_for_update() if hold else StandDownPlan.objects
    found = rows.filter(family_member=member_id, state=PlanState.AGREED, told_how=BY_LETTER, tell_on__lte=on)
    return found.first()


def plan_told(member_id: UUID, *, on: date, words_key: str) -> StandDownPlan | None:
    """The plan of which they were told by letter on a day in these words, held until the transaction ends."""
    rows = StandDownPlan.objects.select_for_update().filter(family_member=member_id, state=PlanState.TOLD, told_on=on)
    return rows.filter(told_how=BY_LETTER, words_key=words_key).first()


def letters_of(plan: StandDownPlan) -> QuerySet[Outgoing]:
    """Letters written under a plan as it was agreed last, but for those that were given up or did not arrive."""
    rows = Outgoing.objects.filter(family_member=plan.family_member_id, kind="stand_down")
    rows = rows.exclude(state__in=[State.GIVEN_UP, State.NOT_DELIVERED])
    return rows.filter(written_at__gte=plan.agreed_at) if plan.agreed_at else rows


def why_not(message: Message) -> str:
    """The gate: why a message to a family member may not go now, in words that give nothing away; "" where it may."""
    if message.recipient_kind != RecipientKind.FAMILY_MEMBER:
        return ""
    if message.address_digest and asked_to_stop(message.address_digest):
        return ASKED_TO_STOP
    if kind_of_purpose(message.purpose) is None or message._state.adding:
        return ""  # another room's, or queued by the very action that has just asked
    outgoing = Outgoing.objects.select_related("family_member", "phrase").filter(message=message.pk).first()
    if outgoing is None:
        return NOBODY_DECIDED
    sending = message.state == delivery.State.SENDING
    if sending and ContactDraw.objects.filter(source=outgoing.pk).exists():
        take_back_draw(by=None, source_id=outgoing.pk)  # it was begun before: it does not stand in its own way
    now = timezone.now()
    reason = why_not_now(outgoing, at=now)
    if sending and not reason:
        member = outgoing.family_member
        draw(by=None, member=member, channel=outgoing.channel, on=now.astimezone(LONDON).date(), source_id=outgoing.pk)
    return reason


def why_not_now(outgoing: Outgoing, *, at: datetime) -> str:
    """Why a message that was written may not go at this moment; "" where it may.

    Call it inside a transaction that holds the ledger of their permissions already: the plan, the words and the wishes
    that let it through are held after that, in this order, until the transaction ends.
    """
    kind = KINDS.get(outgoing.kind)
    writer = User.objects.filter(pk=outgoing.written_by).first()
    if kind is None or writer is None:
        return NOBODY_DECIDED
    if reason := _why_not_itself(outgoing, kind, at=at):
        return reason
    answers = weigh(
        user=writer,
        member_id=outgoing.family_member_id,
        kind=kind,
        channel=Channel(outgoing.channel),
        at=at,
        topics=told_by(outgoing),
    )
    if worst_of(answers).answer.outcome > Outcome.CONDITIONS:
        return SAID_NO
    return CONDITION_SINCE if _new_conditions(outgoing, answers) else ""


def would_stop(outgoing: Outgoing) -> str:
    """Why a message that was not handed over yet would not go, as things stand; "" where it would.

    It is asked for the moment at which it goes, so that one which waits for the morning is not said to be stopped.
    """
    reason = why_not_now(outgoing, at=max(timezone.now(), outgoing.send_from))
    return "May I? no longer says yes. Ask on their page to see what changed." if reason == SAID_NO else reason


def _new_conditions(outgoing: Outgoing, answers: Sequence[May]) -> bool:
    """Whether something has to be kept to that nobody read as it was written."""
    rows = Decision.objects.filter(pk__in=outgoing.decisions).values_list("rules", flat=True)
    read = {rule for rules in rows for rule in rules}
    return any(found.condition and found.rule not in read for may in answers for found in may.answer.findings)


def _why_not_itself(outgoing: Outgoing, kind: Kind, *, at: datetime) -> str:
    """What stops this very message, whatever may be done in general: its plan, its hour, its day, its words."""
    on = at.astimezone(LONDON).date()
    if kind.stand_down:
        return _why_not_of_plan(outgoing, on=on)
    if outgoing.channel == Channel.TEXT and not _is_time_for_a_text(outgoing, at=at):
        return NOT_SAFE
    if tells_of_what_is_over(outgoing, at=at):
        return TOO_LATE
    if gone := _words_gone(outgoing, kind, at=at):
        return gone
    return _why_not_as_prompt(outgoing, on=on, at=at) if kind.prompt else ""


def _why_not_of_plan(outgoing: Outgoing, *, on: date) -> str:
    plan = plan_for(outgoing.family_member_id, on=on, hold=True)
    if plan is None or plan.words_key != outgoing.content_key or outgoing.channel != Channel.LETTER:
        return NO_PLAN
    others = letters_of(plan).exclude(pk=outgoing.pk)
    return TOLD_ALREADY if others.filter(message__state__in=MAY_HAVE_GONE).exists() else ""


def _why_not_as_prompt(outgoing: Outgoing, *, on: date, at: datetime) -> str:
    wishes = wishes_of(outgoing.person_id, hold=True)
    if wishes.quiet_on(on):
        return QUIET
    this_week = prompts_lately(outgoing.person_id, at=at, but=outgoing.pk, sent_alone=True)
    return "" if wishes.allows_prompt(on=on, this_week=this_week) else ENOUGH


def _is_time_for_a_text(outgoing: Outgoing, *, at: datetime) -> bool:
    """Whether a screen may light up now: at a safe time for them, and when people are awake."""
    safe = permission_facts([outgoing.family_member_id], at=at)[outgoing.family_member_id].safe_contact
    return first_moment(safe, Wishes(), now=at, channel=Channel.TEXT, prompt=False) == at


def _words_gone(outgoing: Outgoing, kind: Kind, *, at: datetime) -> str:
    """Why the words that the person agreed may be sent no more; "" where they may, or where it holds none."""
    if kind.for_missed:
        return "" if agreed_for(outgoing, at=at) else NOT_MISSED
    if "words" in kind.fields and not _words_stand(outgoing):
        return TAKEN_BACK
    return ""


def agreed_for(outgoing: Outgoing, *, at: datetime) -> AgreedWords | None:
    """What was agreed for missed contact that a message holds, if it may be told now; None where it may not."""
    return next(
        (
            one
            for one in agreed_words_now(outgoing.family_member_id, at=at)
            if str(one.permission) == outgoing.values.get("permission") and outgoing.channel in one.channels
        ),
        None,
    )


def told_by(outgoing: Outgoing) -> tuple[str, ...]:
    """The topics that a message tells of, also once what permitted it holds no longer."""
    kind = KINDS[outgoing.kind]
    if not kind.for_missed:
        return kind.topics
    given = Permission.objects.filter(pk=outgoing.values.get("permission"), family_member=outgoing.family_member_id)
    return tuple(sorted(given.values_list("topics", flat=True).first() or ()))


def _words_stand(outgoing: Outgoing) -> bool:
    """Whether the person stands by the words that it uses. They stay so until the transaction ends."""
    return (
        Phrase.objects.select_for_update().filter(pk=outgoing.phrase_id or NOBODY, withdrawn_at=None).first()
        is not None
    )


def tells_of_what_is_over(outgoing: Outgoing, *, at: datetime) -> bool:
    """Whether the moment of which it tells has come. What a receipt confirms is in the past by its nature."""
    told = told_moment(outgoing.values)
    return told is not None and outgoing.kind != "receipt" and told <= at


def asked_to_stop(digest: str) -> bool:
    """Whether somebody at this number or address asked us to stop, and nobody has lifted that since."""
    return StoppedAddress.objects.filter(address_digest=digest, lifted_at=None).exists()
