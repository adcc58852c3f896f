"""Whom something goes to that belongs to no case: the seniors of the team of whoever wrote it down."""

from datetime import date
from uuid import UUID

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from alongside.people.staff.models import Post
from alongside.people.staff.queries import holders_of, live_posts


def ask_leaders(
    *, by: User, team: UUID | None, kind: str, subject_id: UUID, title: str, due_on: date, by_hand: bool = False
) -> None:
    """Put something that belongs to no case before each senior of a team but whoever wrote it down."""
    leaders = [member.user_id for member in holders_of(RoleCode.SENIOR, team)] if team else []
    for leader in leaders:
        if leader != by.pk:
            open_to_do(
                case_id=None,
                to_do=ToDoFacts(
                    kind=f"{kind}.{leader.hex[:8]}",
                    title=title,
                    due_on=due_on,
                    right=Right.APPROVE,
                    subject_id=subject_id,
                    for_user_id=leader,
                    by_hand=by_hand,
                ),
            )


def team_of(user: User) -> UUID | None:
    """The team of a user's post, for those who lead it."""
    posts = Post.objects.filter(live_posts(today()), member__user=user, team__isnull=False)
    return posts.order_by("-from_date", "pk").values_list("team", flat=True).first()
