"""What the pages of goals share: finding what they are about, and drawing a form."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from alongside.foundation.access.rights import Right
from alongside.foundation.ui.forms import GovForm
from alongside.involvement.goals.models import Goal, GoalState
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_case

CURRENT = "goals:goals"
WHAT = "goals.goals"
MEANWHILE = "Someone changed this meanwhile. Look at it as it stands now, then try again."


def to_edit(request: HttpRequest, person_id: UUID) -> Sight:
    """The case, for someone who writes goals down; 404 where they may not."""
    return case_for(request, person_id, right=Right.EDIT_GOALS, what=WHAT)


def goal_to_edit(request: HttpRequest, person_id: UUID, goal_id: UUID) -> tuple[Sight, Goal]:
    """A goal that is worked on, for someone who writes goals down."""
    sight = to_edit(request, person_id)
    goal = Goal.objects.select_related("person").filter(person=person_id, pk=goal_id, state=GoalState.WORKING).first()
    if goal is None:
        raise Http404
    return sight, goal


def seen_version(request: HttpRequest) -> int:
    """The version that a button was pressed on; 0, which is none, where it says nothing sensible."""
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else 0


def draw_form(
    request: HttpRequest, sight: Sight, form: GovForm, *, title: str, words: str = "", button: str = "Save"
) -> HttpResponse:
    """A form about goals."""
    return render_case(
        request,
        "involvement/goals/form.html",
        sight,
        current=CURRENT,
        form=form,
        title=title,
        words=words,
        button=button,
    )
