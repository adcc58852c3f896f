"""Every part of the look on pages of its own, for the tests alone: the product has no such page."""

# ruff: noqa: E501 - templates

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path
from django.utils import timezone

from alongside.config.urls import urlpatterns as product
from alongside.foundation.ui.forms import posted
from alongside.foundation.ui.paging import page_of
from alongside.foundation.ui.sorting import Column, sorting_of
from tests.foundation.ui.test_forms import Everything

COMPONENTS = """
{% extends "ui/layout.html" %}
{% block title %}Parts{% endblock %}
{% block identity %}{% component "identity-bar" identity %}{% endblock %}
{% block before_content %}{% component "back-link" text="Back to the caseload" href="/gallery/list/" %}{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">People around Rhys</h1>
{% component "sub-navigation" label="Case" items=items %}
<div class="ui-cards">
{% wrap "card" id="network" title="People" count=4 %}<ul class="govuk-list"><li>{% component "person-name" name="Carys Morgan" href="#a" knownAs="Caz" detail="Mother" %}</li><li>{% component "person-name" name="Dylan Price" href="#b" limited=True detail="Friend" %}</li></ul>{% endwrap %}
{% component "card" id="todo" title="What needs doing" tone="prompt" text="Ask Rhys whom he wants involved." links=links %}
{% component "card" id="quiet" title="Recent activity" tone="quiet" text="Nothing in the last month." %}
</div>
{% component "empty-state" title="Nobody is on the map yet" text="Start with the people whom Rhys names." action__text="Add a family member" action__href="#c" %}
{% for variant in variants %}{% component "alert" variant=variant title="A title" text="What happened, and what to do." %}{% endfor %}
{% component "search" action="/gallery/list/" label__text="Search by name or number" hint__text="Spelling need not be exact" input__id="search" %}
<form method="get">{% wrap "filter" heading__text="Filter" selected=selected clear__href="?" collapsed=False %}<p class="govuk-body">Choices</p>{% endwrap %}</form>
{% component "timeline" headingLevel=2 items=timeline %}
{% component "ticket-panel" items=panels %}
{% for badge in badges %}{% component "badge" text="Not checked" classes=badge %} {% endfor %}
{% component "tag" text="Live" %} {% component "inset-text" text="Permission is not disclosure." %}
{% component "warning-text" text="Do not visit alone." iconFallbackText="Warning" %}
{% wrap "details" summaryText="Why we ask" %}<p class="govuk-body">Because.</p>{% endwrap %}
{% component "summary-list" summary %}
<div class="govuk-button-group">{% component "button" text="Save" %}{% component "button" text="Cancel" classes="govuk-button--secondary" %}{% component "button" text="Remove" classes="govuk-button--warning" %}<a class="govuk-link" href="#d">Back</a></div>
{% endblock %}
{% block aside %}<aside class="ui-aside" aria-label="Beside">{% component "card" title="Beside" text="Something beside." %}</aside>{% endblock %}
"""
FORM = """
{% extends "ui/layout.html" %}
{% block title %}Add a family member{% endblock %}
{% block content %}<div class="ui-measure">{% errors form %}<h1 class="govuk-heading-l">Add a family member</h1>
<form method="post" enctype="multipart/form-data" novalidate>{% csrf_token %}{% fields form %}{% component "button" text="Save" %}</form></div>{% endblock %}
"""
LIST = """
{% extends "ui/layout.html" %}
{% block title %}My caseload{% endblock %}
{% block content %}<h1 class="govuk-heading-l">My caseload</h1>
<table class="govuk-table ui-stacked"><caption class="govuk-table__caption govuk-visually-hidden">Cases</caption>{% table_head sorting %}
<tbody class="govuk-table__body">{% for row in page.rows %}<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{% component "person-name" name=row href="#a" detail="X123456" %}</th><td class="govuk-table__cell" data-label="Order ends">3 May 2027</td><td class="govuk-table__cell" data-label="Next">Ask about parents</td></tr>{% endfor %}</tbody></table>
{% page_links page %}{% endblock %}
"""
CONTEXT: dict[str, Any] = {
    "identity": {
        "title": {"text": "Rhys Morgan"},
        "facts": [{"label": "CRN", "text": "X123456"}, {"label": "Order", "text": "Community order, to 3 May 2027"}],
        "tags": [{"text": "Ask first", "classes": "moj-badge--orange"}],
        "actions": [{"text": "Log a contact", "href": "#e"}],
    },
    "items": [
        {"text": word, "href": f"#{word}", "active": word == "Overview"} for word in ("Overview", "People", "Map")
    ],
    "links": [{"text": "Add", "href": "#f", "hidden": "to what needs doing"}],
    "variants": ["information", "success", "warning", "error"],
    "badges": ["", *(f"moj-badge--{colour}" for colour in ("red", "green", "black", "grey", "orange", "purple"))],
    "selected": [{"text": "Overdue", "href": "?"}],
    "timeline": [
        {
            "label": {"text": "Carys added"},
            "byline": {"text": "by Siân Hughes"},
            "datetime": {"timestamp": "2026-11-22", "text": "22 November 2026"},
            "text": "Named by Rhys.",
        }
    ],
    "panels": [{"text": "Next: 3 December at 10am", "classes": "moj-ticket-panel__content--orange"}],
    "summary": {
        "card": {"title": {"text": "Order"}},
        "rows": [
            {
                "key": {"text": "Ends"},
                "value": {"text": "3 May 2027"},
                "actions": {"items": [{"text": "Change", "href": "#g", "visuallyHiddenText": "end"}]},
            }
        ],
    },
}
COLUMNS = {"name": Column("Name", ["name"]), "end": Column("Order ends", ["end"]), "next": Column("Next")}


def drawn(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(template.strip()).render(context, request))


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Saved. Rhian Morris is now on the map.")
    return drawn(request, COMPONENTS, CONTEXT)


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    return drawn(
        request, FORM, {"form": Everything(**posted(request), initial={"version": 1, "born_on": date(1990, 3, 27)})}
    )


@login_not_required
def case_list(request: HttpRequest) -> HttpResponse:
    page = page_of([f"Person {number}" for number in range(60)], request, per_page=5)
    return drawn(request, LIST, {"page": page, "sorting": sorting_of(request, COLUMNS, default="name")})


@login_not_required
def error(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, f"{code}.html")


@login_not_required
def extend(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    return JsonResponse({"now": now.isoformat(), "expires_at": (now + timedelta(minutes=30)).isoformat()})


urlpatterns = [
    *product,
    path("gallery/components/", components),
    path("gallery/form/", form),
    path("gallery/list/", case_list),
    path("gallery/error/<str:code>/", error),
    path("gallery/extend/", extend),
]
