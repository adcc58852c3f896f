"""What every action of this room leaves: an event, a line, cards."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.work.actions import CardFacts, add_to_timeline, put_card
from alongside.involvement.suitability.models import Judgement, Step, Verdict
from alongside.involvement.suitability.queries import approval_of
from alongside.involvement.suitability.rules import IN_FORCE, Level, StepKind
from alongside.people.families.models import FamilyMember

CARD = "suitability"
REVIEW = "suitability.review"
ENQUIRY = "suitability.enquiry"
APPROVAL = "suitability.judgement"
QUESTION = "suitability.question"
APPROVED = "suitability.approved"
DOUBT = "suitability.doubt"
SECOND_LOOK = "suitability.second_look"
IN_THE_WAY = "suitability.in_the_way"


def record(
    *,
    by: User,
    member: FamilyMember,
    name: str,
    subject: models.Model,
    kind: EventKind = EventKind.CHANGE,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """One event in the case's chain; its values are the relative's, so that they go when the relative's go."""
    record_change(
        by=by,
        kind=kind,
        name=f"suitability.{name}",
        subject=subject,
        case_id=member.person_id,
        before=before,
        after=after,
        family_member_id=member.pk,
    )


def say(*, by: User, member: FamilyMember, kind: str, title: str, subject_id: UUID, right: Right | None = None) -> None:
    """One line on the timeline, for those who may see judgements unless `right` says otherwise."""
    add_to_timeline(
        by=by,
        case_id=member.person_id,
        kind=f"suitability.{kind}",
        title=title,
        right=right or Right.SEE_SUITABILITY,
        subject_id=subject_id,
        family_member_id=member.pk,
    )


def refresh_cards(member: FamilyMember) -> None:
    """What was last judged, on the page of the family member and in the list on the case page.

    Cards say what was judged and when. What tightened since is derived on the page, so no card says that anything is
    allowed.
    """
    line = last_word(member.pk)
    put_card(
        case_id=member.person_id,
        card=CardFacts(
            key=CARD,
            title="Involvement",
            headline=line,
            lines=("Look here before you act: it may have tightened since.",),
            order=30,
            right=Right.SEE_CONDITIONS,
            family_member_id=member.pk,
        ),
    )
    judged = Judgement.objects.filter(case=member.person_id).values("family_member")
    names = FamilyMember.objects.filter(pk__in=judged, ended_on__isnull=True).order_by("added_at")
    count = names.count()
    put_card(
        case_id=member.person_id,
        card=CardFacts(
            key=CARD,
            title="Involvement",
            headline="Judged for 1 person" if count == 1 else f"Judged for {count} people",
            lines=tuple(one.name for one in names[:5]),
            order=30,
            right=Right.SEE_CONDITIONS,
        ),
    )


def last_word(member_id: UUID) -> str:
    """What was decided last, with its day: a judgement, a pause, or that one waits for approval."""
    step = Step.objects.filter(family_member=member_id).exclude(kind=StepKind.DISCUSSED).order_by("-at").first()
    newest = Judgement.objects.filter(family_member=member_id).order_by("-number").first()
    if newest is None:
        return "Nobody has judged yet"
    verdict = Verdict.objects.filter(judgement=newest).values_list("state", flat=True).first()
    if step is not None and step.at > newest.at:
        words = {StepKind.PAUSED: "Paused", StepKind.RESUMED: "Resumed"}.get(StepKind(step.kind), "Stepped down")
        return f"{words} on {step.at:%-d %B %Y}"
    level = Level(newest.level).words
    if approval_of(needed=newest.approval_needed, verdict=verdict) in IN_FORCE:
        return f"Judged on {newest.at:%-d %B %Y}: {level}"
    return f"A judgement of {newest.at:%-d %B %Y} waits for approval, or for an answer"
