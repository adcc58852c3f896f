"""Recording, changing, reviewing and removing flags. What a flag was at each moment is kept for ever."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import add_working_days, next_working_day, today
from alongside.foundation.records.actions import ChangedMeanwhileError, change_record, insert_once
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import OwnWorkError, ToDoFacts, add_to_timeline, close_to_do, open_to_do
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.flags.actions.cards import refresh_cards
from alongside.safety.flags.kinds import flag_kind
from alongside.safety.flags.models import Certainty, Direction, EntryKind, Flag, FlagEntry

DECIDE_TO_DO = "flags.flag.decide"
REVIEW_TO_DO = "flags.flag.review"
SOURCE_TO_DO = "flags.flag.source"
SOURCE_WITHIN_WORKING_DAYS = 2


class NamedFlagError(PermissionError):
    """Someone without the right tried to record or remove a flag that is kept for named roles."""


class RemovedAlreadyError(ValueError):
    """The flag was taken away already, so nothing more is done to it."""


@dataclass(frozen=True)
class FlagValues:
    """What is said of a flag when it is recorded or changed. `direction` is empty but between two people."""

    kind_id: str
    scope: str
    certainty: str
    basis: str
    source_id: str
    words: str
    review_on: date
    direction: str = ""
    signs: tuple[str, ...] = ()

    def columns(self) -> dict[str, Any]:
        """As columns of the row."""
        return asdict(self) | {"signs": list(self.signs)}


@action
def record_flag(
    *,
    by: User | None,
    person: Person,
    member: FamilyMember | None,
    values: FlagValues,
    may_set_named: bool,
    recorded_on: date | None = None,
    key: UUID | None = None,
) -> Flag:
    """Record a flag: staff action stops at once, until someone else has reviewed it. Nobody outside is told anything.

    `key` is the id that it gets: sent twice, it counts once. Raises NamedFlagError where the kind is kept for named
    roles and `may_set_named` is false.
    """
    _refuse_unnamed(flag_kind(values.kind_id).set_by_named, may=may_set_named)
    flag, is_new = insert_once(
        Flag(
            pk=key or uuid4(),
            person=person,
            family_member=member,
            recorded_on=recorded_on or today(),
            changed_by=by.pk if by else None,
            **values.columns(),
        ),
        person_id=person.pk,
    )
    if not is_new:
        return flag
    _leave_trail(by=by, flag=flag, what=EntryKind.RECORDED, kind=EventKind.COLLECTION, after=values.columns())
    _ask_for_review(flag)
    _ask_for_source(flag)
    refresh_cards(flag.person_id, member_id=flag.family_member_id)
    return flag


@action
def change_flag(*, by: User | None, flag: Flag, seen_version: int, values: FlagValues, may_set_named: bool) -> None:
    """Change what a flag says. Staff action stops again, as for a new one.

    Raises ChangedMeanwhileError, and NamedFlagError where the change loosens what only named roles may take away.
    """
    _refuse_removed(flag)
    _refuse_unseen(flag, seen_version)
    kinds = (flag_kind(str(flag.kind_id)), flag_kind(values.kind_id))
    loosens = (
        (flag.certainty == Certainty.KNOWN and values.certainty == Certainty.SUSPECTED)
        or flag.kind_id != values.kind_id
        or flag.scope != values.scope
        or flag.direction not in {"", Direction.NOT_KNOWN, values.direction}
    )
    _refuse_unnamed(any(kind.set_by_named for kind in kinds), may=may_set_named)
    _refuse_unnamed(loosens and kinds[0].removed_by_named, may=may_set_named)
    said = values.columns()
    if all(getattr(flag, name) == value for name, value in said.items()):
        return
    change = change_record(
        flag,
        seen_version=seen_version,
        awaiting_review=True,
        changed_by=by.pk if by else None,
        in_source_on=None,
        in_source_by=None,
        **said,
    )
    _leave_trail(by=by, flag=flag, what=EntryKind.CHANGED, before=change.before, after=change.after)
    _ask_for_review(flag)
    _ask_for_source(flag)
    refresh_cards(flag.person_id, member_id=flag.family_member_id)


@action
def review_flag(*, by: User, flag: Flag, seen_version: int, note: str, review_on: date) -> None:
    """Say that a flag stands as it is, and when to think again. A new or changed one is reviewed by someone else.

    Raises OwnWorkError where `by` recorded or changed it last, and ChangedMeanwhileError.
    """
    _refuse_removed(flag)
    if flag.awaiting_review and flag.changed_by == by.pk:
        raise OwnWorkError("You recorded or changed this flag, so someone else has to review it. Nothing is loosened.")
    was_new = flag.awaiting_review
    _refuse_unseen(flag, seen_version)
    change = change_record(flag, seen_version=seen_version, awaiting_review=False, review_on=review_on)
    _leave_trail(by=by, flag=flag, what=EntryKind.REVIEWED, before=change.before, after=change.after, note=note)
    if was_new:
        close_to_do(by=by, case_id=flag.person_id, kind=DECIDE_TO_DO, subject_id=flag.pk)
    _open(flag, REVIEW_TO_DO, title=f"Review: {title_of(flag)}", due_on=review_on)
    refresh_cards(flag.person_id, member_id=flag.family_member_id)


@action
def confirm_in_source(*, by: User, flag: Flag, seen_version: int, on: date) -> None:
    """Say that a flag was seen in the system of record. Until then it stays to do."""
    _refuse_removed(flag)
    change = change_record(flag, seen_version=seen_version, in_source_on=on, in_source_by=by.pk)
    if not change:
        return
    _leave_trail(by=by, flag=flag, what=EntryKind.IN_SOURCE, before=change.before, after=change.after, tell=False)
    close_to_do(by=by, case_id=flag.person_id, kind=SOURCE_TO_DO, subject_id=flag.pk)


@action
def remove_flag(
    *, by: User | None, flag: Flag, seen_version: int, reason_id: str, note: str, may_set_named: bool
) -> None:
    """Take a flag away, with the reason. What it said is kept; what it was about has to be checked again.

    Raises NamedFlagError where the kind is removed by named roles alone, and ChangedMeanwhileError.
    """
    _refuse_removed(flag)
    _refuse_unseen(flag, seen_version)
    kind = flag_kind(str(flag.kind_id))
    _refuse_unnamed(kind.set_by_named or kind.removed_by_named, may=may_set_named)
    change = change_record(flag, seen_version=seen_version, removed_on=today(), removal_reason_id=reason_id)
    _leave_trail(by=by, flag=flag, what=EntryKind.REMOVED, before=change.before, after=change.after, note=note)
    for to_do in (DECIDE_TO_DO, REVIEW_TO_DO, SOURCE_TO_DO):
        close_to_do(by=by, case_id=flag.person_id, kind=to_do, subject_id=flag.pk)
    refresh_cards(flag.person_id, member_id=flag.family_member_id)


def title_of(flag: Flag) -> str:
    """A flag in one line: what, how sure, and about whom."""
    about = f" ({flag.family_member.name})" if flag.family_member else ""
    return f"{label_of(str(flag.kind_id))}{about}, {Certainty(flag.certainty).label.lower()}"


def _refuse_unnamed(kept: bool, *, may: bool) -> None:
    if kept and not may:
        raise NamedFlagError("This is kept for named roles. Ask your senior, the safeguarding lead or the adviser.")


def _refuse_removed(flag: Flag) -> None:
    if flag.removed_on is not None:
        raise RemovedAlreadyError(
            "This flag was taken away already, so nothing was saved. Open the safety page to see what stands."
        )


def _refuse_unseen(flag: Flag, seen_version: int) -> None:
    """Before anything is judged of a change, its editor has to have seen what stands."""
    if flag.version != seen_version:
        raise ChangedMeanwhileError(Flag.objects.get(pk=flag.pk))


def _leave_trail(
    *,
    by: User | None,
    flag: Flag,
    what: EntryKind,
    kind: EventKind = EventKind.CHANGE,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str = "",
    tell: bool = True,
) -> None:
    """Add to the flag's own history, the trail and, with `tell`, the timeline of those who may see safety."""
    FlagEntry.objects.create(
        case=flag.person_id,
        family_member=flag.family_member_id,
        flag=flag.pk,
        at=timezone.now(),
        by=by.pk if by else None,
        by_name=by.name if by else "",
        what=what,
        stood=_as_it_stood(flag),
        note=note,
    )
    record_change(
        by=by,
        kind=kind,
        name=f"flags.flag.{what}",
        subject=flag,
        case_id=flag.person_id,
        before=before,
        after=after,
        ground=note,
        family_member_id=flag.family_member_id,
    )
    if tell:
        add_to_timeline(
            by=by,
            case_id=flag.person_id,
            kind=f"flags.flag.{what}",
            title=f"Safety flag {what.label.lower()}: {title_of(flag)}",
            right=Right.SEE_SAFETY,
            subject_id=flag.pk,
            family_member_id=flag.family_member_id,
        )


