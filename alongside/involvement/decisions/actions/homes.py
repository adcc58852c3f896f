"""Checks of a home, step by step. The householder is seen alone, told, asked, and may take a yes back."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import change_record
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import ToDoFacts, add_to_timeline, close_to_do, open_to_do
from alongside.involvement.decisions.actions.keeping import keep_answer
from alongside.involvement.decisions.models import HomeCheck, HomeCheckEnd, HomeCheckStep, Use
from alongside.involvement.decisions.queries.gathering import May
from alongside.involvement.decisions.rules import Check, Outcome
from alongside.people.families.models import FamilyMember

END_TO_DO = "decisions.home.end"
WITHDRAWN_TO_DO = "decisions.home.withdrawn"
LOOK_AFTER = timedelta(days=28)
"""When a check whose end is not known is looked at again, so that no channel stays open unseen."""


class HomeFaultError(ValueError):
    """What was entered does not hold together. `field` is where."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@action
def open_home_check(
    *, by: User, member: FamilyMember, kind_id: str, address: str, review_on: date | None = None
) -> HomeCheck:
    """Begin to check a home. One at a time for each householder."""
    if HomeCheck.objects.filter(family_member=member.pk, ended_on=None).exists():
        raise HomeFaultError("kind", "A check of this home is open already. Finish that one first.")
    check = HomeCheck.objects.create(
        person_id=member.person_id,
        family_member=member,
        kind_id=kind_id,
        address=address,
        opened_at=timezone.now(),
        opened_by=by.pk,
        review_on=review_on,
    )
    _trace(by, check, "opened", f"Check of the home opened: {label_of(kind_id)}", after={"kind": kind_id})
    _end_to_do(check)
    return check


@action
def change_home_check(
    *, by: User, check: HomeCheck, seen_version: int, kind_id: str, address: str, review_on: date | None
) -> None:
    """Mend what a home is checked for, where it is, and when it ends."""
    change = change_record(check, seen_version=seen_version, kind_id=kind_id, address=address, review_on=review_on)
    if not change:
        return
    until = f", until {review_on.day} {review_on:%B %Y}" if review_on else ""
    _trace(by, check, "changed", f"What the home is checked for: {label_of(kind_id)}{until}", after=change.after)
    _end_to_do(check)


@action
def note_household_checks(
    *,
    by: User,
    check: HomeCheck,
    seen_version: int,
    abuse: Check,
    children: Check,
    checked_on: date,
    checked_with: str,
) -> None:
    """Note what the police and children's services answered about the household."""
    change_record(
        check,
        seen_version=seen_version,
        household_abuse=abuse.value,
        household_children=children.value,
        checked_on=checked_on,
        checked_with=checked_with,
    )
    _trace(by, check, "checked", f"Household checks noted, answered by {checked_with}", after={"on": checked_on})


@action
def note_householder(
    *,
    by: User,
    check: HomeCheck,
    seen_version: int,
    may: May,
    adult: bool,
    seen_alone_on: date | None,
    told_on: date | None,
    told_what: str,
    agreed: bool | None,
) -> None:
    """Note what the householder was told and said. `may` is the answer to whether they may be told.

    Telling them is the use of that answer, so it is kept with it. Raises HomeFaultError where the answer was no
    yes, and where a yes was not given alone and told.
    """
    if agreed and not adult:
        raise HomeFaultError("adult", "A householder who agrees must be an adult.")
    if agreed and seen_alone_on is None:
        raise HomeFaultError("seen_alone_on", "A yes counts only where they were seen alone. Enter the day.")
    if agreed and (told_on is None or not told_what.strip()):
        raise HomeFaultError("told_what", "A yes counts only where they were told. Enter what, and when.")
    newly_told = told_on is not None and check.told_on is None
    if newly_told and may.answer.outcome > Outcome.CONDITIONS:
        raise HomeFaultError("told_on", NOT_TOLD[may.answer.outcome])
    change_record(
        check,
        seen_version=seen_version,
        householder_adult=adult,
        seen_alone_on=seen_alone_on,
        told_on=told_on,
        told_what=told_what,
        agreed=agreed,
        agreed_on=today() if agreed is not None else None,
    )
    said = {True: "agreed", False: "said no", None: "has not decided yet"}[agreed]
    _trace(by, check, "householder", f"The householder was spoken to and {said}", after={"agreed": agreed})
    if newly_told:
        keep_answer(by=by, member=check.family_member, may=may, use=Use.DONE)


NOT_TOLD = {
    Outcome.ASK: "The answer is “Ask first”, so nobody is told the offence yet. Ask from the page of this check, and"
    " come back.",
    Outcome.REFUSE: "The answer is “No”, so nobody is told the offence. The page of this check says why. What was said"
    " all the same is written down as a contact.",
}


@action
def withdraw_home_agreement(*, by: User, check: HomeCheck, seen_version: int, on: date) -> None:
    """The householder takes their agreement back. It needs no reason, and somebody acts on it today."""
    if check.agreed is not True or check.withdrawn_on is not None:
        raise HomeFaultError("on", "There is no agreement to take back.")
    change_record(check, seen_version=seen_version, withdrawn_on=on)
    _trace(by, check, "withdrawn", "The householder took their agreement back", after={"withdrawn_on": on})
    open_to_do(
        case_id=check.person_id,
        to_do=ToDoFacts(
            kind=WITHDRAWN_TO_DO,
            title="The householder took their agreement back: find another place",
            due_on=today(),
            right=Right.SEE_CASE,
            subject_id=check.family_member_id,
            family_member_id=check.family_member_id,
        ),
    )


@action
def end_home_check(
    *, by: User, check: HomeCheck, seen_version: int, end: HomeCheckEnd, note: str, on: date
) -> HomeCheck:
    """End a check: the contact is closed, or becomes a working agreement of its own. It is not left open."""
    change_record(check, seen_version=seen_version, ended_on=on, end=end.value, end_note=note)
    _trace(by, check, "ended", f"Check of the home ended: {end.label.lower()}", after={"end": end.value})
    for kind in (END_TO_DO, WITHDRAWN_TO_DO):
        close_to_do(by=by, case_id=check.person_id, kind=kind, subject_id=check.family_member_id)
    return check


def _end_to_do(check: HomeCheck) -> None:
    known = check.review_on is not None
    open_to_do(
        case_id=check.person_id,
        to_do=ToDoFacts(
            kind=END_TO_DO,
            title="The check of a home is over: close the contact or turn it into an agreement"
            if known
            else "Is the check of a home still needed? Enter when it ends, or end it",
            due_on=check.review_on or today() + LOOK_AFTER,
            right=Right.SEE_CASE,
            subject_id=check.family_member_id,
            family_member_id=check.family_member_id,
        ),
    )


def _trace(by: User, check: HomeCheck, what: str, words: str, *, after: dict[str, Any]) -> None:
    HomeCheckStep.objects.create(
        case=check.person_id,
        family_member=check.family_member_id,
        check_id=check.pk,
        at=timezone.now(),
        by=by.pk,
        by_name=by.name,
        words=words[:300],
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name=f"decisions.home.{what}",
        subject=check,
        case_id=check.person_id,
        family_member_id=check.family_member_id,
        after=after,
    )
    add_to_timeline(
        by=by,
        case_id=check.person_id,
        kind="decisions.home",
        title=words,
        right=Right.SEE_FAMILY,
        subject_id=check.pk,
        family_member_id=check.family_member_id,
    )
