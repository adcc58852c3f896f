"""How every action of this room leaves its trail, and keeps cards and to-dos in step with what stands."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import models

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import (
    CardFacts,
    ToDoFacts,
    add_to_timeline,
    close_to_do,
    open_to_do,
    put_card,
    remove_card,
)
from alongside.foundation.work.models import ToDo
from alongside.involvement.agreements.models import Agreement, ContactEnd, Visit, VisitState
from alongside.involvement.agreements.queries import open_contact_ends, said_to, terms_of
from alongside.involvement.agreements.rules import Party, State, Terms, still_to_agree
from alongside.involvement.agreements.rules.terms import CHANNEL_WORDS, PARTICIPATION_WORDS, PER_WORDS, Participation
from alongside.people.families.models import FamilyMember

CARD = "agreements"
MEMBER_CARD = "agreements.member"
AGREE_TO_DO = "agreements.agreement.agree"
REVIEW_TO_DO = "agreements.agreement.review"
VISIT_TO_DO = "agreements.visit.invite"
OVER_TO_DO = "agreements.budget.over"
PATTERN_TO_DO = "agreements.boundary.pattern"
PLAN_TO_DO = "agreements.boundary.review"
END_TO_DO = "agreements.contact.senior"
TIME_TO_AGREE = timedelta(days=14)
NOTICE_OF_A_VISIT = timedelta(days=7)


def record(
    *,
    by: User | None,
    member: FamilyMember,
    name: str,
    subject: models.Model,
    kind: EventKind = EventKind.CHANGE,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Leave one event in the chain of the case, with values that go when the family member is erased."""
    record_change(
        by=by,
        kind=kind,
        name=name,
        subject=subject,
        case_id=member.person_id,
        before=before,
        after=after,
        family_member_id=member.pk,
    )


def tell(*, by: User | None, member: FamilyMember, kind: str, title: str, right: Right = Right.SEE_AGREEMENTS) -> None:
    """Put one line on the timeline of the case."""
    add_to_timeline(
        by=by,
        case_id=member.person_id,
        kind=kind,
        title=title,
        right=right,
        subject_id=member.pk,
        family_member_id=member.pk,
    )


def to_do(*, member: FamilyMember, kind: str, subject_id: UUID, title: str, due_on: date) -> None:
    """Open something to do about a family member, for whoever holds the case."""
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=kind,
            subject_id=subject_id,
            title=title,
            due_on=due_on,
            right=Right.EDIT_AGREEMENTS,
            family_member_id=member.pk,
        ),
    )


def done(*, by: User | None, member: FamilyMember, kind: str, subject_id: UUID) -> None:
    """Close it."""
    close_to_do(by=by, case_id=member.person_id, kind=kind, subject_id=subject_id)


def keep_in_step(agreement: Agreement, *, by: User | None) -> None:
    """Bring to-dos and cards in line with how an agreement stands."""
    member = agreement.family_member
    _keep_agree(agreement, member, by)
    if agreement.state == State.LIVE and agreement.review_on:
        to_do(
            member=member,
            kind=REVIEW_TO_DO,
            subject_id=member.pk,
            title=f"Look again at the agreement with {member.name}",
            due_on=agreement.review_on,
        )
    else:
        done(by=by, member=member, kind=REVIEW_TO_DO, subject_id=member.pk)
    _keep_visits(agreement, member, by)
    refresh_cards(member)


def _keep_agree(agreement: Agreement, member: FamilyMember, by: User | None) -> None:
    offered, drafting = agreement.offered, agreement.draft is not None
    if agreement.state == State.ENDED or not (offered or drafting):
        done(by=by, member=member, kind=AGREE_TO_DO, subject_id=member.pk)
        return
    if offered:
        missing = still_to_agree(said_to(agreement.pk, offered))
        names = " and ".join(party_name(party, member) for party in missing)
        title = f"Agreement with {member.name}: ask {names}"
    else:
        title = f"Agreement with {member.name}: finish writing it"
    standing = ToDo.objects.filter(case=member.person_id, kind=AGREE_TO_DO, subject=member.pk, done_at=None).first()
    due_on = standing.due_on if standing else today() + TIME_TO_AGREE
    to_do(member=member, kind=AGREE_TO_DO, subject_id=member.pk, title=title, due_on=due_on)


