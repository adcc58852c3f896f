"""Reading trails, and finding what is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alongside.foundation.access.holding import holding_of
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.erasure import Subject, due_on
from alongside.foundation.audit.models import Consultation, Event, LegalHold, RetentionRule
from alongside.foundation.calendar.rules import today
from alongside.people.allocations.queries import open_to
from alongside.people.persons.models import Person


@dataclass(frozen=True)
class TrailOfCase:
    """A case whose trail may be read. `person` is None where the case has been erased."""

    case_id: UUID
    person: Person | None

    @property
    def title(self) -> str:
        """How to head the trail: by number, since the reader need not know the name."""
        return self.person.crn if self.person else "Erased case"


def readable_trail(user: object, case_id: UUID) -> TrailOfCase | None:
    """The trail of a case, unless limited access closes the case to the reader; None where there is none."""
    person = open_to(Person.objects.filter(pk=case_id), holding_of(user), today()).first()
    if person is not None:
        return TrailOfCase(case_id, person)
    if Person.objects.filter(pk=case_id).exists() or not Event.objects.filter(chain=case_id).exists():
        return None
    return TrailOfCase(case_id, None)


def events_of(chain_id: UUID) -> QuerySet[Event]:
    """A chain, newest first."""
    return Event.objects.filter(chain=chain_id).order_by("-position")


def looks_at(case_id: UUID) -> QuerySet[Consultation]:
    """Who looked at a case, newest first."""
    return Consultation.objects.filter(case=case_id).order_by("-at", "-id")


def looks_by(user_id: UUID) -> QuerySet[Consultation]:
    """What a user looked at, newest first."""
    return Consultation.objects.filter(actor=user_id).order_by("-at", "-id")


def names_of(user_ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """Names of users by id, in one query."""
    wanted = {user_id for user_id in user_ids if user_id}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def numbers_open_to(user: object, case_ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """CRNs of those cases that limited access does not close to the reader, in one query."""
    wanted = {case_id for case_id in case_ids if case_id}
    if not wanted:
        return {}
    cases = open_to(Person.objects.filter(pk__in=wanted), holding_of(user), today())
    return dict(cases.values_list("pk", "crn"))


@dataclass(frozen=True)
class Due:
    """One subject whose time is over, and the rule that says so."""

    rule: RetentionRule
    subject: Subject


def due_today(limit: int) -> list[Due]:
    """What is due for erasure, up to a limit, so that the page costs the same however much is due."""
    found = []
    for rule, subject in due_on(today()):
        found.append(Due(rule, subject))
        if len(found) == limit:
            break
    return found


def open_holds() -> QuerySet[LegalHold]:
    """Legal holds that stand, soonest review first."""
    return LegalHold.objects.filter(lifted_at__isnull=True).order_by("review_on", "id")
