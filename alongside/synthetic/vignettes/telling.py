"""Tells each story through the product's own actions, so that trail, timeline, cards and to-dos are there as in use.

A chapter is what one room adds to a story. Those of the first rooms are here; a later room has a module of its name in
`chapters`, with a function `tell(telling)`, and the file of its name beside it says what to tell, by number.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.people.allocations.actions import allocate, exclude, give_case, restrict
from alongside.people.allocations.models import UnconfirmedAccess
from alongside.people.families.actions import add_contact_point, add_family_member, look_for_matches
from alongside.people.families.models import FamilyMember, PointKind
from alongside.people.persons.actions import NeedFacts, add_person, record_circumstance, set_needs
from alongside.people.persons.models import Order, Person, Requirement, SourceCheck, SourceMarker
from alongside.synthetic.invent.families import NOTICE_DAYS, band_of
from alongside.synthetic.invent.numbers import MOST_PEOPLE, cro_of, pnc_of, prison_number_of
from alongside.synthetic.vignettes.casting import Company
from alongside.synthetic.vignettes.chapters import later_chapters
from alongside.synthetic.vignettes.scene import Telling
from alongside.synthetic.vignettes.stories import MemberFacts, Story, stories

FIRST_INDEX = MOST_PEOPLE - 1000
"""Where the serials of the vignettes' numbers begin: a caseload stops short of it."""

LISTS = {"registrations": "registration_type", "alerts": "alert", "licence_conditions": "licence_condition"}
GIVEN_FOR = timedelta(days=90)


@action
def tell_all(*, company: Company, mark: str, labels: Callable[[str], str], today: date) -> list[Person]:
    """Tell every story; answers whom they are about."""
    return [tell(story, company=company, mark=mark, labels=labels, today=today) for story in stories()]


@action
def tell(story: Story, *, company: Company, mark: str, labels: Callable[[str], str], today: date) -> Person:
    """Tell one story, chapter by chapter."""
    telling = Telling(story=story, person=_person(story, company, mark, today), company=company, today=today)
    _supervision(telling, labels)
    for chapter in (*CHAPTERS, *later_chapters()):
        chapter(telling)
    return telling.person


