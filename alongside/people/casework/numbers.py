"""Looking a case up by its number anywhere in the country, with a brake on guessing."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_consultation
from alongside.foundation.audit.models import Consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from alongside.people.allocations.looking import SEARCH_BY_NUMBER, Found, LookUp, look_up_number
from alongside.people.persons.identifiers import Identifier
from alongside.people.staff.queries import holders_of

WINDOW = timedelta(minutes=10)
MOST = 10
"""How many numbers beyond their cases someone may try in the window. Work rarely needs more than two or three."""

GUESSING = "casework.numbers.guessed"


class TooManyNumbersError(Exception):
    """Someone has tried so many numbers beyond their own cases that it looks like guessing."""


def look_up(user: User, numbers: Sequence[Identifier]) -> LookUp:
    """What the user may know of the case with one of `numbers`. Raises TooManyNumbersError.

    Where the brake holds, nothing is looked up, and a safeguarding lead of the user's team is told.
    """
    if _tried_lately(user) >= MOST:
        record_consultation(by=user, what=SEARCH_BY_NUMBER, refused=True, detail="too many")
        tell_of_guessing(looker=user)
        raise TooManyNumbersError
    answers = (look_up_number(user, field=number.kind.value, number=number.value) for number in numbers)
    answer = LookUp(Found.NOTHING, number=numbers[0].value)
    for answer in answers:
        if answer.found is not Found.NOTHING:
            return answer
    return answer


@action
def tell_of_guessing(*, looker: User) -> None:
    """Put it before a safeguarding lead who reaches the user's team, or else before them all; once while it is open."""
    lead_id = next(iter(_leads_over(looker)), None)
    open_to_do(
        case_id=None,
        to_do=ToDoFacts(
            kind=GUESSING,
            subject_id=looker.pk,
            title=_("Ask %(name)s why they tried many case numbers in a few minutes") % {"name": looker.name},
            due_on=today(),
            right=Right.SEE_REFUSED_LOOKS,
            for_user_id=lead_id,
            for_role=None if lead_id else RoleCode.SAFEGUARDING_LEAD,
        ),
    )


def _tried_lately(user: User) -> int:
    beyond = Q(detail__in=[Found.NOTHING.value, Found.ELSEWHERE.value, Found.CLOSED.value]) | Q(refused=True)
    tried = Consultation.objects.filter(beyond, actor=user.pk, what=SEARCH_BY_NUMBER, at__gte=timezone.now() - WINDOW)
    return tried[: MOST + 1].count()


def _leads_over(looker: User) -> list[UUID]:
    teams = sorted({team for teams in holding_of(looker).teams_by_role.values() for team in teams})[:1]
    return [lead.user_id for team in teams for lead in holders_of(RoleCode.SAFEGUARDING_LEAD, team)]
