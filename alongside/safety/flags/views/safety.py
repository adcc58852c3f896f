"""The safety of a case, and of one family member: what was checked, which flags stand, what is planned."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.prepared import steady
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import member_or_404, render_case, render_member
from alongside.people.persons.models import Person
from alongside.safety.flags.actions.exceptions import SIDES
from alongside.safety.flags.kinds import fresh_for
from alongside.safety.flags.pages import flag_rows, matter_rows, member_rows, stops_in_words
from alongside.safety.flags.queries import (
    exceptions_of_member,
    flags_of_case,
    incidents_of,
    markers_of_case,
    plans_of_case,
    safety_of,
    with_incidents,
    with_safety,
)
from alongside.safety.flags.rules import facts_about
from alongside.safety.flags.stops import other_stops
from alongside.safety.flags.views.common import CURRENT, may_record, sight_for


@require_GET
def show_case(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everything about safety on one case, and each family member with what stops."""
    on = today()
    sight = sight_for(request, person_id, reading=_reading)
    person, safety = sight.person, safety_of(sight.person, on=on)
    flags = list(flags_of_case(person_id))
    return render_case(
        request,
        "safety/flags/safety.html",
        sight,
        current=CURRENT,
        matters=matter_rows(safety, person, on=on),
        flags=flag_rows((flag for flag in flags if flag.removed_on is None), person),
        past_flags=flag_rows((flag for flag in flags if flag.removed_on is not None), person),
        waiting=any(flag.awaiting_review and flag.removed_on is None for flag in flags),
        members=member_rows(safety, person, on=on, rights=sight.rights),
        plans=list(plans_of_case(person_id)),
        markers=markers_of_case(person_id, on=on),
        incidents=incidents_of(person),
        **_rights(sight),
    )


@require_GET
def show_member(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Safety between the person and one family member."""
    on = today()
    sight = sight_for(request, person_id, Right.SEE_FAMILY, reading=_reading)
    member = member_or_404(person_id, member_id)
    person, safety = sight.person, safety_of(sight.person, on=on)
    facts = facts_about(safety.case, member_id, on=on, fresh_for=fresh_for(), linked_stop=member_id in safety.linked)
    flags = [flag for flag in flags_of_case(person_id) if flag.family_member_id == member_id]
    return render_member(
        request,
        "safety/flags/member.html",
        sight,
        member,
        here="flags:member",
        stops=stops_in_words(facts, other_stops([member_id], sight.rights).get(member_id, ())),
        matters=matter_rows(safety, person, on=on, member_id=member_id),
        flags=flag_rows((flag for flag in flags if flag.removed_on is None), person),
        past_flags=flag_rows((flag for flag in flags if flag.removed_on is not None), person),
        waiting=facts.suspended,
        plans=[plan for plan in plans_of_case(person_id) if plan.family_member_id == member_id],
        markers=markers_of_case(person_id, on=on, member_id=member_id),
        incidents=incidents_of(person, member_id=member_id),
        exceptions=list(exceptions_of_member(member_id)),
        reads_exceptions=any(sight.may(right) for right in SIDES),
        **_rights(sight),
    )


@steady
def _reading(cases: QuerySet[Person]) -> QuerySet[Person]:
    return with_incidents(with_safety(cases, on=today()))


def _rights(sight: Sight) -> dict[str, bool]:
    return {"may_edit": sight.may(Right.EDIT_SAFETY), "may_record": may_record(sight)}
