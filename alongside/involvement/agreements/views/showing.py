"""An agreement as its page shows it: what to do next first, then what is agreed, then what happens under it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import label_of
from alongside.involvement.agreements.actions.telling import first_letter_large, standing_words
from alongside.involvement.agreements.copy import BOUNDARIES, Names, boundary_words
from alongside.involvement.agreements.details import Details, detailed_agreement
from alongside.involvement.agreements.models import How, Visit, VisitState
from alongside.involvement.agreements.queries import VersionFacts, ended_agreements, open_contact_ends
from alongside.involvement.agreements.rules import (
    Party,
    Rhythm,
    Said,
    State,
    Terms,
    Who,
    budgets_of,
    from_data,
    state_on,
    still_to_agree,
)
from alongside.involvement.agreements.rules.checks import gaps
from alongside.involvement.agreements.rules.states import last_words
from alongside.involvement.agreements.rules.terms import (
    CHANNEL_WORDS,
    PARTICIPATION_WORDS,
    PER_WORDS,
    Channel,
    departures,
)
from alongside.people.families.models import FamilyMember

BADGES = {
    State.LIVE: ("In force", "moj-badge--green"),
    State.PAUSED: ("Paused", "moj-badge--grey"),
    State.DRAFT: ("Being made", ""),
    State.ENDED: ("Over", "moj-badge--grey"),
}
APART_WORDS = {1: "week", 2: "fortnight", 3: "three weeks", 4: "four weeks"}
VISITS_SHOWN = 8


@dataclass(frozen=True)
class Fact:
    """One line of what is agreed."""

    label: str
    words: str


def shown_agreement(member: FamilyMember, *, names: Names) -> dict[str, Any]:
    """Everything that the page of an agreement shows. Two queries."""
    on = today()
    ended = open_contact_ends([member.pk]).first()
    details = detailed_agreement(member.pk, on=on)
    if details is None:
        return {
            "agreement": None,
            "ended": ended,
            "in_force": None,
            "says": None,
            "several": ended_agreements(member.pk).exists(),
        }
    row, versions = details.agreement, details.versions
    live, offered = versions.get(row.live or 0), versions.get(row.offered or 0)
    newest = offered or live
    draft = from_data(row.draft) if row.draft is not None else None
    state = state_on(State(row.state), ends_on=row.ends_on, on=on)
    stands = live is not None and state in (State.LIVE, State.PAUSED)
    return {
        "agreement": row,
        "ended": ended,
        "state": state.value,
        "badge": BADGES[state],
        "says": None if state is State.ENDED else draft or (newest.terms if newest else None),
        "in_force": live.terms if live and state is State.LIVE else None,
        "standing": first_letter_large(standing_words(row)),
        "pause_reason": label_of(str(row.pause_reason_id or "")),
        "live": shown_version(live, names) if live else None,
        "offered": shown_version(offered, names) if offered else None,
        "draft": shown_terms(draft, names) if draft is not None else None,
        "gaps": gaps(draft, on=on) if draft is not None else (),
        "beyond": departures(draft) if draft is not None else (),
        "budgets": _budgets(details, live.terms, on) if stands and live else [],
        "duties": _duties(details, live.terms, names, on) if stands and live else [],
        "visits": _visits(details, on) if stands else [],
        "review_overdue": bool(row.review_on and row.review_on < on and state is State.LIVE),
        "over": state is State.ENDED,
        "several": len(versions) > 1,
    }


def shown_version(version: VersionFacts, names: Names) -> dict[str, Any]:
    """A version with who agreed and who has still to."""
    answers = last_words(version.said)
    return {
        "number": version.number,
        "anchor": f"{version.agreement_id.hex}-{version.number}",
        "written_on": version.written_on,
        "what_changed": version.what_changed,
        "terms": shown_terms(version.terms, names),
        "parties": [_party(party, answers.get(party), names) for party in Party],
        "missing": [party.value for party in still_to_agree(version.said)],
    }


def _party(party: Party, said: Said | None, names: Names) -> dict[str, Any]:
    name = {Party.PERSON: names.person, Party.FAMILY_MEMBER: names.member, Party.PRACTITIONER: names.officer}[party]
    if said is None:
        return {"party": party.value, "name": name, "state": "waiting", "words": "Not asked yet"}
    how = f"{How(said.how).label.lower()}, {said.on:%-d %B %Y}"
    words = f"Agrees: {how}" if said.agrees else f"Does not agree: {how}"
    return {
        "party": party.value,
        "name": name,
        "state": "agrees" if said.agrees else "declines",
        "words": words,
        "said": said.words,
    }


def shown_terms(terms: Terms, names: Names) -> dict[str, Any]:
    """What is agreed, part by part, as lines of text."""
    return {
        "contact": _contact(terms),
        "sessions": _sessions(terms, names),
        "boundaries": _boundaries(terms),
        "duties": [
            {"key": duty.key, "who": _who(duty.who, names), "what": duty.what, "when": duty.when, "where": duty.where}
            for duty in terms.responsibilities
        ],
    }


def _contact(terms: Terms) -> list[Fact]:
    facts = [
        Fact(CHANNEL_WORDS[one.channel], f"At most {one.times} {PER_WORDS[one.per]}") for one in terms.channels
    ] or [Fact("Contact", "Nothing agreed yet")]
    facts.append(Fact("They hear back", f"Within {terms.answer_within} working days"))
    if terms.not_then:
        facts.append(Fact("Do not call", terms.not_then))
    if terms.discretion:
        facts.append(Fact("More than everyone is offered", terms.discretion))
    return facts


def _sessions(terms: Terms, names: Names) -> list[Fact]:
    facts = [Fact("Agreed", PARTICIPATION_WORDS[terms.participation])]
    for name, wish in ((names.person, terms.person_wishes), (names.member, terms.member_wishes)):
        facts.append(Fact(f"{name} wishes", PARTICIPATION_WORDS[wish] if wish else "Not asked yet"))
    if terms.rhythm.invites:
        facts.append(Fact("Invited to", rhythm_words(terms.rhythm)))
    if terms.meeting_place:
        facts.append(Fact("Where", terms.meeting_place))
    if terms.meeting_minutes:
        facts.append(Fact("How long", f"{terms.meeting_minutes} minutes"))
    return facts


def rhythm_words(rhythm: Rhythm) -> str:
    """A rhythm in a few words."""
    parts = ["the first"] if rhythm.first else []
    if rhythm.from_every:
        or_more = f" or {rhythm.to_every}" if rhythm.to_every > rhythm.from_every else ""
        parts.append(f"one in {rhythm.from_every}{or_more}")
    if rhythm.last:
        parts.append("the last")
    apart = APART_WORDS.get(rhythm.weeks_between, f"{rhythm.weeks_between} weeks")
    joined = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{first_letter_large(joined)} of the sessions, one every {apart}"


def _boundaries(terms: Terms) -> list[Fact]:
    facts = [Fact("", boundary_words(key)) for key in terms.boundaries if key in BOUNDARIES]
    if terms.own_boundary:
        facts.append(Fact("", terms.own_boundary))
    if terms.review_on:
        facts.append(Fact("Look at it again", f"By {terms.review_on:%-d %B %Y}"))
    facts.append(Fact("Last day", f"{terms.ends_on:%-d %B %Y}" if terms.ends_on else "None set"))
    return facts


def _who(who: Who, names: Names) -> str:
    return {
        Who.PERSON: names.person,
        Who.FAMILY_MEMBER: names.member,
        Who.PRACTITIONER: names.officer,
        Who.TOGETHER: "Together",
    }[who]


def _budgets(details: Details, terms: Terms, on: date) -> list[dict[str, Any]]:
    budgets = budgets_of(terms, details.contacts, on=on)
    rows = []
    for channel, budget in budgets.items():
        if budget.over:
            note = f"{budget.over} more than agreed"
        elif not budget.used:
            note = "None so far"
        else:
            note = f"{budget.left} left" if budget.left else "As many as agreed"
        rows.append(
            {
                "channel": CHANNEL_WORDS[Channel(channel)],
                "planned": f"At most {budget.limit} in {budget.days} days",
                "used": budget.used,
                "note": note,
                "over": bool(budget.over),
            }
        )
    return rows


def _duties(details: Details, terms: Terms, names: Names, on: date) -> list[dict[str, Any]]:
    if not terms.responsibilities:
        return []
    ticks = details.ticks
    return [
        {
            "key": duty.key,
            "who": _who(duty.who, names),
            "what": duty.what,
            "when": duty.when,
            "where": duty.where,
            "done_today": on in ticks.get(duty.key, ()),
            "last": next(iter(ticks.get(duty.key, ())), None),
            "times": len(ticks.get(duty.key, ())),
        }
        for duty in terms.responsibilities
    ]


def _visits(details: Details, on: date) -> list[dict[str, Any]]:
    visits = details.visits
    ahead = [visit for visit in visits if visit.state == VisitState.PLANNED]
    before = [visit for visit in visits if visit.state != VisitState.PLANNED]
    return [_visit(visit, on) for visit in (*before[-2:], *ahead)][: VISITS_SHOWN + 2]


def _visit(visit: Visit, on: date) -> dict[str, Any]:
    return {
        "row": visit,
        "kind": visit.get_kind_display(),
        "state": visit.get_state_display(),
        "planned": visit.state == VisitState.PLANNED,
        "slack": visit.until > visit.on,
        "past": visit.state == VisitState.PLANNED and visit.until < on,
    }
