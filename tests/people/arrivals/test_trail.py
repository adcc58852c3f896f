"""The trail of an import: one event a person, written as any other, sealed by the database, and true when verified."""

import json

import pytest

from alongside.config.database.urls import DatabaseUrls
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.audit.models import Event, Payload
from alongside.foundation.audit.rules import EventFacts, event_digest, payload_digest
from alongside.foundation.audit.verification import verify
from alongside.people.persons.models import Person
from tests.cast import member_in
from tests.factories import TeamFactory
from tests.people.arrivals.files import as_csv, bring_in, crn_of, row_of


def facts_of(event: Event) -> EventFacts:
    names = EventFacts.__dataclass_fields__
    values = {name: getattr(event, name) for name in names}
    digest = values["payload_digest"]
    return EventFacts(**values | {"payload_digest": bytes(digest) if digest is not None else None})


def test_every_event_is_sealed_as_one_written_by_hand(live_database: DatabaseUrls) -> None:
    team = TeamFactory()
    administrator = member_in(team, RoleCode.ADMINISTRATOR, "Adam").user
    member = member_in(team, RoleCode.PRACTITIONER, "Olwen")
    rows = [row_of(team, member, number) for number in range(1, 30)]
    bring_in(as_csv(rows), by=administrator)
    bring_in(as_csv([row | {"family_name": "Bowen"} for row in rows]), by=administrator)

    assert verify().whole
    person = Person.objects.get(crn=crn_of(1))
    first, second = Event.objects.filter(chain=person.pk).order_by("position")
    assert (first.name, first.kind, first.actor) == ("arrivals.person.arrived", "collection", administrator.pk)
    assert (first.subject, first.subject_type) == (person.pk, "people_persons.Person")
    assert (second.name, second.fields) == ("arrivals.person.changed", "family_name")
    for event, previous in ((first, b""), (second, bytes(first.digest))):
        assert event_digest(previous, facts_of(event)) == bytes(event.digest)
        payload = Payload.objects.get(event=event)
        assert len(bytes(payload.salt)) == 16
        assert payload_digest(bytes(payload.salt), payload.content) == bytes(event.payload_digest)
    said = json.loads(Payload.objects.get(event=first).content)
    assert set(said) == {"before", "after", "ground"}
    assert sorted(said["after"]) == first.fields.split(",")
    assert said["after"]["family_name"] == "Achebe"
    changed = json.loads(Payload.objects.get(event=second).content)
    assert (changed["before"], changed["after"]) == ({"family_name": "Achebe"}, {"family_name": "Bowen"})


def test_salts_are_each_their_own(live_database: DatabaseUrls) -> None:
    team = TeamFactory()
    bring_in(as_csv([row_of(team, None, number) for number in range(1, 60)]))
    salts = [bytes(salt) for salt in Payload.objects.values_list("salt", flat=True)]
    assert len(set(salts)) == len(salts)


@pytest.mark.django_db
def test_a_file_leaves_its_own_events_without_a_name_in_the_chain() -> None:
    bring_in(as_csv([row_of(TeamFactory(), None, 1)]))
    names = list(Event.objects.filter(chain_kind="service").values_list("name", flat=True))
    assert names == ["arrivals.file.received", "arrivals.file.taken"]
    assert not [event for event in Event.objects.all() if "Achebe" in repr(list(vars(event).values()))]
