"""Pages of lists and their order."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.foundation.accounts.models import User
from alongside.foundation.ui.addresses import without_value
from alongside.foundation.ui.paging import DEEPEST_ROW, page_of
from alongside.foundation.ui.sorting import Column, sorting_of

COLUMNS = {"name": Column("Name", ["surname", "given"]), "end": Column("Ends", ["-ends_on"]), "next": Column("Next")}


def asking(address: str):
    return RequestFactory().get(address)


def test_a_page_shows_its_rows_and_says_which() -> None:
    page = page_of(list(range(60)), asking("/x/?page=2&q=a"), per_page=25)
    assert page.rows == list(range(25, 50))
    assert page.summary == "Showing 26 to 50 of 60"
    assert page.previous_href == "/x/?q=a"
    assert page.next_href == "/x/?page=3&q=a"


def test_a_short_list_has_no_links() -> None:
    page = page_of([1, 2], asking("/x/"))
    assert page.previous_href is page.next_href is None
    assert page.summary == "Showing 1 to 2 of 2"
    assert page_of([], asking("/x/")).summary == ""


def test_a_long_list_is_counted_only_so_far() -> None:
    assert page_of(range(5000), asking("/x/")).summary == "Showing 1 to 25 of more than 1,000"
    assert page_of(range(5000), asking("/x/?page=50")).summary == "Showing 1226 to 1250 of more than 1,250"


def test_nobody_leafs_deeper_than_is_sensible() -> None:
    page = page_of(range(DEEPEST_ROW * 3), asking("/x/?page=999999"))
    assert page.first == DEEPEST_ROW - 24
    assert page.next_href is None


@pytest.mark.parametrize("text", ["", "abc", "-1", "0", "1e9", "²", "9" * 40, "1;drop"])
def test_a_page_that_is_no_number_is_the_first(text: str) -> None:
    assert page_of([1], asking("/x/?page=" + text)).number == 1


def test_a_page_behind_the_end_is_the_last() -> None:
    assert page_of(list(range(30)), asking("/x/?page=9")).rows == [25, 26, 27, 28, 29]


@settings(deadline=None)
@given(st.integers(0, 120), st.integers(1, 40), st.integers(1, 30))
def test_the_pages_together_are_the_list(length: int, per_page: int, start: int) -> None:
    rows, seen, address = list(range(length)), [], "/x/"
    while address:
        page = page_of(rows, asking(address), per_page=per_page)
        seen += page.rows
        address = page.next_href or ""
    assert seen == rows


@pytest.mark.django_db
def test_a_page_costs_two_queries_and_counts_to_a_limit() -> None:
    User.objects.bulk_create(User(email=f"{n}@x.test", name=str(n)) for n in range(60))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = page_of(User.objects.order_by("email"), asking("/x/"), per_page=10, count_limit=20)
    assert len(queries) == 2
    assert "LIMIT 21" in queries[1]["sql"]
    assert page.summary == "Showing 1 to 10 of more than 20"


def test_the_order_follows_the_head_that_was_clicked() -> None:
    assert sorting_of(asking("/x/"), COLUMNS, default="name").order_by == ("surname", "given", "pk")
    assert sorting_of(asking("/x/?sort=-name"), COLUMNS, default="name").order_by == ("-surname", "-given", "pk")
    assert sorting_of(asking("/x/?sort=-end"), COLUMNS, default="name").order_by == ("ends_on", "pk")


@pytest.mark.parametrize("text", ["password", "-", "", "next", "name,id", "--name", "pk"])
def test_no_other_order_can_be_asked_for(text: str) -> None:
    assert sorting_of(asking(f"/x/?sort={text}"), COLUMNS, default="-end").order_by == ("ends_on", "pk")


def test_the_head_says_its_order_and_turns_it_round() -> None:
    sorting = sorting_of(asking("/x/?sort=name&page=3&q=a"), COLUMNS, default="end")
    head = BeautifulSoup(Template("<table>{% table_head s %}</table>").render(Context({"s": sorting})), "html.parser")
    first, second, third = head.select("th")
    assert first["aria-sort"] == "ascending"
    assert first.a["href"] == "/x/?sort=-name&q=a"
    assert "aria-sort" not in second.attrs
    assert second.a["href"] == "/x/?sort=end&q=a"
    assert third.a is None


def test_a_filter_is_taken_off_by_a_link() -> None:
    request = asking("/x/?tag=a&tag=b&page=4")
    assert without_value(request, name="tag", value="a") == "/x/?tag=b"
    assert without_value(asking("/x/?tag=a"), name="tag", value="a") == "/x/"


def test_the_foot_is_drawn() -> None:
    page = page_of(range(60), asking("/x/?page=2"))
    foot = Template("{% page_links page %}").render(Context({"page": page, "request": SimpleNamespace()}))
    assert 'rel="prev"' in foot
    assert "Showing 26 to 50 of 60" in foot
