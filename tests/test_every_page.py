"""Every address of the product, asked for by everyone in the cast. An address without an entry fails."""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import EVERYONE
from tests.pages import Page, World, all_pages, assemble_world, pages_of, rooms


def addresses(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespaces; an unnamed one is a fault of its own."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(
                pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
        else:
            yield f"{namespace}{pattern.name or '(unnamed)'}"


def ask(client: Client, page: Page, world: World) -> HttpResponseBase:
    """The answer to one page; whatever it changed is taken back."""
    address = f"{reverse(page.name, args=page.args(world))}{page.query}"
    with transaction.atomic():
        response = client.post(address, page.data) if page.method == "post" else client.get(address)
        transaction.set_rollback(True)
    if response.streaming:
        b"".join(response)  # read to its end, a file closes itself
    return response


def test_every_address_has_an_entry_and_every_entry_an_address() -> None:
    assert sorted(set(addresses(get_resolver().url_patterns))) == sorted({page.name for page in all_pages()})


def test_no_address_stands_twice_with_the_same_question() -> None:
    asked = Counter((page.name, page.method, page.query, tuple(page.data)) for page in all_pages())
    assert [question for question, times in asked.items() if times > 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize("room", rooms())
def test_everyone_gets_what_the_table_says(room: str) -> None:
    world = assemble_world()
    wrong = []
    for name in EVERYONE:
        client = Client()
        user = world.cast.named(name)
        if user is not None:
            client.force_login(user)
        signed_in = deepcopy(client.cookies)
        for page in pages_of(room):
            client.cookies = deepcopy(signed_in)
            got = ask(client, page, world).status_code
            if got != page.expected(name):
                wrong.append(f"{page.name} as {name}: {got}, not {page.expected(name)}")
    assert not wrong, "\n".join(wrong)
