"""What opens: permissions taken, confirmed, and what was closed opened again, each with the person alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.calendar.rules import end_of, start_of, today
from alongside.foundation.reference.queries import coded_list
from alongside.people.families.models import FamilyMember
from alongside.people.families.rules import Candidate, same_human_basis
from alongside.safety.permissions.actions.keeping_up import keep_up
from alongside.safety.permissions.actions.writing import add_entry
from alongside.safety.permissions.drafts import Draft, Fault, Whom, faults_of
from alongside.safety.permissions.models import Permission, Step
from alongside.safety.permissions.queries import given_from, histories, lock
from alongside.safety.permissions.rules import History, Standing, StepKind, standing_of

THE_SAME = "Same name and year of birth"


class NotTakenError(Exception):
    """A permission cannot stand as it was given; `faults` say what is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.words for fault in faults))
        self.faults = faults


class NotAloneError(Exception):
    """Something that only the person alone can open was to be opened in company, or under pressure (R060)."""

    def __init__(self) -> None:
        super().__init__("Only what they say alone, and freely, counts. Ask again when nobody else is there.")


@dataclass(frozen=True)
class Asked:
    """How something was confirmed."""

    alone: bool
    freely: bool
    note: str = ""


@action
def take_permission(
    *, by: User | None, member: FamilyMember, draft: Draft, key: UUID | None = None, seen: int | None = None
) -> Permission:
    """Write down what the person permits. Taken in company or with a doubt, it holds nothing until confirmed alone.

    `key` makes it once: sent again, it answers with what stands; one that belongs to someone else is passed over.
    Raises NotTakenError and SaidMeanwhileError.
    """
    lock(member.pk)
    same = Permission.objects.filter(pk=key).first() if key else None
    if same is not None and same.family_member == member.pk:
        return same
    faults = faults_of(draft, whom(member, histories([member.pk])[member.pk]), today=today())
    if faults := (*faults, *_unknown("topics", "permission_topic", draft.topics), *_channels(draft)):
        raise NotTakenError(faults)
    now = timezone.now()
    ids = {"id": key} if key and same is None else {}
    permission = add_entry(
        Permission,
        by=by,
        member=member,
        name="permissions.permission.taken",
        title=_taken(draft, member),
        seen=seen,
        at=now,
        topics=sorted(draft.topics),
        direction=draft.direction.value,
        channels=sorted(draft.channels),
        starts_at=max(now, start_of(draft.starts_on)),
        until=end_of(draft.ends_on),
        today_only=draft.today_only,
        missed_days=draft.missed_days,
        words=draft.words or None,
        how_id=draft.how_id,
        where=draft.where or None,
        alone=draft.alone,
        company=draft.company or None,
        pressed=draft.pressed,
        understood=draft.understood,
        interpreter=draft.interpreter.value,
        advocate=draft.advocate.value,
        support=draft.support or None,
        **ids,
    )
    keep_up(by=by, member=member)
    return permission


@action
def confirm_alone(
    *, by: User | None, member: FamilyMember, permission: Permission, asked: Asked, seen: int | None = None
) -> Step | None:
    """Note that the person, alone, says the same. Nothing where it no longer awaits that. Raises NotAloneError."""
    _must_be_free(asked)
    history = histories([member.pk])[member.pk]
    if standing_of(given_from(permission), history, timezone.now()) is not Standing.TO_CONFIRM:
        return None
    return _opened(StepKind.CONFIRMED, by, member, asked, f"Confirmed alone: {member.name}", seen, permission.pk)


@action
def lift_refusal(*, by: User | None, member: FamilyMember, asked: Asked, seen: int | None = None) -> Step | None:
    """Note that the person, alone, no longer refuses. It permits nothing: that is asked anew. Raises NotAloneError."""
    _must_be_free(asked)
    if not histories([member.pk])[member.pk].refused:
        return None
    return _opened(StepKind.LIFTED, by, member, asked, f"{member.name} may be talked about again", seen)


@action
def resume(*, by: User | None, member: FamilyMember, asked: Asked, seen: int | None = None) -> Step | None:
    """Note that the person, alone, wants what was paused to go on. Raises NotAloneError."""
    _must_be_free(asked)
    if not histories([member.pk])[member.pk].paused:
        return None
    return _opened(StepKind.RESUMED, by, member, asked, f"Permissions for {member.name} go on", seen)


def whom(member: FamilyMember, history: History) -> Whom:
    """About whom a permission would be, as far as it may be wrong for them."""
    person = member.person
    themself = Candidate(person.given_names, person.family_name, person.known_as, person.date_of_birth)
    basis = same_human_basis(
        given_name=member.given_name,
        family_name=member.family_name,
        year_of_birth=member.year_of_birth,
        candidate=themself,
    )
    return Whom(
        name=member.name,
        called=person.called,
        private=history.private,
        refused=history.refused,
        paused=history.paused,
        deceased=member.deceased,
        ended=member.ended_on is not None,
        person_has_died=person.date_of_death is not None,
        is_the_person=basis == THE_SAME,
    )


def _opened(
    kind: StepKind,
    by: User | None,
    member: FamilyMember,
    asked: Asked,
    title: str,
    seen: int | None,
    permission: UUID | None = None,
) -> Step:
    step = add_entry(
        Step,
        by=by,
        member=member,
        name=f"permissions.step.{kind.value}",
        title=title,
        seen=seen,
        kind=kind.value,
        permission=permission,
        alone=True,
        note=asked.note or None,
    )
    keep_up(by=by, member=member)
    return step


def _must_be_free(asked: Asked) -> None:
    if not (asked.alone and asked.freely):
        raise NotAloneError


def _channels(draft: Draft) -> tuple[Fault, ...]:
    return _unknown("channels", "contact_channel", draft.channels)


def _unknown(field: str, list_name: str, codes: Iterable[str]) -> tuple[Fault, ...]:
    """A fault where a code is not on its list, or no longer."""
    if set(codes) <= {value.code for value in coded_list(list_name)}:
        return ()
    return (Fault(field, "Choose from the list. Something that you chose is no longer on it."),)


def _taken(draft: Draft, member: FamilyMember) -> str:
    if not draft.alone or draft.pressed or not draft.understood:
        return f"Said about {member.name}, to be confirmed alone"
    if draft.today_only:
        return f"Permission for {member.name}, for today only"
    return f"Permission for {member.name}"
