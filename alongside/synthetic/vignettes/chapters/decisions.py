"""Answers that were asked for and kept, and the check of a home."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from alongside.foundation.work.actions import decide_approval
from alongside.foundation.work.models import ApprovalState
from alongside.involvement.decisions.actions import (
    end_home_check,
    keep_answer,
    note_household_checks,
    note_householder,
    open_home_check,
    say_purpose,
)
from alongside.involvement.decisions.actions.keeping import Why
from alongside.involvement.decisions.models import HomeCheckEnd, PurposeSaid, Use
from alongside.involvement.decisions.queries import approvals_of, may_i
from alongside.involvement.decisions.queries.gathering import May, may_check_home
from alongside.involvement.decisions.rules import Act, Check, Identity, Outcome, Purpose, Question, Way
from alongside.people.families.models import FamilyMember
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling


def tell(telling: Telling) -> None:
    """Why someone is involved, what was asked about them, and what became of a home that was checked."""
    told: dict[str, Any] = told_by("decisions").get(telling.story.number, {})
    members = {member.given_name: member for member in FamilyMember.objects.filter(person=telling.person)}
    for name, facts in told.get("purposes", {}).items():
        why = Why(why_them=facts["them"], why_now=facts["now"], will_do=facts["do"])
        say_purpose(by=telling.by, member=members[name], why=why, on=telling.today)
    for facts in told.get("asks", ()):
        _ask(telling, members[facts["who"]], facts)
    for name, facts in told.get("homes", {}).items():
        _check_home(telling, members[name], facts)


def _ask(telling: Telling, member: FamilyMember, facts: dict[str, Any]) -> None:
    at: datetime = timezone.now()
    purpose = PurposeSaid.objects.filter(family_member=member.pk).first()
    question = Question(
        act=Act(facts["act"]),
        role="practitioner",
        identity=Identity(facts.get("identity", Identity.CALLED_BACK)),
        way=Way(facts.get("way", Way.PHONE)),
        topic=facts.get("topic", ""),
        purpose=Purpose.OTHER if purpose else Purpose.NONE,
        hour=11,
    )
    may = may_i(question, member_id=member.pk, at=at)
    use = {Outcome.ASK: Use.ASKED, Outcome.REFUSE: Use.HELD}.get(may.answer.outcome, Use.DONE)
    keep_answer(by=telling.by, member=member, may=may, use=use, purpose=purpose, note=facts.get("note", ""))


def _may_be_told(telling: Telling, member: FamilyMember) -> May:
    """The answer before they are told; where somebody has to be asked first, the senior is, and says yes."""

    def asked() -> May:
        return may_check_home(member_id=member.pk, role="practitioner", at=timezone.now(), adult=True)

    may = asked()
    if may.answer.outcome is not Outcome.ASK:
        return may
    decision = keep_answer(by=telling.by, member=member, may=may, use=Use.ASKED, note="He has nowhere else to go")
    for approval in approvals_of(decision):
        decide_approval(
            by=telling.user("senior"),
            approval=approval,
            state=ApprovalState.APPROVED,
            reason="See her alone first, and tell her that no is an answer.",
        )
    return asked()


def _check_home(telling: Telling, member: FamilyMember, facts: dict[str, Any]) -> None:
    on = telling.today - timedelta(days=facts["days_ago"])
    check = open_home_check(
        by=telling.by,
        member=member,
        kind_id=f"home_check_kind.{facts['kind']}",
        address=facts["address"],
        review_on=telling.today + timedelta(days=facts["ends_in"]),
    )
    note_household_checks(
        by=telling.by,
        check=check,
        seen_version=check.version,
        abuse=Check.NONE_FOUND,
        children=Check.NONE_FOUND,
        checked_on=on,
        checked_with=facts["checked_with"],
    )
    note_householder(
        by=telling.by,
        check=check,
        seen_version=check.version,
        may=_may_be_told(telling, member),
        adult=True,
        seen_alone_on=on,
        told_on=on,
        told_what=facts["told"],
        agreed=True,
    )
    if facts.get("ended"):
        end_home_check(
            by=telling.by,
            check=check,
            seen_version=check.version,
            end=HomeCheckEnd(facts["ended"]),
            note="",
            on=telling.today,
        )
