"""Drawing together, attacked: with the screen turned, there is one map with its exercises and no way past them."""

from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from alongside.people.maps.models import MapVersion
from alongside.people.maps.queries import map_at
from alongside.people.maps.together import FLAG
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.people.maps.test_pages import Desk

pytestmark = pytest.mark.django_db

EXERCISES = ("overview", "community", "closeness", "life", "supporters", "value")
WRITTEN = ("new_support", "new_event", "place_buttons", "ask_value")
OPEN = {f"exercises:{name}" for name in EXERCISES} | {
    "exercises:ask_value",
    "exercises:event",
    "exercises:new_event",
    "exercises:new_support",
    "exercises:new_system",
    "exercises:place_buttons",
    "exercises:support",
    "exercises:system",
    "exercises:take_event",
    "exercises:take_support",
    "exercises:take_system",
    "maps:add",
    "maps:add_household",
    "maps:connect",
    "maps:household",
    "maps:leaving",
    "maps:name",
    "maps:parentage",
    "maps:partnership",
    "maps:person",
    "maps:start",
    "maps:still_right",
    "maps:take",
    "maps:together",
    "maps:twins",
    "maps:undo",
}
EXAMPLES = {
    "UUIDConverter": lambda: uuid4(),
    "IntConverter": lambda: 1,
    "SlugConverter": lambda: "cy",
    "StringConverter": lambda: "word",
    "PathConverter": lambda: "a/b",
}


