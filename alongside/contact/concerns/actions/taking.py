"""Taking down what anyone tells us, however they tell us. Call screen, desk, post and later ways in call it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.contact.concerns.actions.routing import ask_readers, ask_to_decide, route
from alongside.contact.concerns.models import Concern, Taken
from alongside.contact.concerns.queries import held_with_number, team_holding, team_of
from alongside.contact.concerns.rules import Rung, about_with_number
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.reference.queries import coded
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.staff.models import Team
from alongside.safety.protected.actions import record_told
from alongside.safety.protected.actions.told import ToldFacts
from alongside.safety.protected.queries.pages import stands_behind_wall


class NoTeamError(ValueError):
    """Nobody would read it: whoever writes belongs to no team, and no case names one."""


@dataclass(frozen=True)
class TakenFacts:
    """What someone told us, as it was taken down. `number` is a case number, where whoever spoke gave one."""

    kind_id: str
    channel_id: str
    told_by_id: str
    limits_said: bool
    identity: str = "unverified"
    told_by_name: str = ""
    reach: str = ""
    about: str = ""
    number: str = ""
    seen: str = ""
    reported: str = ""
    opinion: str = ""
    wishes: str = ""
    expects: str = ""
    duties: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    urgent: bool = False
    at: datetime = field(default_factory=timezone.now)


@action
def take_down(
    *,
    by: User,
    facts: TakenFacts,
    person: Person | None = None,
    member: FamilyMember | None = None,
    place: bool = False,
    team: Team | None = None,
    key: UUID | None = None,
) -> Concern:
    """Take something down, and bring it before someone who is there to read it. It confirms nothing to whoever writes.

    Without a case, a case number that was given is followed silently. With `place`, it is written with the case at
    once, for those who may record there. A complaint about us never stands with a case: whoever leads reads it.
    What is urgent goes before whoever is on duty too, whoever wrote it down. `key` is the id that it gets, so that a
    form sent twice counts once. Raises NoTeamError where nobody would read it, whatever number was given.
    """
    marks = coded(facts.kind_id).attributes
    if marks.get("leader"):
        person, member, place = None, None, False
    reading = team or (team_holding(person.pk) if person else None) or team_of(by)
    if reading is None:
        raise NoTeamError("Your account belongs to no team, so nobody would read this. Ring a team, and say so there.")
    if person is None and not marks.get("leader"):
        person = held_with_number(facts.number)
        reading = team or (team_holding(person.pk) if person else None) or reading
    concern = Concern.objects.create(
        pk=key or uuid4(),
        person=person,
        team=reading,
        kind_id=facts.kind_id,
        channel_id=facts.channel_id,
        urgent=facts.urgent or bool(facts.duties) or bool(marks.get("urgent")),
        taken_at=facts.at,
        taken_by=by.pk,
        taken_by_name=by.name,
    )
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="concerns.concern.taken",
        subject=concern,
        case_id=concern.person_id,
        after={"kind": facts.kind_id, "urgent": concern.urgent},
    )
    if person is not None and place:
        told_id: UUID | None = place_words(by=by, person=person, member=member, facts=facts)
    else:
        told_id = None
    _keep(by=by, concern=concern, member=member, facts=facts, told_id=told_id)
    if person is not None and place and stands_behind_wall(person.pk):
        if concern.urgent:
            ask_readers(concern, Rung.DUTY, but=by)
        _read_as_taken(by=by, concern=concern)
    else:
        route(concern=concern)
    return concern


def place_words(*, by: User, person: Person, member: FamilyMember | None, facts: TakenFacts) -> UUID:
    """Write the words with the case, protected until someone decides otherwise; answers where they stand.

    Whoever reads it is asked by what calls this, and not once more as it is written.
    """
    told = record_told(
        by=by,
        person=person,
        asks=False,
        facts=ToldFacts(
            at=facts.at,
            told_by_id=facts.told_by_id,
            channel_id=facts.channel_id,
            limits_said=facts.limits_said,
            family_member=member.pk if member else None,
            told_by_name="" if member else facts.told_by_name,
            duties=facts.duties,
            context=facts.context,
            **{name: getattr(facts, name) for name in ("seen", "reported", "opinion", "wishes", "expects")},
        ),
    )
    return told.pk


def _keep(*, by: User, concern: Concern, member: FamilyMember | None, facts: TakenFacts, told_id: UUID | None) -> None:
    words = {name: getattr(facts, name) for name in ("seen", "reported", "opinion", "wishes", "expects")}
    words["about"] = about_with_number(facts.about, facts.number)
    if told_id:
        words = dict.fromkeys(words, "")
    Taken.objects.create(
        concern=concern.pk,
        case=concern.person_id,
        family_member=member.pk if member else None,
        team=concern.team_id,
        told=told_id,
        taken_by=by.pk,
        told_by_id=facts.told_by_id,
        told_by_name=facts.told_by_name,
        identity=facts.identity,
        reach=facts.reach,
        limits_said=facts.limits_said,
        duties=list(facts.duties),
        context=list(facts.context),
        **words,
    )


def _read_as_taken(*, by: User, concern: Concern) -> None:
    """Whoever took it down stands beside the case, and so has read it."""
    Concern.objects.filter(pk=concern.pk).update(read_at=timezone.now(), read_by=by.pk, read_by_name=by.name)
    concern.refresh_from_db()
    ask_to_decide(reader=by, concern=concern)