def party_name(party: Party, member: FamilyMember) -> str:
    """A party as staff read it."""
    names = {
        Party.PERSON: member.person.called,
        Party.FAMILY_MEMBER: member.name,
        Party.PRACTITIONER: "the practitioner",
    }
    return names[party]


def _keep_visits(agreement: Agreement, member: FamilyMember, by: User | None) -> None:
    """Only the next invitation is something to do, and only while the agreement is in force."""
    planned = Visit.objects.filter(agreement=agreement, state=VisitState.PLANNED).order_by("on")
    following = planned.first() if agreement.state == State.LIVE else None
    if following is None:
        done(by=by, member=member, kind=VISIT_TO_DO, subject_id=member.pk)
        return
    to_do(
        member=member,
        kind=VISIT_TO_DO,
        subject_id=member.pk,
        title=f"Invite {member.name} to the session of {_day(following.on)}",
        due_on=max(following.on - NOTICE_OF_A_VISIT, agreement.live_since or following.on),
    )


def refresh_cards(member: FamilyMember) -> None:
    """Bring the card of the case and that of the family member up to date."""
    rows = list(
        Agreement.objects.filter(person=member.person_id)
        .exclude(state=State.ENDED)
        .select_related("family_member")
        .order_by("made_at")
    )
    ends = list(
        ContactEnd.objects.filter(person=member.person_id, lifted_on__isnull=True).select_related("family_member")
    )
    _case_card(member.person_id, rows, ends)
    own = next((row for row in rows if row.family_member_id == member.pk), None)
    ended = open_contact_ends([member.pk]).first()
    _member_card(member, own, ended)


def _case_card(person_id: UUID, rows: list[Agreement], ends: list[ContactEnd]) -> None:
    if not rows and not ends:
        remove_card(case_id=person_id, key=CARD)
        return
    in_force = sum(row.state == State.LIVE for row in rows)
    lines = [f"{row.family_member.name}: {standing_words(row)}" for row in rows]
    lines += [f"{end.family_member.name}: contact ended on {_day(end.on)}" for end in ends]
    put_card(
        case_id=person_id,
        card=CardFacts(
            key=CARD,
            title="Agreements",
            headline=f"{in_force} agreed" if in_force else "None agreed yet",
            lines=tuple(lines),
            order=35,
            right=Right.SEE_AGREEMENTS,
        ),
    )


def _member_card(member: FamilyMember, row: Agreement | None, ended: ContactEnd | None) -> None:
    if ended is not None:
        headline = f"Contact ended on {_day(ended.on)}"
        lines: tuple[str, ...] = (f"They may still tell us something: {ended.alternative_route}",)
    elif row is not None:
        headline, lines = first_letter_large(standing_words(row)), term_lines(terms_of(row.pk, row.live))
    else:
        remove_card(case_id=member.person_id, key=MEMBER_CARD, family_member_id=member.pk)
        return
    put_card(
        case_id=member.person_id,
        card=CardFacts(
            key=MEMBER_CARD,
            title="Agreement",
            headline=headline,
            lines=lines,
            order=20,
            right=Right.SEE_AGREEMENTS,
            family_member_id=member.pk,
        ),
    )


def standing_words(row: Agreement) -> str:
    """How an agreement stands, in a few words that stay true as days pass."""
    if row.state == State.LIVE and row.live_since:
        until = f", until {_day(row.ends_on)}" if row.ends_on else ""
        return f"agreed on {_day(row.live_since)}{until}"
    if row.state == State.PAUSED and row.paused_on:
        return f"paused on {_day(row.paused_on)}"
    return "waiting for everyone to agree" if row.offered else "being written"


def first_letter_large(words: str) -> str:
    """Words as a sentence begins; months keep their capitals."""
    return words[:1].upper() + words[1:]


def term_lines(terms: Terms | None) -> tuple[str, ...]:
    """What was agreed, in a few lines."""
    if terms is None:
        return ()
    lines = [f"{CHANNEL_WORDS[one.channel]}, at most {one.times} {PER_WORDS[one.per]}" for one in terms.channels[:3]]
    if terms.participation is not Participation.NOT_AT_ALL:
        lines.append(PARTICIPATION_WORDS[terms.participation])
    if terms.not_then:
        lines.append(f"Do not call: {terms.not_then}")
    return tuple(lines)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
