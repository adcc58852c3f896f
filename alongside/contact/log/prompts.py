"""The daily round of the log: it asks people to look, and sends nothing to anyone.

An early welcome call within ten working days of a permission (R153), good news to share once in a review period (R168),
whom nobody reached and nobody tried again, and promises whose day is past.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import DateTimeField, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from alongside.contact.log.actions import AGAIN, GOOD_NEWS, WELCOME, close_prompt
from alongside.contact.log.effort import THANK, TOO_MUCH
from alongside.contact.log.models import Contact, Direction, Party
from alongside.contact.log.reaching import whom_to_reach
from alongside.contact.log.rules import GOOD_NEWS_NOTICE, USUAL_PERIOD, good_news_due, review_period
from alongside.contact.log.telling import NEXT
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.calendar.rules import LONDON, add_working_days, end_of, start_of, today
from alongside.foundation.reference.queries import coded_list
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from alongside.foundation.work.models import ToDo
from alongside.involvement.agreements.models import Agreement
from alongside.people.allocations.queries import days_closed_by_case
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.models import Permission
from alongside.safety.permissions.rules import Direction as Telling
from alongside.safety.permissions.rules import PermissionFacts

TOPIC = "good_news"
PAST = "Promised, and its day is past: "
WELCOME_WITHIN = 10
"""Working days after a permission came into force."""
LOOKING_BACK = timedelta(days=60)
"""Further than a round that failed for a while: nobody is welcomed long after."""
TRY_AGAIN_AFTER = 2
"""Working days after somebody was not reached."""
AT_ONCE = 500


def prompt_for_day(*, on: date | None = None) -> int:
    """Open what has to be done, and close what asks to reach whom nobody may reach; answers how many were touched."""
    day = on or today()
    return sum((_close_unpermitted(day), _welcome(day), _good_news(day), _try_again(day), _past_their_day(day)))


def _facts(member_ids: Iterable[UUID], day: date) -> Iterator[tuple[UUID, PermissionFacts]]:
    """What stands for those of them whom somebody may reach out to."""
    ids = list(member_ids)
    for start in range(0, len(ids), AT_ONCE):
        yield from whom_to_reach(ids[start : start + AT_ONCE], on=day, at=_moment(day)).items()


def _moment(day: date) -> datetime:
    """Now; for another day than today, its noon."""
    return timezone.now() if day == today() else start_of(day) + timedelta(hours=12)


def _lasting(facts: PermissionFacts) -> bool:
    """Whether something may be said that is neither for one day alone nor for while contact is missed."""
    return any(not one.today_only and one.contingent_on is None for one in facts.live)


def _may_hear_good_news(facts: PermissionFacts) -> bool:
    return TOPIC in facts.topics(Telling.TO_THEM)


REACHING_OUT: Mapping[str, Callable[[PermissionFacts], bool] | None] = {
    WELCOME: _lasting,
    GOOD_NEWS: _may_hear_good_news,
    AGAIN: None,
    THANK: None,
    TOO_MUCH: None,
}
"""Prompts to reach out to a family member, and what has to hold besides that somebody may reach them at all."""


def _close_unpermitted(day: date) -> int:
    """Close prompts about family members whom nobody may reach out to now, or not about this."""
    closed = 0
    for kind, holds in REACHING_OUT.items():
        rows = ToDo.objects.filter(kind=kind, done_at=None, family_member__isnull=False)
        prompts: dict[UUID, list[tuple[UUID, UUID]]] = {}
        for member_id, case_id, subject_id in rows.values_list("family_member", "case", "subject"):
            if member_id and case_id and subject_id:
                prompts.setdefault(member_id, []).append((case_id, subject_id))
        still = {member_id for member_id, facts in _facts(prompts, day) if holds is None or holds(facts)}
        for case_id, subject_id in (about for member_id in prompts.keys() - still for about in prompts[member_id]):
            closed += close_prompt(by=None, case_id=case_id, kind=kind, subject_id=subject_id)
    return closed


def _asked(kind: str, *, about: str) -> QuerySet[ToDo]:
    """Prompts of a kind that are open or that somebody dealt with; one that closed by itself may come again."""
    prompts = ToDo.objects.filter(kind=kind, subject=OuterRef(about))
    return prompts.filter(Q(done_at=None) | Q(done_by__isnull=False))


def _welcome(day: date) -> int:
    asked = _asked(WELCOME, about="family_member")
    welcomed = Contact.objects.filter(family_member=OuterRef("family_member"), purpose__in=_purposes("welcome"))
    begun = dict(
        Permission.objects.filter(
            starts_at__gt=_moment(day) - LOOKING_BACK, starts_at__lte=_moment(day), today_only=False, missed_days=None
        )
        .filter(~Exists(asked), ~Exists(welcomed))
        .values_list("family_member")
        .annotate(since=Min("starts_at"))
        .order_by("family_member")
    )
    permitted = [member_id for member_id, facts in _facts(begun, day) if _lasting(facts)]
    members = FamilyMember.objects.filter(pk__in=permitted, ended_on=None)
    closed = days_closed_by_case({member.person_id for member in members})
    for member in members:
        since = begun[member.pk].astimezone(LONDON).date()
        _open(
            member,
            kind=WELCOME,
            title=f"Early welcome call to {member.name}",
            due_on=add_working_days(since, WELCOME_WITHIN, closures=closed[member.person_id]),
        )
    return len(members)


@dataclass(frozen=True)
class _Due:
    """By which day there should be good news for one family member."""

    member_id: UUID
    by: date


def _good_news(day: date) -> int:
    found = {due.member_id: due.by for due in _good_news_due(day)}
    permitted = [member_id for member_id, facts in _facts(found, day) if _may_hear_good_news(facts)]
    members = FamilyMember.objects.filter(pk__in=permitted, ended_on=None).select_related("person")
    for member in members:
        _open(
            member,
            kind=GOOD_NEWS,
            title=f"Is there good news about {member.person.called} to share with {member.name}?",
            due_on=max(found[member.pk], day),
            by_hand=True,
        )
    return len(members)


def _good_news_due(day: date) -> Iterator[_Due]:
    """Those who may hear good news, and heard none since long enough; one query, however many there are."""
    now = _moment(day)
    of_member = {"family_member": OuterRef("family_member")}
    shared = Contact.objects.filter(Q(purpose__in=_purposes("good_news")) | Q(topics__contains=[TOPIC]), **of_member)
    asked = _asked(GOOD_NEWS, about="family_member")
    agreed = Agreement.objects.filter(live__isnull=False, **of_member).order_by("-live_since")
    rows = (
        Permission.objects.filter(
            topics__contains=[TOPIC], starts_at__lte=now, until__gt=now, today_only=False, missed_days=None
        )
        .filter(~Exists(asked.filter(done_at=None)))
        .values("family_member")
        .annotate(
            begun=Min("starts_at"),
            shared_at=Subquery(_latest(shared, "at")),
            asked_at=Subquery(_latest(asked, "made_at")),
            live_since=Subquery(agreed.values("live_since")[:1]),
            review_on=Subquery(agreed.values("review_on")[:1]),
        )
        .annotate(last=Coalesce("shared_at", "begun", output_field=DateTimeField()))
        .filter(last__lt=now - (USUAL_PERIOD.shortest - GOOD_NEWS_NOTICE))
    )
    for row in rows.iterator():
        last = max(moment for moment in (row["last"], row["asked_at"]) if moment).astimezone(LONDON).date()
        by = good_news_due(last, period=review_period(row["live_since"], row["review_on"]))
        if by - GOOD_NEWS_NOTICE <= day:
            yield _Due(row["family_member"], by)


def _latest(rows: QuerySet[Contact] | QuerySet[ToDo], moment: str) -> QuerySet[Contact] | QuerySet[ToDo]:
    return rows.order_by().values("family_member").annotate(latest=Max(moment)).values("latest")  # type: ignore[return-value]


def _try_again(day: date) -> int:
    later = Contact.objects.filter(family_member=OuterRef("family_member"), at__gt=OuterRef("at"))
    asked = _asked(AGAIN, about="pk")
    rows = (
        Contact.objects.filter(
            at__gt=start_of(day) - timedelta(days=30),
            at__lte=end_of(add_working_days(day, -TRY_AGAIN_AFTER)),
            party=Party.FAMILY,
            direction=Direction.TO_THEM,
            outcome__in=_not_reached(),
            next_step="",
            family_member__ended_on=None,
        )
        .filter(~Exists(later), ~Exists(asked))
        .select_related("family_member")
    )
    contacts = list(rows)
    permitted = dict(_facts({contact.family_member_id for contact in contacts if contact.family_member_id}, day))
    opened = 0
    for contact in contacts:
        member = contact.family_member
        if member is None or member.pk not in permitted:
            continue
        when = contact.at.astimezone(LONDON)
        _open(
            member,
            kind=AGAIN,
            title=f"Try {member.name} again: nobody was reached on {when:%-d %B}",
            due_on=day,
            by_hand=True,
            subject_id=contact.pk,
        )
        opened += 1
    return opened


def _past_their_day(day: date) -> int:
    rows = ToDo.objects.filter(kind=NEXT, done_at=None, due_on__lt=day).exclude(title__startswith=PAST)
    touched = 0
    for row in rows.iterator():
        open_to_do(
            case_id=row.case,
            to_do=ToDoFacts(
                kind=NEXT,
                title=f"{PAST}{row.title}",
                due_on=row.due_on,
                right=Right[row.right],
                subject_id=row.subject,
                for_user_id=row.for_user,
                for_role=RoleCode(row.for_role) if row.for_role else None,
                for_team_id=row.for_team,
                family_member_id=row.family_member,
                urgent=row.urgent,
                by_hand=row.by_hand,
            ),
        )
        touched += 1
    return touched


def _open(
    member: FamilyMember,
    *,
    kind: str,
    title: str,
    due_on: date,
    by_hand: bool = False,
    subject_id: UUID | None = None,
) -> None:
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=kind,
            title=title,
            due_on=due_on,
            right=Right.LOG_CONTACTS,
            subject_id=subject_id or member.pk,
            family_member_id=member.pk,
            by_hand=by_hand,
        ),
    )


def _purposes(attribute: str) -> list[str]:
    return [value.id for value in coded_list("contact_purpose", include_off=True) if value.attributes.get(attribute)]


def _not_reached() -> list[str]:
    """Outcomes after which it is safe and useful to try again in the same way."""
    return [
        value.id
        for value in coded_list("contact_outcome", include_off=True)
        if not (value.attributes.get("reached") or value.attributes.get("wrong") or value.attributes.get("unsafe"))
    ]
