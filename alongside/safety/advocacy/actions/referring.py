"""What practitioners do: refer, note a request that was declined, ask about a name."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import add_working_days, today
from alongside.foundation.records.actions import insert_once
from alongside.foundation.work.actions import CardFacts, ToDoFacts, close_to_do, open_to_do, put_card
from alongside.foundation.work.models import ToDo
from alongside.people.allocations.queries import current_allocations
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.staff.models import Team
from alongside.people.staff.queries import holders_of
from alongside.safety.advocacy.models import (
    ContactDetail,
    DeclinedRequest,
    DetailKind,
    NameCheck,
    Referral,
    SupportedPerson,
)
from alongside.safety.advocacy.rules import Asker, Request, name_keys
from alongside.safety.advocacy.tasks import compare_known, compare_name

CARD = "advocacy"
UNANSWERED = "advocacy.referral.unanswered"
WAITS = "advocacy.workspace.waits"
DAYS_TO_ACKNOWLEDGE = 2


class NoTeamError(ValueError):
    """Nobody holds the case, so it is not known whose advisers the referral should go to."""


@dataclass(frozen=True)
class InNeed:
    """Who is referred, and what the adviser should know. All of it goes behind the wall."""

    name: str
    request: str
    other_names: str = ""
    year_of_birth: int | None = None
    hoped_for: str = ""
    reach: str = ""
    urgent: bool = False


@action
def refer(
    *, by: User, person: Person, in_need: InNeed, member: FamilyMember | None = None, key: UUID | None = None
) -> Referral:
    """Ask the advisers of the case's team to support someone. Raises NoTeamError where the case is nobody's.

    Of what is written, nothing stays on the practitioner's side: only that it was sent, and, later, acknowledged. `key`
    is the id that it gets: sent twice, it counts once, so that nobody rings someone at risk twice.
    """
    sent = Referral(
        pk=key or uuid4(),
        person=person,
        family_member=member.pk if member else None,
        team=team_of(person.pk),
        referred_at=timezone.now(),
        referred_by=by.pk,
        referred_by_name=by.name,
    )
    referral, is_new = insert_once(sent, person_id=person.pk, referred_by=by.pk)
    if not is_new:
        return referral
    SupportedPerson.objects.create(
        pk=referral.pk,
        case=person.pk,
        team=referral.team_id,
        name=in_need.name,
        other_names=in_need.other_names,
        year_of_birth=in_need.year_of_birth,
        name_keys=name_keys(in_need.name, in_need.other_names),
        request=in_need.request,
        hoped_for=in_need.hoped_for,
        urgent=in_need.urgent,
    )
    if in_need.reach:
        ContactDetail.objects.create(
            case=person.pk, supported_id=referral.pk, kind=DetailKind.OTHER, value=in_need.reach
        )
    record_change(by=by, kind=EventKind.CHANGE, name="advocacy.referral.made", subject=referral, case_id=person.pk)
    compare_known.later(by=by, known_id=referral.pk)
    due = today() if in_need.urgent else add_working_days(today(), DAYS_TO_ACKNOWLEDGE)
    open_to_do(
        case_id=person.pk,
        to_do=ToDoFacts(
            kind=UNANSWERED,
            title="Check that your referral to the adviser was acknowledged, and ring them if not",
            due_on=due,
            right=Right.REFER_TO_ADVISER,
            subject_id=referral.pk,
        ),
    )
    _tell_advisers(referral, due_on=due, urgent=in_need.urgent)
    refresh_card(referral)
    return referral


def _tell_advisers(referral: Referral, *, due_on: date, urgent: bool) -> None:
    """Put it before each adviser of the team, apart from the case: nothing of it shows on the practitioner's side."""
    for adviser in holders_of(RoleCode.ABUSE_ADVISER, referral.team_id):
        open_to_do(
            case_id=None,
            to_do=ToDoFacts(
                kind=f"{WAITS}.{adviser.user_id.hex[:8]}",
                title="Someone needs an answer today: open your workspace" if urgent else "A referral waits for you",
                due_on=due_on,
                right=Right.KEEP_ADVOCACY,
                subject_id=referral.pk,
                for_user_id=adviser.user_id,
                urgent=urgent,
            ),
        )


def close_for_advisers(*, by: User, referral: Referral) -> None:
    """One of them has taken it on, for all."""
    waiting = ToDo.objects.filter(kind__startswith=f"{WAITS}.", subject=referral.pk, case=None, done_at=None)
    for kind in list(waiting.values_list("kind", flat=True)):
        close_to_do(by=by, case_id=None, kind=kind, subject_id=referral.pk)


def refresh_card(referral: Referral) -> None:
    """Referred, acknowledged: on the family member's page where one is referred, otherwise on the case's."""
    acknowledged = referral.acknowledged_at
    put_card(
        case_id=referral.person_id,
        card=CardFacts(
            key=CARD,
            title="Domestic abuse adviser",
            headline="Acknowledged" if acknowledged else "Referred, not yet acknowledged",
            lines=tuple(
                f"{what} on {timezone.localtime(at):%-d %B %Y}"
                for what, at in (("Referred", referral.referred_at), ("Acknowledged", acknowledged))
                if at is not None
            ),
            order=70,
            right=Right.REFER_TO_ADVISER,
            family_member_id=referral.family_member,
        ),
    )


@action
def decline_request(*, by: User, person: Person, request: Request, asked_by: Asker) -> DeclinedRequest:
    """Note a request that would put someone in danger, and that was declined for that reason (R093)."""
    declined = DeclinedRequest.objects.create(
        case=person.pk,
        request=request.value,
        asked_by=asked_by.value,
        declined_at=timezone.now(),
        noted_by=by.pk,
        noted_by_name=by.name,
    )
    record_change(by=by, kind=EventKind.CHANGE, name="advocacy.request.declined", subject=declined, case_id=person.pk)
    return declined


@action
def ask_about_name(*, by: User, person: Person, name: str, year_of_birth: int | None, reason: str) -> NameCheck:
    """Have a name compared with the victims known here, before contact. The asker is told nothing, whatever comes."""
    check = NameCheck.objects.create(
        case=person.pk,
        name=name,
        year_of_birth=year_of_birth,
        reason=reason,
        asked_at=timezone.now(),
        asked_by=by.pk,
        asked_by_name=by.name,
    )
    record_change(by=by, kind=EventKind.CONSULTATION, name="advocacy.name.asked", subject=check, case_id=person.pk)
    compare_name.later(by=None, check_id=check.pk)
    return check


def team_of(person_id: UUID) -> Team:
    """The team that holds a case today. Raises NoTeamError."""
    held = current_allocations(today()).filter(person=person_id).select_related("team").first()
    if held is None:
        raise NoTeamError("Nobody holds this case, so no adviser can be found for it. Allocate it, then refer.")
    return held.team