def _as_it_stood(flag: Flag) -> dict[str, Any]:
    names = ("kind_id", "scope", "certainty", "direction", "signs", "basis", "source_id", "words", "removal_reason_id")
    return {name: getattr(flag, name) for name in names} | {"review_on": flag.review_on.isoformat()}


def _ask_for_review(flag: Flag) -> None:
    _open(
        flag,
        DECIDE_TO_DO,
        title=f"Review new or changed flag: {title_of(flag)}",
        due_on=next_working_day(today()),
        for_role=RoleCode.SENIOR,
        urgent=True,
    )


def _ask_for_source(flag: Flag) -> None:
    _open(
        flag,
        SOURCE_TO_DO,
        title=f"Put it into the system of record, and confirm here: {title_of(flag)}",
        due_on=add_working_days(today(), SOURCE_WITHIN_WORKING_DAYS),
    )


def _open(
    flag: Flag, kind: str, *, title: str, due_on: date, for_role: RoleCode | None = None, urgent: bool = False
) -> None:
    open_to_do(
        case_id=flag.person_id,
        to_do=ToDoFacts(
            kind=kind,
            subject_id=flag.pk,
            title=title,
            due_on=due_on,
            right=Right.SEE_SAFETY,
            for_role=for_role,
            urgent=urgent,
            family_member_id=flag.family_member_id,
        ),
    )
