"""What the pages of this room show, in words: a matter with its state, a flag, a family member's stops."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.records.rows import day, read_rows
from alongside.foundation.reference.queries import coded_list, label_of
from alongside.people.persons.models import Person
from alongside.safety.flags.kinds import fresh_for, imported_matters
from alongside.safety.flags.models import Certainty, Direction, Flag
from alongside.safety.flags.queries import SafetyOfCase
from alongside.safety.flags.rules import CheckState, FlagFacts, Matter, check_state, facts_about
from alongside.safety.flags.stops import Stop, other_stops

STATES = {
    CheckState.NOT_CHECKED: ("Not checked", "moj-badge--orange"),
    CheckState.STALE: ("Check again", "moj-badge--orange"),
    CheckState.NONE_FOUND: ("Checked, none found", "moj-badge--green"),
    CheckState.SUSPECTED: ("Suspected", "moj-badge--red"),
    CheckState.KNOWN: ("Known", "moj-badge--red"),
}
BY_IMPORT = "the system of record"


@dataclass(frozen=True)
class Badge:
    """A short state beside a name."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class MatterRow:
    """One safety matter: what is known of it, who looked last, and where to say that someone looked again.

    Of domestic abuse, two may be asked about even where it is known beside others.
    """

    label: str
    hint: str
    badge: Badge
    looked: str
    link: str
    may_clear: bool


@dataclass(frozen=True)
class FlagRow:
    """One flag as a list shows it."""

    flag: Flag
    title: str
    badges: tuple[Badge, ...]
    about: str
    facts: str
    link: str


@dataclass(frozen=True)
class MemberRow:
    """One family member, and what stops with them."""

    name: str
    relationship: str
    badges: tuple[Badge, ...]
    link: str


def matter_rows(safety: SafetyOfCase, person: Person, *, on: date, member_id: UUID | None = None) -> list[MatterRow]:
    """The four matters for the person, or for one family member."""
    fresh, looks = fresh_for(), _last_looks(person, member_id=member_id)
    kin = safety.case.kin.get(member_id) if member_id else None
    rows = []
    for value in coded_list("safety_matter"):
        matter = Matter(value.code)
        state = check_state(
            safety.case,
            matter,
            on=on,
            fresh_for=fresh[matter],
            member_id=member_id,
            named_on=kin.named_on if kin else None,
        )
        args = [person.pk, *([member_id] if member_id else []), value.code.lower()]
        rows.append(
            MatterRow(
                label=value.label(),
                hint=value.description,
                badge=Badge(*STATES[state]),
                looked=looks.get(matter, "Nobody has looked yet."),
                link=reverse("flags:check_about" if member_id else "flags:check", args=args),
                may_clear=state not in {CheckState.SUSPECTED, CheckState.KNOWN} or matter is Matter.DOMESTIC_ABUSE,
            )
        )
    return rows


def flag_rows(flags: Iterable[Flag], person: Person) -> list[FlagRow]:
    """Flags as a list shows them."""
    return [flag_row(flag, person) for flag in flags]


def flag_row(flag: Flag, person: Person) -> FlagRow:
    """One flag as a list or its own page shows it."""
    badges = [Badge(Certainty(flag.certainty).label, "moj-badge--red")]
    if flag.awaiting_review and flag.removed_on is None:
        badges.append(Badge("Waits for review", "moj-badge--purple"))
    if flag.removed_on is not None:
        badges = [Badge("Taken away", "moj-badge--grey")]
    member = flag.family_member
    return FlagRow(
        flag=flag,
        title=label_of(str(flag.kind_id)),
        badges=tuple(badges),
        about=f"{person.called} and {member.name}" if member and flag.scope == "relationship" else _one(flag, person),
        facts=direction_in_words(flag, person),
        link=reverse("flags:flag", args=[person.pk, flag.pk]),
    )


def direction_in_words(flag: Flag, person: Person) -> str:
    """Who harms whom, with names; empty where the flag says nothing of that."""
    member = flag.family_member
    if member is None or not flag.direction:
        return ""
    return {
        Direction.FROM_PERSON.value: f"{person.called} harms {member.called}",
        Direction.FROM_MEMBER.value: f"{member.called} harms {person.called}",
        Direction.BOTH.value: "Each harms the other",
        Direction.NOT_KNOWN.value: "Who harms whom is not known yet",
    }[flag.direction]