def _person(story: Story, company: Company, mark: str, today: date) -> Person:
    facts = story.person
    index = FIRST_INDEX + story.number
    ends = today - timedelta(days=story.order.days_ago) + timedelta(days=story.order.months * 30)
    return add_person(
        by=company.user(story.officer),
        crn=story.crn,
        prison_number=prison_number_of(index) if story.order.type.startswith("LIC") else "",
        pnc=pnc_of(index, year=today.year - 3),
        cro=cro_of(index, year=today.year - 3),
        given_names=facts.given,
        family_name=facts.family,
        known_as=facts.known_as,
        date_of_birth=today - timedelta(days=facts.age * 365 + facts.age // 4 + 40 + story.number * 11),
        sex_id=f"sex.{facts.sex}",
        gender_id=f"gender.{facts.sex}",
        ethnicity_id=f"ethnicity.{facts.ethnicity}",
        disability_id=f"disability.{facts.disability}" if facts.disability else None,
        preferred_language_id=f"language.{facts.language}",
        interpreter_needed=facts.interpreter,
        home_area=facts.area,
        supervision_ends_on=ends,
        synthetic_mark=mark,
    )


def _supervision(telling: Telling, labels: Callable[[str], str]) -> None:
    """What would have come from the system of record: orders, markers, and what was checked."""
    story, person = telling.story, telling.person
    order = Order.objects.create(
        person=person,
        type_id=f"order_type.{story.order.type}",
        reference=f"{story.crn}/1",
        court="Newport Magistrates' Court",
        from_date=telling.order_from,
        until_date=person.supervision_ends_on,
    )
    Requirement.objects.bulk_create(
        Requirement(
            order=order,
            type_id=f"requirement_type.{code}",
            from_date=order.from_date,
            until_date=order.until_date,
            detail=detail,
        )
        for code, detail in story.order.requirements.items()
    )
    SourceMarker.objects.bulk_create(
        SourceMarker(
            person=person,
            matter=matter,
            code=code,
            label=labels(f"{LISTS[matter]}.{code}"),
            from_date=telling.order_from,
            review_on=telling.today + timedelta(days=60) if matter == "registrations" else None,
        )
        for matter, codes in story.markers.items()
        for code in codes
    )
    SourceCheck.objects.bulk_create(
        SourceCheck(person=person, matter=matter, checked_on=telling.today) for matter in story.checked
    )
    record_change(
        by=None,
        kind=EventKind.COLLECTION,
        name="synthetic.supervision.told",
        subject=order,
        case_id=person.pk,
        after={"order": story.order.type, "markers": dict(story.markers), "checked": story.checked},
    )


def allocation_chapter(telling: Telling) -> None:
    """Who holds the case."""
    allocate(
        by=telling.company.user("senior"),
        person=telling.person,
        team=telling.company.team,
        member=telling.company.members[telling.story.officer],
        from_date=telling.order_from,
        reason_id="allocation_reason.NEW",
    )


def asking_chapter(telling: Telling) -> None:
    """What they were asked, and what helps them to understand."""
    for kind, answer in telling.story.asked.items():
        record_circumstance(by=telling.by, person=telling.person, kind=kind, answer=answer, asked_on=telling.today)
    if telling.story.needs:
        needs = [NeedFacts(f"communication_need.{code}", detail) for code, detail in telling.story.needs.items()]
        set_needs(by=telling.by, person=telling.person, needs=needs)


def family_chapter(telling: Telling) -> None:
    """Whom they name, and how to reach those."""
    for facts in telling.story.family:
        member = _add_member(telling, facts)
        # The worker would do so later; whoever opens the demo first should find the queue as it will be.
        look_for_matches(member=member)
        for kind, value in ((PointKind.MOBILE, facts.mobile), (PointKind.PHONE, facts.landline)):
            if value:
                add_contact_point(
                    by=telling.by, member=member, kind=kind, value=value, safety=facts.safety, when=facts.when
                )


def _add_member(telling: Telling, facts: MemberFacts) -> FamilyMember:
    band = band_of(facts.age) if facts.age < 18 else ""
    values: dict[str, Any] = {
        "given_name": facts.given,
        "family_name": facts.family,
        "relationship_id": f"relationship.{facts.relationship}",
        "lives_with_person": facts.lives,
        "notice_on": telling.noticed_on,
        "notice_state": "given" if facts.notice == "given" else "deferred",
    }
    optional = {
        "phrase": facts.phrase,
        "relationship_note": facts.note,
        "gender_id": f"gender.{facts.gender}" if facts.gender else "",
        "language_id": f"language.{facts.language}" if facts.language else "",
        "interpreter_needed": facts.interpreter,
        "about": facts.about,
        "age_band_id": f"age_band.{band}" if band else "",
        "age_band_on": telling.today if band else None,
        "year_of_birth": None if band else telling.today.year - facts.age,
        "notice_ground_id": "" if facts.notice == "given" else f"privacy_notice_ground.{facts.notice}",
        "notice_review_on": _review_day(telling, facts.notice),
    }
    values |= {name: value for name, value in optional.items() if value}
    return add_family_member(by=telling.by, person=telling.person, **values)


def _review_day(telling: Telling, notice: str) -> date | None:
    return None if notice == "given" else telling.noticed_on + timedelta(days=NOTICE_DAYS[notice])


def access_chapter(telling: Telling) -> None:
    """Who may not look, who may, and to whom the case was given."""
    story, company, person = telling.story, telling.company, telling.person
    senior = company.user("senior")
    if story.excluded:
        exclude(
            by=senior,
            person=person,
            user=company.user(story.excluded.who),
            message=story.excluded.message,
            from_date=telling.order_from,
            until_date=None,
        )
    if story.restricted:
        restrict(
            by=senior,
            person=person,
            readers=[company.user(key) for key in story.restricted.readers],
            message=story.restricted.message,
            speak_to=story.restricted.speak_to,
            from_date=telling.order_from,
            until_date=None,
        )
    if story.unconfirmed:
        UnconfirmedAccess.objects.create(person=person, since=timezone.now())
    for key, purpose in story.given_to.items():
        give_case(
            by=senior,
            person=person,
            user=company.user(key),
            role=RoleCode(key),
            purpose=purpose,
            from_date=telling.today,
            until_date=telling.today + GIVEN_FOR,
        )


CHAPTERS: tuple[Callable[[Telling], None], ...] = (
    allocation_chapter,
    asking_chapter,
    family_chapter,
    access_chapter,
)
