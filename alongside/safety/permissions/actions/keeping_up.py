"""What follows from an entry: to-dos opened and closed, and the cards said anew."""

from datetime import date, timedelta

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import add_working_days, today
from alongside.foundation.work.actions import CardFacts, ToDoFacts, close_to_do, open_to_do, put_card
from alongside.foundation.work.models import ToDo
from alongside.people.families.models import FamilyMember
from alongside.people.families.queries import current_members
from alongside.people.persons.models import Person
from alongside.safety.permissions.queries import histories
from alongside.safety.permissions.rules import (
    Given,
    History,
    PermissionFacts,
    Standing,
    StepKind,
    Willing,
    facts_of,
    may_be_used_from,
    standing_of,
)
from alongside.safety.permissions.words import headline, last_day, lines

CARD = "permissions"
CARD_ORDER = 25
CONFIRM, EXPIRES, RESUME, AGREE, MISSED = (
    f"permissions.to_do.{name}" for name in ("confirm", "expires", "resume", "agree", "missed")
)
KINDS = (CONFIRM, EXPIRES, RESUME, AGREE, MISSED)
MOVING = (EXPIRES, MISSED)
"""What is due on a day that follows from what was said; the rest is due so long after it was first to be done."""
ASK_WITHIN = 5
WELCOME_WITHIN = 10
"""Working days: the family member is asked whether they want to be involved soon after the person said yes (R153)."""
WARNED_BEFORE = timedelta(days=14)
STANDS = (Standing.LIVE, Standing.WAITING, Standing.NOT_YET, Standing.PAUSED)


def keep_up(*, by: User | None, member: FamilyMember) -> None:
    """Bring to-dos and cards up to date with what stands about one family member."""
    person = Person.objects.get(pk=member.person_id)
    now = timezone.now()
    history = histories([member.pk])[member.pk]
    facts = facts_of(history, now)
    wanted = _wanted(history, facts, member=member, called=person.called)
    opened = set(
        ToDo.objects.filter(case=person.pk, subject=member.pk, kind__in=KINDS, done_at=None).values_list(
            "kind", flat=True
        )
    )
    for kind in opened - wanted.keys():
        close_to_do(by=by, case_id=person.pk, kind=kind, subject_id=member.pk)
    for kind, (title, due_on) in wanted.items():
        if kind not in opened or kind in MOVING:
            to_do = ToDoFacts(
                kind=kind,
                title=title,
                due_on=due_on,
                right=Right.EDIT_PERMISSIONS,
                subject_id=member.pk,
                family_member_id=member.pk,
            )
            open_to_do(case_id=person.pk, to_do=to_do)
    put_card(
        case_id=person.pk,
        card=CardFacts(
            key=CARD,
            title="Permissions",
            headline=headline(facts, called=person.called),
            lines=lines(facts),
            order=CARD_ORDER,
            right=Right.SEE_PERMISSIONS,
            family_member_id=member.pk,
        ),
    )
    refresh_case_card(person)


def refresh_case_card(person: Person) -> None:
    """Say anew on the case page with whom may be spoken."""
    members = list(current_members(person.pk))
    found = histories([member.pk for member in members])
    said, may = [], 0
    for member in members:
        history = found[member.pk]
        if history.given or history.steps:
            facts = facts_of(history, timezone.now())
            said.append((_weight(facts), member.name, headline(facts, called=person.called)))
            may += bool(facts.live)
    said.sort(key=lambda one: one[0])
    put_card(
        case_id=person.pk,
        card=CardFacts(
            key=CARD,
            title="Permissions",
            headline=_of_all(may, len(members)),
            lines=tuple(f"{name}: {_after_colon(words, person.called)}" for _, name, words in said),
            order=CARD_ORDER,
            right=Right.SEE_PERMISSIONS,
        ),
    )


def _after_colon(words: str, called: str) -> str:
    return words if words.startswith(called) else f"{words[:1].lower()}{words[1:]}"


def _weight(facts: PermissionFacts) -> int:
    """What must not be missed stands first on a card of five lines: refusals, pauses, what is to be confirmed."""
    order = (facts.refused, facts.suspended, facts.pending_alone, bool(facts.live), facts.withdrawn)
    return next((place for place, found in enumerate(order) if found), len(order))


def _of_all(may: int, members: int) -> str:
    if not may:
        return "Nobody may be told anything"
    return f"{may} of {members} may be talked with, about what was agreed"


def _wanted(
    history: History, facts: PermissionFacts, *, member: FamilyMember, called: str
) -> dict[str, tuple[str, date]]:
    """Every to-do that should be open about a family member, by its kind: its title and the day it is due."""
    if facts.closed or facts.refused:
        return {}
    now, soon = timezone.now(), add_working_days(today(), ASK_WITHIN)
    wanted: dict[str, tuple[str, date]] = {}
    standings = [(given, standing_of(given, history, now)) for given in history.given]
    if any(standing is Standing.TO_CONFIRM and not given.today_only for given, standing in standings):
        wanted[CONFIRM] = (f"Ask {called} alone about what may be said to {member.name}", soon)
    lasting = [given for given, standing in standings if standing in STANDS and not given.today_only]
    if lasting:
        ends = last_day(max(given.until for given in lasting))
        title = f"Ask {called} again about {member.name}: the permission ends"
        wanted[EXPIRES] = (title, max(ends - WARNED_BEFORE, today()))
    if prompts := [day for given in lasting if (day := _usable_from(history, given))]:
        title = f"{called} has missed contact: {member.name} may be told the agreed words"
        wanted[MISSED] = (title, min(prompts))
    if facts.suspended and lasting:
        wanted[RESUME] = (f"Ask {called} alone whether {member.name} may be involved again", soon)
    if facts.member_agrees is Willing.NOT_ASKED and any(not one.today_only for one in facts.live):
        title = f"Ask {member.name} whether they want to be involved"
        wanted[AGREE] = (title, add_working_days(today(), WELCOME_WITHIN))
    return wanted


def _usable_from(history: History, given: Given) -> date | None:
    """The day from which a contingent permission may be used, where contact is missed."""
    told = (StepKind.MISSED, StepKind.BACK)
    theirs = [step for step in history.steps if step.permission == given.id and step.kind in told]
    last = max(theirs, default=None, key=lambda step: step.number)
    if last is None or last.since is None or given.contingency is None:
        return None
    return may_be_used_from(last.since, given.contingency)
