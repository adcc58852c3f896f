"""Whom the adviser supports, what was declined, and which victims liaison keeps in touch with."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from alongside.foundation.records.identity import identity
from alongside.safety.advocacy.actions.liaison import add_victim
from alongside.safety.advocacy.actions.referring import InNeed, decline_request, refer
from alongside.safety.advocacy.actions.supporting import (
    PlanWords,
    acknowledge,
    add_detail,
    change_detail,
    write_entry,
    write_plan,
)
from alongside.safety.advocacy.models import ContactDetail, EntryKind, Referral, SupportedPerson
from alongside.safety.advocacy.rules import Asker, Request
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling


def tell(telling: Telling) -> None:
    """What was declined first, then who was referred, and what the adviser did."""
    told: dict[str, Any] = told_by("advocacy").get(telling.story.number, {})
    for facts in told.get("declined", ()):
        with identity(telling.by.pk):
            decline_request(
                by=telling.by,
                person=telling.person,
                request=Request(facts["request"]),
                asked_by=Asker(facts["asked_by"]),
            )
    for facts in told.get("referred", ()):
        _refer(telling, facts)
    for facts in told.get("victims", ()):
        liaison = telling.user("victim_liaison")
        with identity(liaison.pk):
            add_victim(by=liaison, team=telling.company.team.pk, **facts)


def _refer(telling: Telling, facts: dict[str, Any]) -> None:
    member = telling.member(facts["member"]) if "member" in facts else None
    need = InNeed(
        name=facts.get("name") or (member.name if member else ""),
        year_of_birth=member.year_of_birth if member else None,
        request=facts["request"],
        hoped_for=facts.get("hoped_for", ""),
        reach=facts.get("reach", ""),
        urgent=facts.get("urgent", False),
    )
    with identity(telling.by.pk):
        referral = refer(by=telling.by, person=telling.person, member=member, in_need=need)
    if facts.get("taken_on"):
        _support(telling, referral, facts)


def _support(telling: Telling, referral: Referral, facts: dict[str, Any]) -> None:
    adviser = telling.user("abuse_adviser")
    with identity(adviser.pk):
        supported = SupportedPerson.objects.get(pk=referral.pk)
        acknowledge(by=adviser, supported=supported)
        for detail in ContactDetail.objects.filter(supported=supported):
            change_detail(by=adviser, detail=detail, seen_version=detail.version, safety="safe")
        for detail in facts.get("details", ()):
            add_detail(by=adviser, supported=supported, **detail)
        for entry in facts.get("entries", ()):
            write_entry(
                by=adviser,
                supported=supported,
                kind=EntryKind(entry["kind"]),
                at=timezone.now() - timedelta(days=entry["days_ago"]),
                text=entry["text"],
            )
        if plan := facts.get("plan"):
            review = telling.today + timedelta(days=28)
            write_plan(by=adviser, supported=supported, seen_number=0, words=PlanWords(**plan), review_on=review)
