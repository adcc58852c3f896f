"""Who is on duty: read by everyone who works on cases, kept by those who lead."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.people.staff.actions import TurnStandsError, add_duty_turn, remove_duty_turn
from alongside.people.staff.models import Member, Post
from alongside.people.staff.queries import live_posts
from alongside.safety.protected.forms.duty import TurnForm
from alongside.safety.protected.queries.duty import turns_ahead, units_led_by


@require_http_methods(["GET", "POST"])
@needs(Right.APPROVE)
def show(request: HttpRequest) -> HttpResponse:
    """Who is on duty in the units that one leads, and putting someone on duty."""
    user = user_of(request)
    holding = holding_of(user)
    units = units_led_by(holding, holding.teams_with(Right.APPROVE))
    unit_ids = [unit.pk for unit in units]
    posts = Post.objects.filter(live_posts(today()), team__delivery_unit__in=unit_ids) | Post.objects.filter(
        live_posts(today()), delivery_unit__in=unit_ids
    )
    members = (
        Member.objects.filter(pk__in=posts.values("member"), user__is_active=True)
        .select_related("user")
        .order_by("user__name")
    )
    form = TurnForm(request.POST or None, units=units, members=members)
    if form.is_valid():
        try:
            add_duty_turn(by=user, **form.cleaned_data)
        except TurnStandsError as stands:
            form.add_error("member", str(stands))
        else:
            messages.success(request, "Saved.")
            return redirect("protected:duty")
    return render(
        request,
        "safety/protected/duty.html",
        {"form": form, "turns": list(turns_ahead(unit_ids, today())), "today": today(), "units": units},
    )


@require_POST
@needs(Right.APPROVE)
def remove(request: HttpRequest, turn_id: UUID) -> HttpResponse:
    """Take a turn back."""
    user = user_of(request)
    holding = holding_of(user)
    unit_ids = [unit.pk for unit in units_led_by(holding, holding.teams_with(Right.APPROVE))]
    turn = turns_ahead(unit_ids, today()).filter(pk=turn_id).first()
    if turn is None:
        messages.info(request, "They are off the rota already.")
        return redirect("protected:duty")
    remove_duty_turn(by=user, turn=turn)
    messages.success(request, "Taken off the rota.")
    return redirect("protected:duty")