def every_address() -> list[tuple[str, list[object], dict[str, object]]]:
    found = []

    def walk(patterns, space: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
            elif isinstance(pattern, URLPattern) and pattern.name:
                made = {name: EXAMPLES[type(c).__name__]() for name, c in pattern.pattern.converters.items()}
                found.append((f"{space}{pattern.name}", made))

    walk(get_resolver().url_patterns, "")
    return found


@pytest.fixture
def desk() -> Desk:
    desk = Desk(assemble())
    me = desk.begin()
    desk.add(me, "mother", "Grace")
    answer = desk.post("turn")
    assert answer["Location"] == desk.url("together")
    assert answer["Clear-Site-Data"] == '"cache"'
    return desk


def test_every_other_address_leads_to_leaving(desk: Desk) -> None:
    leaving = desk.url("leaving")
    wrong = []
    for name, kwargs in every_address():
        if name in OPEN:
            continue
        if "person_id" in kwargs:
            kwargs["person_id"] = desk.person.pk
        for method in (desk.client.get, desk.client.post):
            answer = method(reverse(name, kwargs=kwargs))
            if answer.status_code != 302 or answer["Location"] != leaving or answer["Cache-Control"] != "no-store":
                wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []
    assert desk.client.session[FLAG] == str(desk.person.pk)


@pytest.mark.parametrize("address", ["/no/such/page/", "/cases", "/favicon.png", "/static/../cases/", "/%2e%2e/cases/"])
def test_addresses_that_do_not_exist_lead_there_too(desk: Desk, address: str) -> None:
    assert desk.client.get(address)["Location"] == desk.url("leaving")


def test_another_persons_map_leads_there_too(desk: Desk) -> None:
    for name in ("together", "leaving", "add_household"):
        answer = desk.client.get(reverse(f"maps:{name}", args=[uuid4()]))
        assert answer["Location"] == desk.url("leaving")


def test_errors_show_no_page_of_the_product(desk: Desk) -> None:
    assert desk.client.get(desk.url("person", uuid4()))["Location"] == desk.url("leaving")
    assert desk.client.get(desk.url("add"))["Location"] == desk.url("leaving")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.client.cookies
    assert strict.post(desk.url("undo"))["Location"] == desk.url("leaving")


def test_the_page_holds_the_map_and_nothing_else(desk: Desk) -> None:
    me = next(p.id for p in desk.network.people if p.is_index)
    session = desk.client.session
    session["anything"] = 1
    session.save()
    for page in (desk.get("together"), desk.get("together", at=me), desk.get("person", me), desk.get("connect", me)):
        for word in ("<nav", "<header", "search", "Today", "CRN", "X100001", "Olwen Owner", "Achebe", "ui-session"):
            assert word not in page, word
        for word in ("gets-on", "opinions", "Then and now", "history", "Worth a second look", "Sign out", '/cases/"'):
            assert word not in page, word


def test_notices_wait_and_are_not_shown(desk: Desk) -> None:
    desk.post("still_right")
    answer = desk.client.get(desk.url("together"))
    assert [str(m) for m in get_messages(answer.wsgi_request)] == []


def test_opinions_are_never_on_the_screen(desk: Desk) -> None:
    other = Desk(desk.cast, desk.cast.colleague)
    ids = {p.label: p.id for p in desk.network.people}
    other.post("quality", ids["Daniel"], other=ids["Grace"], kind="cut_off", source="Overheard")
    page = desk.get("together", at=ids["Daniel"], opinions="yes")
    assert "Overheard" not in page
    assert "gm-quality" not in page


def test_two_presses_work_here_too_and_are_marked_as_drawn_together(desk: Desk) -> None:
    me = next(p.id for p in desk.network.people if p.is_index)
    answer = desk.post("add", of=me, relation="sister", label="Bev")
    assert answer["Location"].startswith(desk.url("together"))
    assert "Bev" in {p.label for p in map_at(desk.person.pk).network.people}
    assert MapVersion.objects.order_by("-number").first().together


def test_exercises_are_done_beside_the_person_in_the_same_way(desk: Desk) -> None:
    assert desk.client.get(reverse("exercises:overview", args=[desk.person.pk])).status_code == 200
    for name in (*EXERCISES, *WRITTEN):
        page = desk.page_of(f"exercises:{name}")
        for word in ("<nav", "<header", "Today", "CRN", "X100001", "Olwen Owner", "ui-session", '/cases/"', "/add/"):
            assert word not in page, (name, word)
        assert desk.url("leaving") in page
    empty = desk.client.post(reverse("exercises:place_buttons", args=[desk.person.pk])).content.decode()
    assert "There is a problem" in empty
    saved = desk.client.post(
        reverse("exercises:new_event", args=[desk.person.pk]), {"label": "Moved", "lane": "home", "begin": "1998"}
    )
    assert saved["Location"] == reverse("exercises:life", args=[desk.person.pk])
    assert MapVersion.objects.order_by("-number").first().together


def test_whom_staff_noted_alone_is_named_nowhere_until_placed_before_the_turn(desk: Desk) -> None:
    FamilyMemberFactory(person=desk.person, given_name="Rhiannon", phrase="")
    for page in (desk.get("together"), *(desk.page_of(f"exercises:{name}") for name in (*EXERCISES, *WRITTEN))):
        assert "Rhiannon" not in page
    assert desk.post("start", who="named")["Location"].startswith(desk.url("together"))
    assert "Rhiannon" not in desk.get("together")
    apart = Desk(desk.cast)
    assert "Rhiannon" in apart.get("together", to="exercises")
    placed = apart.post("start", who="named", turning="yes", to="exercises")
    assert placed["Location"] == apart.url("together") + "?to=exercises"
    assert "Rhiannon" not in apart.get("together").split("<form")[1]
    assert "Rhiannon" in desk.page_of("exercises:place_buttons")


def test_an_empty_map_says_beside_the_person_nothing_of_those_already_named() -> None:
    desk = Desk(assemble())
    FamilyMemberFactory(person=desk.person, given_name="Rhiannon", phrase="")
    desk.post("turn")
    page = desk.get("together")
    assert "Rhiannon" not in page
    assert "already" not in page
    desk.post("start", who="named")
    assert {p.label for p in desk.network.people} == {desk.person.called}


def test_what_a_colleague_was_told_before_the_screen_was_turned_is_not_shown_after(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.cast.owner)
    client.post(desk.url("still_right"))
    answer = client.post(desk.url("turn"), {"to": "exercises"})
    assert answer["Location"] == reverse("exercises:overview", args=[desk.person.pk])
    assert "still right" not in client.get(answer["Location"]).content.decode()


def test_undo_takes_back_what_was_drawn_together_and_nothing_that_staff_noted_alone(desk: Desk) -> None:
    other = Desk(desk.cast, desk.cast.colleague)
    ids = {p.label: p.id for p in desk.network.people}
    other.post("quality", ids["Daniel"], other=ids["Grace"], kind="cut_off", source="Overheard")
    desk.post("add", of=ids["Daniel"], relation="sister", label="Bev")
    desk.post("undo")
    assert "Bev" not in {p.label for p in desk.network.people}
    assert "nothing left to take back" in desk.post("undo").content.decode()
    assert other.get("genogram", opinions="yes").count("gm-quality")


def test_leaving_signs_out_and_asks_who_it_is(desk: Desk) -> None:
    assert "signs in again" in desk.get("leaving")
    answer = desk.post("leaving")
    assert answer["Location"].startswith("/sign-in/?next=")
    assert "_auth_user_id" not in desk.client.session
    assert desk.client.get(desk.url("genogram")).status_code == 302


def test_nothing_drawn_is_kept_by_the_browser(desk: Desk) -> None:
    for name in ("together", "leaving"):
        assert desk.client.get(desk.url(name))["Cache-Control"] == "no-store"


def test_where_a_relatives_words_go_is_said_to_staff_alone() -> None:
    staff = Desk(assemble())
    staff.begin()
    life = reverse("exercises:life", args=[staff.person.pk])
    behind = reverse("protected:page", args=[staff.person.pk])
    for page in (staff.get(), staff.client.get(life).content.decode()):
        assert f'href="{behind}">Told in confidence' in page
    worker = Desk(staff.cast, staff.cast.family_worker)
    for page in (worker.get(), worker.client.get(life).content.decode()):
        assert "a relative told us" not in page
    copies = [staff.get("paper"), staff.client.get(reverse("exercises:worksheets", args=[staff.person.pk]))]
    staff.post("turn")
    shown = [staff.get("together"), staff.client.get(life), staff.client.get(f"{life}?copy=own")]
    words = [page if isinstance(page, str) else page.content.decode() for page in (*copies, *shown)]
    assert not [page for page in words if "relative told" in page]
    assert not [page for page in words[len(copies) :] if "Told in confidence" in page]
