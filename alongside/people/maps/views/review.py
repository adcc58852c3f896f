"""Choosing a sooner day for going through the map again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.people.maps.forms import ReviewForm
from alongside.people.maps.frames import draw_on
from alongside.people.maps.reviews import NotSoonerError, review_of, review_sooner


def sooner(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """By which day the map is gone through again, where the day that stands by itself is too late."""
    desk = draw_on(request, person_id, what="maps.draw")
    review = review_of(desk.person)
    if review is None:
        raise Http404
    form = ReviewForm(**posted(request), initial={"due_on": review.due_on, "version": review.version})
    if form.is_valid():
        given = form.cleaned_data
        try:
            review_sooner(
                by=desk.user, person=desk.person, review=review, seen_version=given["version"], on=given["due_on"]
            )
        except NotSoonerError as wrong:
            form.add_error("due_on", str(wrong))
        except ChangedMeanwhileError:
            if (review := review_of(desk.person)) is None:
                raise Http404 from None
            form.changed_meanwhile({"due_on": review.due_on, "version": review.version})
        else:
            messages.success(request, _("Kept: the map is gone through again by %s.") % f"{given['due_on']:%-d %B %Y}")
            return desk.back()
    words = _("It is due by %s in any case. Choose a sooner day where the family is changing fast.")
    return desk.page(
        "line.html",
        form=form,
        heading=_("Go through the map again"),
        words=words % f"{review.latest_on:%-d %B %Y}",
    )
