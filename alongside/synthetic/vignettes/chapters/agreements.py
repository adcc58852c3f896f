"""The working agreements of a story, what has happened under them, and where boundaries slipped."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from alongside.involvement.agreements.actions.boundaries import make_plan, note_incident, note_out_of_remit
from alongside.involvement.agreements.actions.living import WishesFacts, draw, set_wishes
from alongside.involvement.agreements.actions.making import (
    OverLevelError,
    begin_agreement,
    pause_agreement,
    put_to_everyone,
    record_answer,
    write_terms,
)
from alongside.involvement.agreements.models import Agreement
from alongside.involvement.agreements.rules import (
    Channel,
    ChannelTerms,
    Participation,
    Party,
    Period,
    Responsibility,
    Rhythm,
    State,
    Who,
)
from alongside.people.families.models import FamilyMember
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling

NAMES = UUID("5b0c8f2e-6f0b-4a57-9a53-0f6d3c1f7a10")
"""From which the ids of what happened are made, so that the same story has the same ids."""


def tell(telling: Telling) -> None:
    """Agreements first, then what happened under them and beside them, then what the person wishes."""
    told: dict[str, Any] = told_by("agreements").get(telling.story.number, {})
    for facts in told.get("with", ()):
        _agreement(telling, facts)
    for name, incidents in told.get("incidents", {}).items():
        for days_ago, kinds, what, answered in incidents:
            note_incident(
                by=telling.by,
                member=telling.member(name),
                on=telling.today - timedelta(days=days_ago),
                tags=[f"boundary_tag.{kind}" for kind in kinds],
                what=what,
                answered=answered,
            )
    for name, plan in told.get("plan", {}).items():
        make_plan(
            by=telling.by,
            member=telling.member(name),
            from_date=telling.today,
            review_on=telling.today + timedelta(days=28),
            **plan,
        )
    for name, asked in told.get("remit", {}).items():
        for topic, note in asked:
            note_out_of_remit(
                by=telling.by,
                person=telling.person,
                member=telling.member(name),
                topic_id=f"out_of_remit.{topic}",
                note=note,
                on=telling.today,
            )
    if wishes := told.get("wishes"):
        _wishes(telling, wishes)


def _agreement(telling: Telling, facts: dict[str, Any]) -> None:
    by, member = telling.by, telling.member(facts["who"])
    agreement = begin_agreement(by=by, member=member, on=telling.today)
    write_terms(by=by, agreement=agreement, seen_version=agreement.version, **_terms(telling, facts))
    try:
        put_to_everyone(
            by=by,
            agreement=agreement,
            seen_version=agreement.version,
            what_changed="The first version",
            on=telling.today,
        )
        for party in map(Party, facts.get("says", list(Party))):
            record_answer(
                by=by,
                agreement=agreement,
                number=agreement.offered or 1,
                party=party,
                agrees=True,
                how="in_person",
                on=telling.today,
            )
    except OverLevelError:
        return
    for number, (channel, days_ago) in enumerate(facts.get("contacts", ())):
        source = uuid5(NAMES, f"{telling.person.crn} {member.given_name} {number}")
        draw(by=by, member=member, channel=channel, on=telling.today - timedelta(days=days_ago), source_id=source)
    _rest(telling, member, facts)


def _rest(telling: Telling, member: FamilyMember, facts: dict[str, Any]) -> None:
    standing = Agreement.objects.select_related("family_member__person").get(family_member=member)
    if "rests" in facts and standing.state == State.LIVE:
        pause_agreement(
            by=telling.by,
            agreement=standing,
            seen_version=standing.version,
            reason_id=f"agreement_pause_reason.{facts['rests']}",
            on=telling.today,
        )


def _terms(telling: Telling, facts: dict[str, Any]) -> dict[str, Any]:
    terms: dict[str, Any] = {
        "channels": tuple(
            ChannelTerms(Channel(channel), times, Period(per)) for channel, (times, per) in facts["channels"].items()
        ),
        "not_then": facts.get("not_then", ""),
        "meeting_place": facts.get("place", ""),
        "meeting_minutes": facts.get("minutes", 0),
        "responsibilities": tuple(
            Responsibility(uuid5(NAMES, f"{telling.person.crn} {what}").hex, Who(who), what, when, where)
            for who, what, when, where in facts.get("duties", ())
        ),
    }
    if "boundaries" in facts:
        terms["boundaries"] = tuple(facts["boundaries"])
    if "participation" in facts:
        agreed = Participation(facts["participation"])
        terms |= {"participation": agreed, "person_wishes": agreed, "member_wishes": agreed}
    if "rhythm" in facts:
        rhythm = dict(facts["rhythm"])
        days = rhythm.pop("days")
        begins_on = telling.today + timedelta(days=3)
        terms["rhythm"] = Rhythm(**rhythm, begins_on=begins_on, ends_on=begins_on + timedelta(days=days))
    return terms


def _wishes(telling: Telling, facts: dict[str, Any]) -> None:
    set_wishes(
        by=telling.by,
        person=telling.person,
        seen_version=1,
        wishes=WishesFacts(
            quiet_weekdays=tuple(facts.get("quiet_weekdays", ())),
            quiet_from=None,
            quiet_until=None,
            most_a_week=facts.get("most_a_week"),
            nagging=facts["nagging"],
            words=facts.get("words", ""),
        ),
        on=telling.today,
    )
