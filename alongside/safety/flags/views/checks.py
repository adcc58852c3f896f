"""Saying that someone looked and found nothing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import coded
from alongside.safety.flags.actions import FlagStandsError, record_check
from alongside.safety.flags.forms import CheckForm
from alongside.safety.flags.rules import Matter
from alongside.safety.flags.views.common import form_page, home_of, member_if_any, sight_for


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, person_id: UUID, matter: str, member_id: UUID | None = None) -> HttpResponse:
    """Record that a matter was checked, of the person or of a family member, and none was found."""
    if matter.upper() not in {one.value for one in Matter}:
        raise Http404
    sight = sight_for(request, person_id, Right.EDIT_SAFETY)
    member = member_if_any(person_id, member_id)
    value = coded(f"safety_matter.{matter.upper()}")
    form = CheckForm(request.POST if request.method == "POST" else None, initial={"checked_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            record_check(
                by=user_of(request), person=sight.person, member=member, matter_id=value.id, **form.cleaned_data
            )
        except FlagStandsError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Noted: {value.label().lower()} checked, none found.")
            return redirect(home_of(person_id, member))
    about = f"{sight.person.called} and {member.called}" if member else sight.person.called
    return form_page(
        request,
        sight,
        form,
        title=f"{value.label()}: checked, none found",
        words=f"For {about}. {value.description} If you found anything, or have a worry, record a flag instead.",
        back=home_of(person_id, member),
        button="Checked, none found",
    )
