"""What reception does when someone comes, and what happened when it went wrong."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import Change, change_record, insert_once
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import add_to_timeline
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.flags.actions.flags import FlagValues, record_flag
from alongside.safety.flags.models import Basis, Certainty, Incident, IncidentVersion, ReceptionMarker, Scope

BAN, STAFF = "safety_flag.BAN", "safety_flag.STAFF"
NOT_ADMITTED, TWO_STAFF = "reception_action.NOTADMITTED", "reception_action.TWOSTAFF"
REVIEW_AFTER = timedelta(days=91)


class MarkerStandsError(ValueError):
    """Reception is told the same already."""


@dataclass(frozen=True)
class IncidentFacts:
    """What happened, to be written in a minute. `ban_until` is the last day of a ban, if there is one."""

    kind_id: str
    happened_on: date
    words: str
    police_called: bool
    staff_at_risk: bool
    ban_until: date | None = None


@action
def put_marker(
    *,
    by: User | None,
    person: Person,
    member: FamilyMember | None,
    action_id: str,
    from_date: date,
    until_date: date,
) -> ReceptionMarker:
    """Tell reception what to do when someone comes. Raises MarkerStandsError where it stands already."""
    try:
        with transaction.atomic():
            marker = ReceptionMarker.objects.create(
                person=person, family_member=member, action_id=action_id, from_date=from_date, until_date=until_date
            )
    except IntegrityError as clash:
        raise MarkerStandsError("Reception is told this already. End that marker first to set other days.") from clash
    _trail(by=by, marker=marker, verb="put", after={"action": action_id, "from": from_date, "until": until_date})
    return marker


@action
def end_marker(*, by: User, marker: ReceptionMarker, seen_version: int) -> None:
    """Stop telling reception."""
    change = change_record(marker, seen_version=seen_version, ended_on=today())
    if change:
        _trail(by=by, marker=marker, verb="ended", before=change.before, after=change.after)


@action
def record_incident(
    *, by: User | None, person: Person, member: FamilyMember | None, facts: IncidentFacts, key: UUID | None = None
) -> Incident:
    """Write down what happened, and let what follows from it follow: a ban, a risk to staff, what reception does.

    Reception is told what to do and never why (R099). `key` is the id that it gets: sent twice, it counts once.
    """
    incident, is_new = insert_once(
        Incident(
            pk=key or uuid4(),
            person=person,
            family_member=member,
            kind_id=facts.kind_id,
            happened_on=facts.happened_on,
            words=facts.words,
            police_called=facts.police_called,
            recorded_by=by.pk if by else None,
        ),
        person_id=person.pk,
    )
    if not is_new:
        return incident
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="flags.incident.recorded",
        subject=incident,
        case_id=person.pk,
        after={
            "kind": facts.kind_id,
            "happened_on": facts.happened_on,
            "words": facts.words,
            "police_called": facts.police_called,
        },
        family_member_id=member.pk if member else None,
    )
    who = member.name if member else person.name
    add_to_timeline(
        by=by,
        case_id=person.pk,
        kind="flags.incident.recorded",
        title=f"Incident: {label_of(facts.kind_id, 'en').lower()} ({who})",
        right=Right.SEE_SAFETY,
        subject_id=member.pk if member else None,
        family_member_id=member.pk if member else None,
    )
    if facts.ban_until is not None:
        _flag(by=by, incident=incident, kind_id=BAN, review_on=facts.ban_until)
        _tell_reception(by=by, incident=incident, action_id=NOT_ADMITTED, until=facts.ban_until)
    if facts.staff_at_risk:
        review_on = today() + REVIEW_AFTER
        _flag(by=by, incident=incident, kind_id=STAFF, review_on=review_on)
        _tell_reception(by=by, incident=incident, action_id=TWO_STAFF, until=review_on)
    return incident


@action
def correct_incident(*, by: User, incident: Incident, seen_version: int, facts: IncidentFacts, why: str) -> Change:
    """Correct what was written of an incident; how it stood is kept. Raises ChangedMeanwhileError.

    What followed from it, flags and markers, is changed by itself: taking a word back here lifts nothing.
    """
    stood = {name: getattr(incident, name) for name in ("kind_id", "words", "police_called")}
    stood["happened_on"] = incident.happened_on.isoformat()
    change = change_record(
        incident,
        seen_version=seen_version,
        kind_id=facts.kind_id,
        happened_on=facts.happened_on,
        words=facts.words,
        police_called=facts.police_called,
    )
    if change:
        IncidentVersion.objects.create(
            case=incident.person_id,
            family_member=incident.family_member_id,
            incident=incident.pk,
            number=seen_version,
            at=timezone.now(),
            by=by.pk,
            by_name=by.name,
            stood=stood,
            why=why,
        )
        record_change(
            by=by,
            kind=EventKind.CHANGE,
            name="flags.incident.corrected",
            subject=incident,
            case_id=incident.person_id,
            before=change.before,
            after=change.after,
            ground=why,
            family_member_id=incident.family_member_id,
        )
    return change


def _flag(*, by: User | None, incident: Incident, kind_id: str, review_on: date) -> None:
    values = FlagValues(
        kind_id=kind_id,
        scope=Scope.MEMBER if incident.family_member else Scope.PERSON,
        certainty=Certainty.KNOWN,
        basis=Basis.FACT,
        source_id="safety_source.SEEN",
        words=incident.words,
        review_on=review_on,
    )
    record_flag(by=by, person=incident.person, member=incident.family_member, values=values, may_set_named=False)


def _tell_reception(*, by: User | None, incident: Incident, action_id: str, until: date) -> None:
    standing = ReceptionMarker.objects.filter(
        person=incident.person, family_member=incident.family_member, action=action_id, ended_on=None
    ).first()
    if standing is None:
        put_marker(
            by=by,
            person=incident.person,
            member=incident.family_member,
            action_id=action_id,
            from_date=today(),
            until_date=until,
        )
    elif standing.until_date < until:
        change = change_record(standing, seen_version=standing.version, until_date=until)
        _trail(by=by, marker=standing, verb="put", before=change.before, after=change.after)


def _trail(
    *,
    by: User | None,
    marker: ReceptionMarker,
    verb: str,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name=f"flags.marker.{verb}",
        subject=marker,
        case_id=marker.person_id,
        before=before,
        after=after,
        family_member_id=marker.family_member_id,
    )
    who = marker.family_member.name if marker.family_member else marker.person.name
    told = "told" if verb == "put" else "no longer told"
    add_to_timeline(
        by=by,
        case_id=marker.person_id,
        kind=f"flags.marker.{verb}",
        title=f"Reception is {told}: {label_of(str(marker.action_id), 'en')} ({who})",
        right=Right.SEE_SAFETY,
        family_member_id=marker.family_member_id,
    )
