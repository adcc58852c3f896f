"""What people told in confidence in a story, what duty asked, what was disclosed and refused, and how to act."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from alongside.foundation.records.identity import identity
from alongside.people.staff.actions import add_duty_turn
from alongside.safety.protected.actions import (
    DecisionFacts,
    ToldFacts,
    decide_disclosure,
    decide_handling,
    log_refusal,
    make_referral,
    record_disclosure,
    record_told,
    review_disclosure,
    set_instruction,
    share_in_danger,
)
from alongside.safety.protected.models import Handling
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling

LOOK_AGAIN = timedelta(days=28)
ANSWER_IN = timedelta(days=3)


def tell(telling: Telling) -> None:
    """What the file tells of this story, each thing in the name of whoever did it."""
    told: dict[str, Any] = told_by("protected").get(telling.story.number, {})
    if duty := told.get("duty"):
        _duty(telling, duty)
    with identity(telling.by.pk):
        for facts in told.get("told", ()):
            _told(telling, facts)
        for facts in told.get("instructions", ()):
            _instruction(telling, facts)
        for facts in told.get("refused", ()):
            _refused(telling, facts)
        if danger := told.get("danger"):
            _danger(telling, danger)
        for facts in told.get("decisions", ()):
            _decision(telling, facts)


def _duty(telling: Telling, facts: dict[str, Any]) -> None:
    add_duty_turn(
        by=telling.user("senior"),
        delivery_unit=telling.company.team.delivery_unit,
        member=telling.company.members[facts["who"]],
        kind=facts["kind"],
        from_date=telling.today,
        until_date=telling.today + timedelta(days=facts["days"]),
    )


def _told(telling: Telling, facts: dict[str, Any]) -> None:
    told = record_told(
        by=telling.by,
        person=telling.person,
        facts=ToldFacts(
            at=timezone.now() - timedelta(days=facts["days_ago"]),
            told_by_id=f"told_by.{facts['from']}",
            channel_id=f"told_channel.{facts['channel']}",
            limits_said=facts["limits"],
            family_member=telling.member(facts["member"]).pk if "member" in facts else None,
            duties=tuple(f"duty_owed.{code}" for code in facts.get("duties", ())),
            context=tuple(f"concern_context.{code}" for code in facts.get("context", ())),
            **{name: facts.get(name, "") for name in ("seen", "reported", "opinion", "wishes", "expects")},
        ),
    )
    if referral := facts.get("referral"):
        make_referral(
            by=telling.by,
            person=telling.person,
            told=told,
            values={
                "protects": referral["protects"],
                "who": referral["who"],
                "agency_id": f"safeguarding_agency.{referral['agency']}",
                "agency_name": referral["agency_name"],
                "concern": referral["concern"],
                "consent_id": f"safeguarding_consent.{referral['consent']}",
                "consent_reason": referral["why"],
                "made_on": telling.today,
                "feedback_due_on": telling.today + ANSWER_IN,
            },
        )
    decide_handling(
        by=telling.by,
        told=told,
        seen=Handling.objects.filter(told=told).count(),
        may_know_id=f"source_handling.{facts['may_know']}",
        may_know_from=None,
        status_id=f"held_status.{facts['status']}",
        reason=facts["reason"],
        discussed_with=facts["with"],
    )


def _instruction(telling: Telling, facts: dict[str, Any]) -> None:
    set_instruction(
        by=telling.by,
        person=telling.person,
        instruction_id=f"handling_instruction.{facts['what']}",
        member_id=telling.member(facts["with"]).pk if "with" in facts else None,
        review_on=telling.today + LOOK_AGAIN,
    )


def _refused(telling: Telling, facts: dict[str, Any]) -> None:
    log_refusal(
        by=telling.by,
        person=telling.person,
        asked_by=facts["asked_by"],
        asked_for=facts["asked_for"],
        channel_id=f"told_channel.{facts['channel']}",
        answer_id=f"refusal_answer.{facts['answer']}",
        happened=facts.get("happened", ""),
        would_not_leave=facts.get("would_not_leave", False),
    )


def _danger(telling: Telling, facts: dict[str, Any]) -> None:
    share_in_danger(
        by=telling.by,
        person=telling.person,
        channel_id="told_channel.PHONE",
        facts=DecisionFacts(
            what=facts["what"],
            recipient_id="disclosure_recipient.POLICE",
            recipient_name=facts["to"],
            purpose=facts["why"],
            ground_id="disclosure_ground.VITAL",
            necessity=facts["why"],
            informed_id="person_informed.NORISK",
            informed_reason="Shared at once because someone was in danger",
        ),
    )


def _decision(telling: Telling, facts: dict[str, Any]) -> None:
    decision = decide_disclosure(
        by=telling.by,
        person=telling.person,
        facts=DecisionFacts(
            what=facts["what"],
            recipient_id=f"disclosure_recipient.{facts['recipient']}",
            recipient_name=facts["name"],
            purpose=facts["purpose"],
            ground_id=f"disclosure_ground.{facts['ground']}",
            necessity=facts["necessity"],
            proportionality=facts["proportionality"],
            informed_id=f"person_informed.{facts['informed']}",
            informed_reason=facts["why_not"],
        ),
    )
    if "approved" not in facts:
        return
    senior = telling.user("senior")
    with identity(senior.pk):
        review_disclosure(by=senior, decision=decision, approved=True, reason=facts["approved"])
    record_disclosure(
        by=telling.by,
        decision=decision,
        said=facts["said"],
        to=facts["name"],
        channel_id="told_channel.PHONE",
        at=timezone.now(),
    )
