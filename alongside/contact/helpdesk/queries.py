"""Reads of the help desk: approved wording from memory, and its own rows. No table of a case is ever asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.contact.helpdesk.models import Conflict, Decision, Enquiry, HandedOn, Outcome, Slip
from alongside.contact.helpdesk.rules import ANSWER, DIRECTORY, Answer, Counted, Question, count_up
from alongside.foundation.access.holding import Holding, holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import LONDON, start_of, working_days_between
from alongside.foundation.content.cache import Current, snapshot
from alongside.foundation.content.models import ContentApproval, Language
from alongside.foundation.content.queries import find, wording_from
from alongside.foundation.reference.queries import coded_list, label_of
from alongside.people.staff.models import Team
from alongside.people.staff.queries import days_closed

MOST_TEAMS = 200
MONTHS = 6


def answers_in(language: Language = Language.ENGLISH) -> list[Answer]:
    """Every approved answer in one language, by topic and title. What is only a draft is not among them (R161)."""
    order = {value.code: place for place, value in enumerate(coded_list("help_topic", include_off=True))}
    found = [
        _answer(text)
        for (key, spoken), text in snapshot().texts.items()
        if spoken == language and key.startswith(ANSWER) and text.approved
    ]
    return sorted(found, key=lambda answer: (order.get(answer.topic, len(order)), answer.title))


def approved(key: str, language: Language = Language.ENGLISH) -> Answer | None:
    """One approved text of the help desk, an answer or an entry of the directory; None where there is none."""
    text = find(key, language) if key.startswith((ANSWER, DIRECTORY)) else None
    return _answer(text) if text is not None and text.approved else None


def _answer(text: Current) -> Answer:
    topic = text.key.split(".")[2]
    return Answer(
        key=text.key,
        topic=topic if topic in {value.code for value in coded_list("help_topic", include_off=True)} else "other",
        title=wording_from(text).heading,
        text=text.text,
        language=text.language,
        number=text.number,
        version_id=text.version_id,
        review_on=text.review_on,
    )


@dataclass(frozen=True)
class Topic:
    """A topic with its answers."""

    label: str
    answers: list[Answer]


def topics_of(answers: Sequence[Answer]) -> list[Topic]:
    """Answers under their topics, those without any left out."""
    return [
        Topic(value.label(), mine)
        for value in coded_list("help_topic", include_off=True)
        if (mine := [answer for answer in answers if answer.topic == value.code])
    ]


def team_of(user: User) -> Team | None:
    """The team from which someone works: the first that their posts reach. None where they have no post."""
    holding = holding_of(user)
    reached = frozenset[UUID]().union(*holding.teams_by_role.values()) if holding.teams_by_role else frozenset()
    return Team.objects.filter(pk__in=reached).order_by("name", "pk").first()


def teams_near(team: Team) -> list[Team]:
    """The teams to which a question may be handed on: those of the same delivery unit, the own one first."""
    rows = Team.objects.filter(delivery_unit=team.delivery_unit_id, active=True).order_by("name", "pk")[:MOST_TEAMS]
    return sorted(rows, key=lambda other: other.pk != team.pk)


def handed_on_to(user: User) -> QuerySet[HandedOn]:
    """What was handed on to the teams whose cases the user practises on, the soonest due first, settled ones last."""
    teams = holding_of(user).teams_reached_with(Right.LOG_CONTACTS)
    return (
        HandedOn.objects.filter(team__in=teams)
        .select_related("enquiry", "team")
        .order_by("-settled_at", "due_on", "pk")
    )


def waiting(rows: QuerySet[HandedOn]) -> QuerySet[HandedOn]:
    """Those that nobody has settled."""
    return rows.filter(settled_at=None)


def slip_of(handed_on: HandedOn) -> Slip | None:
    """Whom to ring back, while it is still waited for."""
    return Slip.objects.filter(handed_on=handed_on.pk).first()


def conflicts_for(user: User) -> QuerySet[Conflict]:
    """What a user may read of advice that does not agree: what they flagged, what their teams' seniors decide, and,
    for editors, what makes wording change."""
    holding = holding_of(user)
    mine = Q(flagged_by=user.pk) | Q(team__in=holding.teams_reached_with(Right.APPROVE))
    if holding.may(Right.MANAGE_CONTENT):
        mine |= Q(decision=Decision.CHANGE)
    return Conflict.objects.filter(mine).order_by("-decided_at", "flagged_at", "pk")


def decides(user: User, conflict: Conflict) -> bool:
    """Whether a user decides on it: a senior of the team, and not whoever flagged it."""
    return conflict.flagged_by != user.pk and conflict.team_id in holding_of(user).teams_reached_with(Right.APPROVE)


def confirmed(answer: Answer) -> Conflict | None:
    """The last decision that this very version of an answer stands."""
    rows = Conflict.objects.filter(content_version=answer.version_id, decision=Decision.STANDS)
    return rows.order_by("-decided_at").first()


def counted(holding: Holding, *, on: date) -> Counted | None:
    """Counts over the delivery units that the user's posts cover, in codes alone. None: nothing asked."""
    units = Team.objects.filter(pk__in=holding.teams_with(Right.SEE_COVERAGE)).values("delivery_unit")
    months = [_month_start(on, back) for back in range(MONTHS)]
    asked = Enquiry.objects.filter(delivery_unit__in=units, at__gte=start_of(months[-1]))
    settled = HandedOn.objects.filter(enquiry__in=asked, settled_at__isnull=False)
    closed = days_closed(since=months[-1])
    return count_up(
        [
            Question(
                on=_day(at),
                topic=label_of(topic),
                asker=label_of(asker),
                minutes=minutes,
                handed_on=outcome == Outcome.HANDED_ON,
                remit=label_of(remit) if remit else "",
            )
            for at, topic, asker, minutes, outcome, remit in asked.values_list(
                "at", "topic_id", "asker_id", "minutes", "outcome", "remit_id"
            )
        ],
        months=months,
        settled=[
            float(working_days_between(_day(at), _day(done), closures=closed.of(unit)))
            for at, done, unit in settled.values_list("enquiry__at", "settled_at", "team__delivery_unit")
            if done
        ],
    )


def _month_start(on: date, back: int) -> date:
    months = on.year * 12 + on.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def given_before(key: str, version_id: UUID) -> bool:
    """Whether a version is one of this wording that was approved, and so may have been read out."""
    return ContentApproval.objects.filter(content_version=version_id, content_version__item__key=key).exists()