def _one(flag: Flag, person: Person) -> str:
    return flag.family_member.name if flag.family_member else person.called


def member_rows(safety: SafetyOfCase, person: Person, *, on: date, rights: Collection[Right]) -> list[MemberRow]:
    """Every family member who is named now, with what stops as far as someone with these rights may be told."""
    fresh = fresh_for()
    named = {UUID(row["id"]): row for row in read_rows(person, "safety_kin") if not row["ended"]}
    others = other_stops(named.keys(), rights)
    rows = []
    for member_id, row in named.items():
        facts = facts_about(safety.case, member_id, on=on, fresh_for=fresh, linked_stop=member_id in safety.linked)
        rows.append(
            MemberRow(
                name=f"{row['given_name']} {row['family_name']}".strip(),
                relationship=label_of(row["relationship_id"]),
                badges=stops_in_words(facts, others.get(member_id, ())),
                link=reverse("flags:member", args=[person.pk, member_id]),
            )
        )
    return rows


def stops_in_words(facts: FlagFacts, others: Iterable[Stop] = ()) -> tuple[Badge, ...]:
    """What stops with one family member, by flags and otherwise. A linked stop says whom to ask and nothing else."""
    red, orange, purple = "moj-badge--red", "moj-badge--orange", "moj-badge--purple"
    between = {CheckState.KNOWN: "known", CheckState.SUSPECTED: "suspected"}.get(facts.abuse_between)
    found = [
        (bool(between), f"Stop: abuse between them {between}", red),
        (facts.suspended, "Stop: a flag waits for review", purple),
        (facts.linked_stop, "Ask the safeguarding lead first", orange),
        (facts.control_alert, "Control in the office", red),
        (facts.child_concern, "Child concern", red),
        (facts.adult_concern, "Adult concern", red),
        (facts.exploitation, "Exploitation", red),
        (facts.seated_apart, "Seated apart", red),
        (facts.staff_safety, "Staff safety", red),
        (facts.abuse_near, "Near someone who causes harm: ask first", orange),
    ]
    badges = [Badge(text, tone) for holds, text, tone in found if holds]
    badges += [Badge(stop.words, red if stop.refuses else orange) for stop in others]
    open_matters = [
        label_of(f"safety_matter.{matter.value}").lower()
        for matter, state in facts.checks.items()
        if state in {CheckState.NOT_CHECKED, CheckState.STALE}
    ]
    if open_matters:
        badges.append(Badge(f"To check: {', '.join(open_matters)}", orange))
    return tuple({badge.text: badge for badge in badges}.values()) or (
        Badge("Checked, nothing found", "moj-badge--green"),
    )


def _last_looks(person: Person, *, member_id: UUID | None) -> dict[Matter, str]:
    """For each matter, who looked last and when, in words."""
    newest: dict[Matter, tuple[date, str]] = {}
    asked_of = {None, str(member_id) if member_id else None}
    for row in read_rows(person, "safety_checks"):
        if row["member"] in asked_of:
            matter = Matter(str(row["matter_id"]).partition(".")[2])
            who = row["by_name"] or "Somebody"
            where = ", ".join(label_of(value).lower() for value in row["looked_at"] or ())
            _keep(newest, matter, day(row["on"]) or date.min, f"{who} looked ({where})" if where else f"{who} looked")
    matters = imported_matters()
    for row in read_rows(person, "safety_imports"):
        for matter in matters.get(row["matter"], ()):
            _keep(newest, matter, day(row["on"]) or date.min, f"Looked up in {BY_IMPORT}")
    return {matter: f"{words} on {on:%-d %B %Y}." for matter, (on, words) in newest.items()}


def _keep(newest: dict[Matter, tuple[date, str]], matter: Matter, on: date, words: str) -> None:
    if matter not in newest or on >= newest[matter][0]:
        newest[matter] = (on, words)
