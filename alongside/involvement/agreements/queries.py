"""Reading agreements. Facts are for other rooms and see everything; pages begin with a case that the reader may see."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from alongside.foundation.records.prepared import steady
from alongside.foundation.records.rows import day, read_rows, read_whole, rows_of, whole
from alongside.involvement.agreements.models import (
    Agreement,
    Answer,
    BoundaryIncident,
    BoundaryPlan,
    ContactDraw,
    ContactEnd,
    OutOfRemit,
    PromptWishes,
    Tick,
    Version,
)
from alongside.involvement.agreements.rules import (
    NO_AGREEMENT,
    WINDOW_DAYS,
    AgreementFacts,
    Party,
    Said,
    State,
    Terms,
    budgets_of,
    from_data,
    state_on,
)
from alongside.involvement.agreements.rules.budgets import Drawn
from alongside.involvement.agreements.rules.levels import level_needed
from alongside.involvement.agreements.rules.patterns import PATTERN_DAYS, Incident, is_pattern, lately
from alongside.involvement.agreements.rules.wishes import Wishes
from alongside.people.families.models import FamilyMember
from alongside.people.families.queries import current_members


def agreement_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, AgreementFacts]:
    """How things stand with each family member. One query, however many; an entry for every id asked.

    What nobody agreed is not there: without an agreement the state is `none` and no channel stands.
    """
    ids = set(member_ids)
    members = with_agreement(FamilyMember.objects.filter(pk__in=ids), on=on).only("pk") if ids else ()
    found = {member.pk: agreement_of(member, on=on) for member in members}
    return {member_id: found.get(member_id) or NO_AGREEMENT for member_id in ids}


def with_agreement(members: QuerySet[FamilyMember], *, on: date) -> QuerySet[FamilyMember]:
    """`members` with what `agreement_of` reads."""
    this = OuterRef("pk")
    latest = _latest_first(Agreement.objects.filter(family_member=this))[:1]
    since = on - timedelta(days=WINDOW_DAYS)
    drawn = ContactDraw.objects.filter(family_member=this, on__gt=since, on__lte=on)
    return members.annotate(
        agreement_rows=whole(latest, "state", "ends_on", "review_on", "live", "live_terms"),
        agreement_ends=whole(
            ContactEnd.objects.filter(family_member=this, lifted_on__isnull=True), "alternative_route"
        ),
        agreement_wishes=whole(
            PromptWishes.objects.filter(person=OuterRef("person")),
            *("quiet_weekdays", "quiet_from", "quiet_until", "most_a_week"),
        ),
        agreement_drawn=rows_of(drawn, channel=F("channel"), on=F("on")),
    )


def agreement_of(member: FamilyMember, *, on: date) -> AgreementFacts:
    """How things stand with a family member who was read by `with_agreement`."""
    wishes = next(iter(read_whole(member, "agreement_wishes", PromptWishes)), None)
    return _facts(
        next(iter(read_whole(member, "agreement_rows", Agreement)), None),
        ended=next(iter(read_whole(member, "agreement_ends", ContactEnd)), None),
        wishes=as_wishes(wishes) if wishes else None,
        drawn=[Drawn(row["channel"], day(row["on"]) or on) for row in read_rows(member, "agreement_drawn")],
        on=on,
    )


def _facts(
    row: Agreement | None,
    *,
    ended: ContactEnd | None,
    wishes: Wishes | None,
    drawn: Iterable[Drawn],
    on: date,
) -> AgreementFacts:
    terms = from_data(getattr(row, "live_terms", None))
    state = state_on(State(row.state), ends_on=row.ends_on, on=on) if row else State.NONE
    stands = state in (State.LIVE, State.PAUSED)
    return AgreementFacts(
        state=state.value,
        channels=budgets_of(terms, drawn, on=on) if stands else NO_AGREEMENT.channels,
        ends_on=row.ends_on if row else None,
        review_on=row.review_on if row else None,
        number=row.live if row else None,
        participation=(terms if stands else Terms()).participation.value,
        level_needed=level_needed(terms) if stands else 0,
        answer_within=terms.answer_within,
        not_then=terms.not_then if stands else "",
        contact_ended=ended is not None,
        alternative_route=ended.alternative_route if ended else "",
        quiet_today=wishes.quiet_on(on) if wishes else False,
        prompts_a_week=wishes.most_a_week if wishes else None,
    )


def _latest_of(member_ids: Collection[UUID]) -> QuerySet[Agreement]:
    """The agreement that stands with each member, or else the last that ended, with its live terms."""
    rows = _latest_first(Agreement.objects.filter(family_member__in=member_ids))
    return rows.order_by("family_member", *rows.query.order_by).distinct("family_member")


def _latest_first(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    terms = Version.objects.filter(agreement=OuterRef("pk"), number=OuterRef("live")).values("terms")[:1]
    return rows.annotate(live_terms=Subquery(terms)).order_by(F("ended_on").desc(nulls_first=True), "-made_at")


def terms_in_force(person_id: UUID, *, on: date) -> list[tuple[FamilyMember, Terms]]:
    """What holds now with each family member of a case, in one query."""
    members = FamilyMember.objects.filter(person=person_id, ended_on=None).values("pk")
    rows = _latest_of(members).select_related("family_member")  # type: ignore[arg-type]
    return [
        (row.family_member, from_data(getattr(row, "live_terms", None)))
        for row in rows
        if state_on(State(row.state), ends_on=row.ends_on, on=on) is State.LIVE
    ]


def open_contact_ends(member_ids: Collection[UUID]) -> QuerySet[ContactEnd]:
    """Where contact has been ended and not taken up again."""
    return ContactEnd.objects.filter(family_member__in=member_ids, lifted_on__isnull=True)


def prompt_wishes(person_id: UUID) -> Wishes:
    """When the person wants no prompts through family, and how many at most; nothing set means no wish."""
    row = PromptWishes.objects.filter(person=person_id).first()
    return as_wishes(row) if row else Wishes()


def as_wishes(row: PromptWishes) -> Wishes:
    """The row as rules read it."""
    return Wishes(
        quiet_weekdays=frozenset(row.quiet_weekdays),
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        most_a_week=row.most_a_week,
    )


def standing_agreement(member_id: UUID) -> Agreement | None:
    """The agreement with a family member that has not ended."""
    return Agreement.objects.filter(family_member=member_id).exclude(state=State.ENDED).first()


def ended_agreements(member_id: UUID) -> QuerySet[Agreement]:
    """Agreements with a family member that have ended, last first."""
    return Agreement.objects.filter(family_member=member_id, state=State.ENDED).order_by("-ended_on", "-made_at")


def terms_of(agreement_id: UUID, number: int | None) -> Terms | None:
    """What one version holds; None where there is no such version."""
    row = Version.objects.filter(agreement=agreement_id, number=number).first() if number else None
    return from_data(row.terms) if row else None


def said_to(agreement_id: UUID, number: int) -> list[Said]:
    """The answers to one version, in the order in which they were recorded."""
    rows = Answer.objects.filter(agreement=agreement_id, number=number).order_by("recorded_at", "id")
    return [
        Said(
            party=Party(row.party),
            agrees=row.agrees,
            on=row.on,
            how=row.how,
            words=row.words or "",
            recorded_by=row.recorded_by_name,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class PointedElsewhere:
    """One thing that was not ours to do: when, what, and where they were pointed."""

    on: date
    topic_id: str
    note: str


@dataclass(frozen=True)
class VersionFacts:
    """One version of an agreement, with what everyone said to it."""

    agreement_id: UUID
    number: int
    written_on: date
    what_changed: str
    terms: Terms
    said: tuple[Said, ...]


def versions_of(agreement_id: UUID) -> list[VersionFacts]:
    """Every version of an agreement with its answers, newest first. Two queries."""
    said: dict[int, list[Said]] = defaultdict(list)
    for row in Answer.objects.filter(agreement=agreement_id).order_by("recorded_at", "id"):
        said[row.number].append(
            Said(Party(row.party), row.agrees, row.on, row.how, row.words or "", row.recorded_by_name)
        )
    return [
        VersionFacts(
            agreement_id=agreement_id,
            number=row.number,
            written_on=row.written_at.date(),
            what_changed=row.what_changed or "",
            terms=from_data(row.terms),
            said=tuple(said[row.number]),
        )
        for row in Version.objects.filter(agreement=agreement_id).order_by("-number")
    ]


def ticks_of(agreement_id: UUID) -> dict[str, list[date]]:
    """When each responsibility was done, newest first."""
    ticks: dict[str, list[date]] = defaultdict(list)
    for key, on in Tick.objects.filter(agreement=agreement_id).order_by("-on").values_list("key", "on"):
        ticks[key].append(on)
    return ticks


def incidents_of(member_id: UUID) -> QuerySet[BoundaryIncident]:
    """Boundary incidents with a family member, newest first."""
    return BoundaryIncident.objects.filter(family_member=member_id).order_by("-on", "-made_at")


@steady
def with_what_was_not_ours(members: QuerySet[FamilyMember]) -> QuerySet[FamilyMember]:
    """`members` with what `what_was_not_ours` reads."""
    rows = OutOfRemit.objects.filter(family_member=OuterRef("pk")).order_by("-on", "-made_at")[:5]
    return members.annotate(out_of_remit=rows_of(rows, on="on", topic="topic", note="note"))


def what_was_not_ours(member: FamilyMember) -> list[PointedElsewhere]:
    """What a family member asked for last that is not ours to do, and where they were pointed."""
    return [
        PointedElsewhere(day(row["on"]) or date.min, row["topic"], row["note"])
        for row in read_rows(member, "out_of_remit")
    ]


def boundary_plan_of(member_id: UUID) -> BoundaryPlan | None:
    """The boundary plan that holds now."""
    return BoundaryPlan.objects.filter(family_member=member_id, ended_on__isnull=True).first()


def incidents_since(member_ids: Collection[UUID], *, since: date) -> dict[UUID, list[Incident]]:
    """Boundary incidents of several family members from a day on, in one query."""
    found: dict[UUID, list[Incident]] = defaultdict(list)
    rows = BoundaryIncident.objects.filter(family_member__in=member_ids, on__gte=since)
    for member_id, on, tags in rows.values_list("family_member", "on", "tags"):
        found[member_id].append(Incident(on, tuple(tags)))
    return found


def what_calls_for_a_review(member_ids: Collection[UUID], on: date) -> dict[UUID, tuple[str, ...]]:
    """Boundary incidents that call for another look at a judgement of involvement (R049)."""
    found = incidents_since(member_ids, since=on - timedelta(days=PATTERN_DAYS))
    return {
        member_id: (f"Boundaries were overstepped {lately(incidents, on=on)} times in {PATTERN_DAYS} days",)
        for member_id, incidents in found.items()
        if is_pattern(incidents, on=on)
    }


@dataclass(frozen=True)
class MemberStanding:
    """One family member on the list of a case: who, how their agreement stands, and whether contact has ended."""

    member: FamilyMember
    agreement: Agreement | None
    ended: ContactEnd | None


def standings_of(person_id: UUID) -> list[MemberStanding]:
    """Everyone whom the person names, with how their agreement stands. Three queries."""
    members = list(current_members(person_id))
    ids = [member.pk for member in members]
    agreements = {
        row.family_member_id: row for row in Agreement.objects.filter(family_member__in=ids).exclude(state=State.ENDED)
    }
    ends = {row.family_member_id: row for row in open_contact_ends(ids)}
    return [MemberStanding(member, agreements.get(member.pk), ends.get(member.pk)) for member in members]
