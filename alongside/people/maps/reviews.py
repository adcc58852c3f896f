"""When a map is gone through again (R019): counted from what happens to it, or a sooner day that an officer chose."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import LONDON, today
from alongside.foundation.records.actions import change_record
from alongside.foundation.reference.queries import coded
from alongside.foundation.work.actions import CardFacts, ToDoFacts, close_to_do, open_to_do, put_card
from alongside.foundation.work.models import ToDo
from alongside.people.maps.models import Element, ElementKind, MapReview, MapVersion
from alongside.people.maps.queries import versions_of
from alongside.people.persons.models import Person

CARD = "maps"
REVIEW_TO_DO = "maps.review.due"
INTERVAL = "review_interval.MAP"


class NotSoonerError(ValueError):
    """A day was chosen that has passed, or that is later than the one that stands by itself."""


def interval() -> timedelta:
    """How long a map stands before it is gone through again: policy, kept as coded data."""
    return timedelta(weeks=int(coded(INTERVAL).attributes["weeks"]))


def review_of(person: Person) -> MapReview | None:
    """By when the map is gone through again; None where nobody is on it."""
    return MapReview.objects.filter(person=person).first()


def with_review_day(versions: QuerySet[MapVersion]) -> QuerySet[MapVersion]:
    """Versions with the day by which their map is gone through again, as `review_on`: one query for both."""
    day = MapReview.objects.filter(person=OuterRef("case")).values("due_on")
    return versions.annotate(review_on=Subquery(day))


@action
def begin_again(*, by: User | None, person: Person) -> None:
    """The map was changed or found still right today: the time begins anew, and what was asked is done.

    A map with nobody on it is no map: nothing is due for it.
    """
    if _people_on_map(person):
        day = today() + interval()
        review, made = MapReview.objects.get_or_create(person=person, defaults={"due_on": day, "latest_on": day})
        if not made:
            MapReview.objects.filter(pk=review.pk).update(version=F("version") + 1, due_on=day, latest_on=day)
    else:
        MapReview.objects.filter(person=person).delete()
    close_to_do(by=by, case_id=person.pk, kind=REVIEW_TO_DO, subject_id=person.pk)
    refresh_card(person)


@action
def review_sooner(*, by: User, person: Person, review: MapReview, seen_version: int, on: date) -> None:
    """Choose a day for going through the map before the one that stands by itself.

    Raises NotSoonerError, and ChangedMeanwhileError where the time began anew meanwhile.
    """
    if not today() <= on <= review.latest_on:
        raise NotSoonerError(f"The day must be from today to {review.latest_on:%-d %B %Y}, when it is due in any case")
    change = change_record(review, seen_version=seen_version, due_on=on)
    if not change:
        return
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="maps.review.chosen",
        subject=review,
        case_id=person.pk,
        before=change.before,
        after=change.after,
    )
    if on > today():
        close_to_do(by=by, case_id=person.pk, kind=REVIEW_TO_DO, subject_id=person.pk)
    else:
        _ask(review)
    refresh_card(person)


def ask_on_day(*, on: date | None = None) -> int:
    """Ask whoever holds the case to go through each map whose day has come; answers how many were asked for."""
    asked = 0
    for review in _due(on or today()):
        _ask(review)
        refresh_card(review.person)
        asked += 1
    return asked


def refresh_card(person: Person) -> None:
    """The card of the case page as the map now stands."""
    people, review, last = _people_on_map(person), review_of(person), versions_of(person.pk).first()
    lines = [f"Last drawn or checked on {last.at.astimezone(LONDON):%-d %B %Y}"] if last else []
    if review:
        lines.append(f"To go through again by {review.due_on:%-d %B %Y}")
    put_card(
        case_id=person.pk,
        card=CardFacts(
            key=CARD,
            title="Family map",
            headline="1 person on the map" if people == 1 else f"{people} people on the map",
            lines=tuple(lines),
            order=10,
            right=Right.SEE_FAMILY,
        ),
    )


def _people_on_map(person: Person) -> int:
    return Element.objects.filter(person=person, kind=ElementKind.PERSON, until_version__isnull=True).count()


def _due(day: date) -> Iterator[MapReview]:
    """Maps whose day has come and for which nothing is asked yet. Nobody is asked once supervision is over."""
    asked = ToDo.objects.filter(case=OuterRef("person"), kind=REVIEW_TO_DO, done_at=None)
    supervised = Q(person__supervision_ends_on=None) | Q(person__supervision_ends_on__gte=day)
    return (
        MapReview.objects.filter(supervised, due_on__lte=day, person__date_of_death=None)
        .filter(~Exists(asked))
        .select_related("person")
        .order_by("pk")
        .iterator()
    )


def _ask(review: MapReview) -> None:
    open_to_do(
        case_id=review.person_id,
        to_do=ToDoFacts(
            kind=REVIEW_TO_DO,
            title=f"Go through the family map with {review.person.called}: is it still right?",
            due_on=review.due_on,
            right=Right.EDIT_FAMILY,
            subject_id=review.person_id,
        ),
    )
