"""Every form that writes counts once, however often it is sent: by a key, a version or an id, or for a reason.

A form drawn with `{% fields form %}` draws its key by itself; one drawn field by field says `{% counts_once %}`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import get_resolver

from alongside.foundation.ui.forms import GovForm

WINGS = ("people", "safety", "involvement")
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
HELD = re.compile(
    r"{% fields |{% counts_once %}|parts/hidden\.html|name=\"(?:version|seen|once)\"|\.(?:version|seen|once) %}"
)

ASKS_ONLY = {
    "TeamForm": "chooses the team whose cases are shown",
    "DayForm": "chooses the day on which a map is shown",
    "FindMemberForm": "looks for members of staff",
    "KindForm": "chooses what a flag is about, before it is written",
}

SETS = "sets what is so already the second time, and leaves no second row"
TAKES = "takes away what is gone the second time"
BUTTONS = {
    "involvement/agreements/agreement.html agreements:begin": "one agreement stands with a family member at a time",
    "people/arrivals/arrival.html arrivals:take": "a file is brought in once: its stage says so",
    "people/arrivals/arrival.html arrivals:finish": TAKES,
    "people/casework/end_cover.html": SETS,
    "people/casework/parts/member_actions.html": SETS,
    "people/maps/exercises/community.html exercises:take_system": TAKES,
    "people/maps/exercises/life.html exercises:take_event": TAKES,
    "people/maps/exercises/supporters.html exercises:take_support": TAKES,
    "people/maps/leaving.html": "ends the session",
    "people/maps/turn_screen.html maps:turn": SETS,
    "people/staff/closures.html staff:open_again": TAKES,
    "safety/access_requests/items.html access_requests:release_kind": "releases what is open, which nothing is then",
    "safety/access_requests/items.html access_requests:agree": "each item carries the version that was read",
    "safety/access_requests/request.html access_requests:gather": "adds what is not there yet, which nothing is then",
    "safety/advocacy/support.html advocacy:acknowledge": SETS,
    "safety/guidance/read.html": "a version is acknowledged once by each",
    "safety/orders/order.html orders:in_source": SETS,
    "safety/permissions/form.html permissions:withdraw": SETS,
    "safety/permissions/grid.html permissions:back": SETS,
    "safety/permissions/member.html permissions:withdraw": SETS,
    "safety/permissions/member.html permissions:pause": SETS,
    "safety/permissions/member.html permissions:never": SETS,
    "safety/permissions/parts/permission.html permissions:withdraw": SETS,
    "safety/protected/duty.html protected:remove_duty": TAKES,
    "safety/young_supporters/young.html young_supporters:safe": SETS,
}
"""Buttons that stand alone and whose second press changes nothing, with the reason."""


def _forms(kind: type[GovForm]) -> Iterator[type[GovForm]]:
    for one in kind.__subclasses__():
        yield one
        yield from _forms(one)


def _unheld() -> Iterator[str]:
    root = Path(__file__).parents[2] / "alongside"
    for wing in WINGS:
        for path in sorted((root / wing).rglob("templates/**/*.html")):
            name = path.as_posix().partition("/templates/")[2]
            for opening, inner in FORM.findall(path.read_text()):
                if 'method="post"' in opening and not HELD.search(inner):
                    target = re.search(r"{% url ['\"]([\w:]+)['\"]", opening)
                    yield f"{name} {target[1]}" if target else name


def test_every_form_that_is_drawn_counts_once_or_says_why_not() -> None:
    assert set(_unheld()) == set(BUTTONS)


def test_only_forms_that_ask_go_without_a_key() -> None:
    assert get_resolver().url_patterns, "every form is imported"
    without = {form.__name__ for form in _forms(GovForm) if form.asks_only and form.__module__.startswith("alongside.")}
    assert without == set(ASKS_ONLY)
