"""When each way of telling a team something is read: kept by whoever leads it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from alongside.contact.concerns.actions import say_when_read
from alongside.contact.concerns.forms.saying import WayForm, initial_way
from alongside.contact.concerns.models import WayIn
from alongside.contact.concerns.queries import team_of, teams_led, way_of, ways_of
from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import coded_list
from alongside.foundation.ui.forms import posted
from alongside.people.staff.queries import closures_ahead


@require_GET
@needs(Right.RECEIVE_CONCERNS)
def show(request: HttpRequest) -> HttpResponse:
    """When each way of telling us is read, for the user's own team and those that they lead."""
    user = user_of(request)
    own = team_of(user)
    led = list(teams_led(holding_of(user)))
    chosen = next((team for team in led if str(team.pk) == request.GET.get("team")), None)
    team = chosen or (own if own in led or not led else led[0])
    closed = closures_ahead(today(), units=[team.delivery_unit]) if team else ()
    return render(
        request,
        "contact/concerns/ways.html",
        {"team": team, "teams": led, "ways": ways_of(team), "may_change": team in led, "closures": closed},
    )


@require_http_methods(["GET", "POST"])
@needs(Right.APPROVE)
def change(request: HttpRequest, team_id: UUID, channel: str) -> HttpResponse:
    """Say when one way is read, and whom to ring now."""
    team = teams_led(holding_of(request.user)).filter(pk=team_id).first()
    channel_id = f"told_channel.{channel}"
    if team is None or channel_id not in {value.id for value in coded_list("told_channel")}:
        raise Http404
    row = WayIn.objects.filter(team=team, channel=channel_id).first()
    read = way_of(team, channel_id)
    form = WayForm(**posted(request), initial=initial_way(read, row))
    if form.is_valid():
        typed = form.cleaned_data
        try:
            say_when_read(
                by=user_of(request),
                team=team,
                channel_id=channel_id,
                seen_version=typed["version"] - 1,
                read_when=typed["read_when"],
                within_hours=typed["within_hours"],
                ring_now=typed["ring_now"],
            )
        except ChangedMeanwhileError:
            row = WayIn.objects.get(team=team, channel=channel_id)
            form.changed_meanwhile(initial_way(read, row))
        else:
            messages.success(request, "Saved. Everyone who takes something down is told so.")
            return redirect("concerns:ways")
    return render(request, "contact/concerns/way.html", {"form": form, "team": team, "channel": read.channel})
