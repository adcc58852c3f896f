"""Facts of a decision: gathered with full sight, whoever asks, in so many queries however many family members.

What goes out of here are stops and states, never content. What is shown of an answer is cut later, by `seen_by`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from alongside.foundation.calendar.rules import LONDON, today
from alongside.foundation.records.prepared import steady
from alongside.foundation.records.rows import read_rows, read_whole, rows_of, whole
from alongside.involvement.agreements.queries import agreement_of, with_agreement
from alongside.involvement.agreements.rules import AgreementFacts, Participation
from alongside.involvement.decisions.models import HomeCheck
from alongside.involvement.decisions.queries.kept import Granted, asked_of, granted_among, with_asked_on
from alongside.involvement.decisions.queries.policies import policy_on
from alongside.involvement.decisions.rules import (
    Act,
    Age,
    Agreement,
    Agrees,
    Answer,
    Check,
    Clash,
    Disclosure,
    Facts,
    Home,
    Identity,
    Judged,
    Leave,
    Place,
    Policy,
    Purpose,
    Question,
    Summary,
    Way,
    decide,
)
from alongside.involvement.decisions.rules.facts import NO_HOME, Ground
from alongside.involvement.suitability.queries import Beside, standings_of, with_involvement
from alongside.involvement.suitability.rules import SuitabilityFacts
from alongside.involvement.suitability.safety import weigh
from alongside.people.allocations.queries import current_allocations
from alongside.people.families.marks import with_marks
from alongside.people.families.models import ContactPoint, FamilyMember, NoticeState, PointKind, PointSafety
from alongside.safety.advocacy.queries import advocacy_of, with_advocacy
from alongside.safety.advocacy.rules import AdvocacyFacts
from alongside.safety.flags.queries import flag_facts
from alongside.safety.flags.rules import FlagFacts, Matter
from alongside.safety.orders.queries import order_facts_of, with_orders
from alongside.safety.orders.rules import OrderFacts
from alongside.safety.permissions.queries import permission_facts_of, with_history
from alongside.safety.permissions.rules import Direction, PermissionFacts, Voicemail
from alongside.safety.protected.queries import disclosures_of, handling_facts_of, with_disclosures, with_handling
from alongside.safety.protected.rules import DisclosureFact, HandlingFacts
from alongside.safety.young_supporters.queries import with_young, young_of
from alongside.safety.young_supporters.rules import YoungFacts

WAYS_OF_POINT: Mapping[str, tuple[str, ...]] = {
    PointKind.MOBILE: ("phone", "text"),
    PointKind.PHONE: ("phone",),
    PointKind.EMAIL: ("email",),
    PointKind.ADDRESS: ("letter",),
}


GROUNDS: Mapping[str, Ground] = {
    "CHILD": Ground.SAFEGUARDING,
    "ADULT": Ground.SAFEGUARDING,
    "VITAL": Ground.VITAL_INTEREST,
    "MAPPA": Ground.MAPPA,
    "COURT": Ground.COURT_ORDER,
}
"""The lawful ground that each code of `disclosure_ground` stands for. A code that is not here carries nothing."""


JOINING = frozenset({Participation.END, Participation.PART, Participation.WHOLE})


@dataclass(frozen=True)
class Known:
    """All facts about one family member at a moment, and what was approved about them act by act."""

    facts: Facts
    granted: tuple[Granted, ...] = ()
    joins: bool = False
    """Whether everyone agreed that they join sessions."""

    def for_question(self, question: Question) -> Facts:
        """The facts with the approvals that were given for this very act and topic.

        Whoever agreed that somebody joins sessions agreed to meet them there, and to no visit.
        """
        facts = self.facts
        if self.joins and question.act == Act.JOIN:
            facts = replace(facts, agreed_ways=facts.agreed_ways | {Way.FACE})
        rules = frozenset[str]().union(
            *(one.rules for one in self.granted if (one.act, one.topic) == (question.act, question.topic))
        )
        return replace(facts, approved=rules) if rules else facts


@dataclass(frozen=True)
class May:
    """An answer with what it rests on."""

    question: Question
    facts: Facts
    policy: Policy
    answer: Answer


def may_i(question: Question, *, member_id: UUID, at: datetime) -> May:
    """Whether this may be done with this family member at this moment, with full sight."""
    policy = policy_on(at.astimezone(LONDON).date())
    facts = facts_about([member_id], at=at)[member_id].for_question(question)
    return May(question, facts, policy, decide(question, facts, policy))


def may_check_home(*, member_id: UUID, role: str, at: datetime, adult: bool | None = None) -> May:
    """Whether the home of a family member may be checked, in which they are told the offence.

    `adult` is what is about to be noted of the householder, where that is not on record yet.
    """
    question = home_question(role)
    policy = policy_on(at.astimezone(LONDON).date())
    facts = facts_about([member_id], at=at)[member_id].for_question(question)
    if adult is not None:
        facts = replace(facts, home=replace(facts.home, householder_adult=adult))
    return May(question, facts, policy, decide(question, facts, policy))


def home_question(role: str) -> Question:
    """What is asked where a home is checked: the householder is met, at home, for what the law requires."""
    return Question(
        act=Act.HOME_CHECK,
        role=role,
        identity=Identity.KNOWN,
        way=Way.FACE,
        purpose=Purpose.OTHER,
        place=Place.HOME,
    )


def facts_about(member_ids: Collection[UUID], *, at: datetime) -> dict[UUID, Known]:
    """Everything that bears on answers about each of these family members; an entry for every id asked.

    For a stranger they are the facts that permit nothing. Three queries or four, however many are asked about.
    """
    ids = list(dict.fromkeys(member_ids))
    members = with_facts_on(FamilyMember.objects.filter(pk__in=ids), on=at.astimezone(LONDON).date())
    found = known_about(members.select_related("person"), at=at)
    return {member_id: found.get(member_id) or Known(Facts()) for member_id in ids}


@steady
def with_facts(members: QuerySet[FamilyMember]) -> QuerySet[FamilyMember]:
    """`members` with what `known_about` reads of them today."""
    return with_facts_on(members, on=today())


def with_facts_on(members: QuerySet[FamilyMember], *, on: date) -> QuerySet[FamilyMember]:
    """The same for any day: what each room holds of a family member comes with them, in one query."""
    points = with_marks(ContactPoint.objects.filter(family_member=OuterRef("pk")))
    homes = HomeCheck.objects.filter(family_member=OuterRef("pk"), ended_on=None)
    members = members.annotate(
        point_rows=rows_of(points, kind=F("kind"), safety=F("standing")),
        held=Exists(current_allocations(on).filter(person=OuterRef("person"))),
        home_rows=whole(homes, *HOME_COLUMNS),
    )
    members = with_asked_on(with_involvement(with_history(members)), on=on)
    members = with_agreement(with_orders(with_young(members), on=on), on=on)
    return with_disclosures(with_handling(with_advocacy(members), on=on), on=on)


HOME_COLUMNS = (
    *("householder_adult", "seen_alone_on", "told_on", "agreed", "withdrawn_on"),
    *("household_abuse", "household_children"),
)


def known_about(members: Iterable[FamilyMember], *, at: datetime) -> dict[UUID, Known]:
    """What is known of family members who were read by `with_facts`, each with their person.

    Two queries beside: the safety of their cases, and what calls for a review; and one more where somebody was asked
    first.
    """
    rows, on = list(members), at.astimezone(LONDON).date()
    ids = [member.pk for member in rows]
    if not ids:
        return {}
    flags = flag_facts(ids, on=on)
    orders = {member.pk: order_facts_of(member, on=on) for member in rows}
    permitted = {member.pk: permission_facts_of(member, at=at) for member in rows}
    beside = {pk: Beside(weigh(flags[pk], orders[pk]), permitted[pk]) for pk in ids}
    standing = standings_of(rows, on=on, beside=beside)
    granted = granted_among(asked_of(rows), at=at)
    return {
        member.pk: Known(
            _facts_of(
                member,
                flags=flags[member.pk],
                orders=orders[member.pk],
                permitted=permitted[member.pk],
                suitability=standing[member.pk].facts,
                at=at,
            ),
            tuple(granted.get(member.pk, ())),
            joins=agreement_of(member, on=on).participation in JOINING,
        )
        for member in rows
    }


def _facts_of(
    member: FamilyMember,
    *,
    flags: FlagFacts,
    orders: OrderFacts,
    permitted: PermissionFacts,
    suitability: SuitabilityFacts,
    at: datetime,
) -> Facts:
    on = at.astimezone(LONDON).date()
    facts = _from_record(Facts(), member, on=on)
    facts = _from_flags(facts, flags)
    facts = _from_orders(facts, orders)
    facts = _from_permissions(facts, permitted, at=at)
    facts = _from_young(facts, young_of(member, on=on))
    facts = _from_advocacy(facts, advocacy_of(member))
    facts = _from_suitability(facts, suitability)
    facts = _from_agreement(facts, agreement_of(member, on=on))
    facts = _from_handling(facts, handling_facts_of(member))
    facts = _from_disclosures(facts, disclosures_of(member, at=at))
    return replace(facts, home=home_of(next(iter(read_whole(member, "home_rows", HomeCheck)), None), age=facts.age))


def _from_record(facts: Facts, member: FamilyMember, *, on: date) -> Facts:
    person = member.person
    by_safety: dict[str, set[str]] = {safety: set() for safety in PointSafety.values}
    for point in read_rows(member, "point_rows"):
        by_safety[point["safety"]].update(WAYS_OF_POINT[point["kind"]])
    over = person.supervision_ends_on is not None and person.supervision_ends_on < on
    return replace(
        facts,
        named=member.ended_on is None,
        member_died=member.deceased,
        person_died=person.date_of_death is not None,
        supervised=bool(getattr(member, "held", False)) and not over,
        told_of_record=member.notice_state == NoticeState.GIVEN,
        safe_ways=frozenset(by_safety[PointSafety.SAFE]),
        unasked_ways=frozenset(by_safety[PointSafety.NOT_ASKED]),
        unsafe_ways=frozenset(by_safety[PointSafety.UNSAFE]),
    )


def _from_flags(facts: Facts, flags: FlagFacts) -> Facts:
    def state(matter: Matter) -> Check:
        found = flags.checks.get(matter)
        return Check.NOT_CHECKED if found is None else Check(found.value)

    return replace(
        facts,
        abuse=state(Matter.DOMESTIC_ABUSE),
        children=state(Matter.CHILDREN),
        orders=state(Matter.ORDERS),
        access=state(Matter.LIMITED_ACCESS),
        abuse_between=Check(flags.abuse_between.value),
        abuse_near=flags.abuse_near,
        person_is_victim=flags.person_is_victim,
        staff_safety=flags.staff_safety,
        seated_apart=flags.seated_apart,
        child_concern=flags.child_concern,
        adult_concern=flags.adult_concern,
        exploitation=flags.exploitation,
        control=flags.control_alert,
        linked_stop=flags.linked_stop,
        under_review=flags.suspended,
    )


def _from_orders(facts: Facts, orders: OrderFacts) -> Facts:
    return replace(
        facts,
        contact_forbidden=orders.forbids_contact,
        home_forbidden=orders.forbids_home,
        children_forbidden=orders.children_forbidden,
        conditions_unread=orders.unread_conditions,
        linked_stop=facts.linked_stop or orders.linked_stop,
    )


def _from_permissions(facts: Facts, said: PermissionFacts, *, at: datetime) -> Facts:
    safe = said.safe_contact
    return replace(
        facts,
        refused=said.refused,
        leaves=tuple(
            Leave(
                topics=permitted.topics,
                to_them=Direction.TO_THEM in permitted.directions,
                from_them=Direction.FROM_THEM in permitted.directions,
                ways=permitted.channels,
            )
            for permitted in said.live
        ),
        pending_alone=said.pending_alone,
        permission_suspended=said.suspended,
        withdrawn=said.withdrawn,
        expired=said.expired,
        contingent=any(permitted.contingent_on is not None for permitted in said.live),
        agrees=Agrees(said.member_agrees.value),
        cooling_off=said.cooling_off,
        private_topics=said.private_topics,
        never_ways=safe.never,
        safe_now=safe.is_safe_at(at) if safe.asked else None,
        no_voicemail=safe.voicemail is not Voicemail.MAY,
        code_word_set=safe.has_their_word,
    )


def _from_young(facts: Facts, young: YoungFacts) -> Facts:
    age = {None: Age.NOT_KNOWN, True: Age.CHILD, False: Age.ADULT}[young.is_under_18]
    return replace(
        facts,
        age=age,
        heard_alone=young.heard_alone,
        parent_consulted=not young.parent_objects and (bool(young.parent_consulted) or young.consulting_unsafe),
        exception_approved=young.exception_approved,
        young_cap=young.level_cap,
    )


def _from_advocacy(facts: Facts, advocacy: AdvocacyFacts) -> Facts:
    return replace(facts, clash=Clash(advocacy.clash), victim=advocacy.victim)


def _from_suitability(facts: Facts, suitability: SuitabilityFacts) -> Facts:
    return replace(
        facts,
        judged=Judged(suitability.state.value),
        summary=Summary(suitability.summary.value) if suitability.summary else Summary.NONE,
        level=int(suitability.level),
        level_cap=int(suitability.level_cap),
        conditions=suitability.conditions,
        enquiries_open=suitability.enquiries_open,
    )


def _from_agreement(facts: Facts, agreement: AgreementFacts) -> Facts:
    return replace(
        facts,
        agreement=Agreement(agreement.state),
        agreed_ways=frozenset(agreement.channels),
        spent_ways=frozenset(way for way, budget in agreement.channels.items() if budget.used >= budget.limit),
        contact_ended=agreement.contact_ended,
        quiet_today=agreement.quiet_today,
    )


def _from_handling(facts: Facts, handling: HandlingFacts) -> Facts:
    return replace(
        facts,
        not_alone=handling.not_alone,
        not_at_home=handling.not_at_home,
        no_calls=handling.no_calls_home,
        speak_first=handling.speak_first_to is not None,
        speak_first_to=handling.speak_first_to or "",
    )


def _from_disclosures(facts: Facts, decided: tuple[DisclosureFact, ...]) -> Facts:
    return replace(
        facts,
        disclosures=tuple(
            Disclosure(one.topics, GROUNDS[one.ground], approved=True, approver=one.approver, until=f"{one.until}")
            for one in decided
            if one.ground in GROUNDS
        ),
    )


def home_of(check: HomeCheck | None, *, age: Age = Age.NOT_KNOWN) -> Home:
    """A check of a home as the rules read it. Whoever is on record as an adult need not be asked again."""
    if check is None:
        return NO_HOME
    return Home(
        householder_adult=(age is Age.ADULT or None) if check.householder_adult is None else check.householder_adult,
        seen_alone=check.seen_alone_on is not None,
        told=check.told_on is not None,
        agreed=check.agreed,
        withdrawn=check.withdrawn_on is not None,
        household_abuse=Check(check.household_abuse),
        household_children=Check(check.household_children),
    )
