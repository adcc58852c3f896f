"""What happens under an agreement: ticks, budgets, visits, looking at it again, and the person's wishes on prompts."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.records.actions import change_record
from alongside.involvement.agreements.actions.telling import (
    OVER_TO_DO,
    REVIEW_TO_DO,
    done,
    keep_in_step,
    record,
    tell,
    to_do,
)
from alongside.involvement.agreements.models import (
    Agreement,
    AgreementReview,
    ContactDraw,
    Nagging,
    PromptWishes,
    Tick,
    Visit,
    VisitState,
)
from alongside.involvement.agreements.queries import agreement_facts
from alongside.involvement.agreements.rules import Budget, Channel
from alongside.involvement.agreements.rules.terms import CHANNEL_WORDS
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person


class VisitTakenError(ValueError):
    """There is an invitation for that day already."""

    def __init__(self) -> None:
        super().__init__("They are invited on that day already. Choose another.")


@dataclass(frozen=True)
class WishesFacts:
    """What the person wishes about prompts through family."""

    quiet_weekdays: tuple[int, ...]
    quiet_from: date | None
    quiet_until: date | None
    most_a_week: int | None
    nagging: str
    words: str = ""


@action
def tick(*, by: User | None, agreement: Agreement, key: str, on: date) -> None:
    """Note that something in the table of responsibilities was done. Once a day is enough."""
    row, made = Tick.objects.get_or_create(agreement=agreement, key=key, on=on, defaults={"by": by.pk if by else None})
    if made:
        record(
            by=by,
            member=agreement.family_member,
            name="agreements.tick.made",
            subject=row,
            after={"key": key, "on": on},
        )


@action
def untick(*, by: User | None, agreement: Agreement, key: str, on: date) -> None:
    """Take a tick back that was made by mistake."""
    for row in Tick.objects.filter(agreement=agreement, key=key, on=on):
        record(by=by, member=agreement.family_member, name="agreements.tick.taken_back", subject=row)
        row.delete()


@action
def draw(*, by: User | None, member: FamilyMember, channel: Channel | str, on: date, source_id: UUID) -> Budget | None:
    """Count one contact against what was agreed; None where nothing was agreed for that channel.

    `source_id` is the contact's own row: the same contact is counted once, however often it is told. Nothing is ever
    stopped here. Where more were made than agreed, whoever holds the case is asked to look.
    """
    channel = Channel(channel)
    row, made = ContactDraw.objects.get_or_create(
        source=source_id,
        defaults={"person": member.person, "family_member": member, "channel": channel.value, "on": on},
    )
    if made:
        values = {"channel": channel.value, "on": on}
        record(by=by, member=member, name="agreements.budget.drawn", subject=row, after=values)
    budget = agreement_facts([member.pk], on=on)[member.pk].channels.get(channel.value)
    if budget is not None and budget.over:
        to_do(
            member=member,
            kind=OVER_TO_DO,
            subject_id=member.pk,
            title=f"{CHANNEL_WORDS[channel]} more often than agreed with {member.name}: does it still suit everyone?",
            due_on=on,
        )
    return budget


@action
def take_back_draw(*, by: User | None, source_id: UUID) -> None:
    """A contact was recorded by mistake, so it counts no more. Unknown ones are no error."""
    for row in ContactDraw.objects.filter(source=source_id).select_related("family_member"):
        record(by=by, member=row.family_member, name="agreements.budget.given_back", subject=row)
        row.delete()


@action
def move_visit(*, by: User | None, visit: Visit, seen_version: int, on: date) -> None:
    """Move an invitation to another day. Raises VisitTakenError and ChangedMeanwhileError."""
    others = Visit.objects.filter(agreement=visit.agreement, on=on, state=VisitState.PLANNED).exclude(pk=visit.pk)
    if others.exists():
        raise VisitTakenError
    _change_visit(by=by, visit=visit, seen_version=seen_version, name="moved", on=on, until=max(on, visit.until))


@action
def settle_visit(*, by: User | None, visit: Visit, seen_version: int, state: VisitState) -> None:
    """Say what became of an invitation: they came, they did not, or it is called off."""
    _change_visit(by=by, visit=visit, seen_version=seen_version, name=str(state.value), state=state.value)


def _change_visit(*, by: User | None, visit: Visit, seen_version: int, name: str, **values: Any) -> None:
    change = change_record(visit, seen_version=seen_version, **values)
    if change:
        record(
            by=by,
            member=visit.agreement.family_member,
            name=f"agreements.visit.{name}",
            subject=visit,
            before=change.before,
            after=change.after,
        )
        keep_in_step(visit.agreement, by=by)


@action
def look_again(
    *, by: User | None, agreement: Agreement, seen_version: int, on: date, holds: str, words: str, next_on: date
) -> AgreementReview:
    """An agreement and its boundaries were looked at again; it is looked at next on `next_on` (R148)."""
    change_record(agreement, seen_version=seen_version, review_on=next_on)
    review = AgreementReview.objects.create(agreement=agreement, on=on, holds=holds, words=words, next_on=next_on)
    member = agreement.family_member
    record(
        by=by,
        member=member,
        name="agreements.agreement.reviewed",
        subject=review,
        after={"holds": holds, "words": words, "next_on": next_on},
    )
    tell(
        by=by,
        member=member,
        kind="agreements.agreement.reviewed",
        title=f"Agreement with {member.name} looked at again: {review.get_holds_display().lower()}",
    )
    for kind in (REVIEW_TO_DO, OVER_TO_DO):
        done(by=by, member=member, kind=kind, subject_id=member.pk)
    keep_in_step(agreement, by=by)
    return review


@action
def set_wishes(*, by: User | None, person: Person, seen_version: int, wishes: WishesFacts, on: date) -> PromptWishes:
    """Keep what the person wishes about prompts through family. Raises ChangedMeanwhileError."""
    row, made = PromptWishes.objects.get_or_create(person=person)
    values: dict[str, Any] = {
        "quiet_weekdays": sorted(wishes.quiet_weekdays),
        "quiet_from": wishes.quiet_from,
        "quiet_until": wishes.quiet_until,
        "most_a_week": wishes.most_a_week,
        "nagging": wishes.nagging,
        "asked_on": on if wishes.nagging != Nagging.NOT_ASKED else row.asked_on,
        "words": wishes.words,
    }
    change = change_record(row, seen_version=1 if made else seen_version, **values)
    if change:
        record_change(
            by=by,
            kind=EventKind.COLLECTION if made else EventKind.CHANGE,
            name="agreements.wishes.set",
            subject=row,
            case_id=person.pk,
            before=change.before,
            after=change.after,
        )
    return row
