"""Who sees access requests: the data protection officer alone."""

from typing import Any

from alongside.safety.access_requests.models import Item
from tests.pages import FORBIDDEN, Page, World
from tests.safety.access_requests.support import gathered

OFFICER = frozenset({"data_protection"})
NOBODY: frozenset[str] = frozenset()


def furnish(world: World) -> None:
    """A request with everything gathered."""
    world.more["access_request"] = gathered(world.cast).pk
    items = Item.objects.filter(request=world.more["access_request"])
    world.more["access_item"] = items.filter(verdict="open").order_by("number")[0].pk


def request(world: World) -> list[Any]:
    return [world.more["access_request"]]


def item(world: World) -> list[Any]:
    return [world.more["access_request"], world.more["access_item"]]


def posted(name: str, args: Any = request, **data: Any) -> list[Page]:
    """What is posted, and what a link to it gets."""
    return [
        Page(
            f"access_requests:{name}",
            OFFICER,
            refusal=FORBIDDEN,
            args=args,
            method="post",
            data=data,
            answer=302,
            browse=False,
        ),
        Page(f"access_requests:{name}", NOBODY, refusal=405, args=args, browse=False),
    ]


def hidden(name: str) -> Page:
    """What is not there yet: hidden from the officer, and refused to anyone else."""
    return Page(
        f"access_requests:{name}",
        NOBODY,
        refusal=FORBIDDEN,
        exceptions={"data_protection": 404},
        args=request,
        browse=False,
    )


PAGES = [
    Page("access_requests:requests", OFFICER, refusal=FORBIDDEN),
    Page("access_requests:requests", OFFICER, refusal=FORBIDDEN, query="?show=over"),
    Page("access_requests:find", OFFICER, refusal=FORBIDDEN),
    Page("access_requests:note", OFFICER, refusal=FORBIDDEN, args=lambda world: [world.person.pk]),
    Page("access_requests:request", OFFICER, refusal=FORBIDDEN, args=request),
    Page("access_requests:identity", OFFICER, refusal=FORBIDDEN, args=request),
    Page("access_requests:clarify", OFFICER, refusal=FORBIDDEN, args=request),
    Page("access_requests:longer", OFFICER, refusal=FORBIDDEN, args=request),
    Page("access_requests:words", OFFICER, refusal=FORBIDDEN, args=request),
    Page("access_requests:end", OFFICER, refusal=FORBIDDEN, args=request),
    Page("access_requests:items", OFFICER, refusal=FORBIDDEN, args=request),
    Page("access_requests:items", OFFICER, refusal=FORBIDDEN, args=request, query="?show=check"),
    Page("access_requests:item", OFFICER, refusal=FORBIDDEN, args=item),
    Page(
        "access_requests:page",
        NOBODY,
        refusal=FORBIDDEN,
        exceptions={"data_protection": 404},
        args=lambda world: [*item(world), 1],
        browse=False,
    ),
    Page("access_requests:gate", OFFICER, refusal=FORBIDDEN, args=request),
    Page(
        "access_requests:download",
        NOBODY,
        refusal=FORBIDDEN,
        exceptions={"data_protection": 404},
        args=request,
        browse=False,
    ),
    Page("access_requests:give", OFFICER, refusal=FORBIDDEN, answer=302, args=request, browse=False),
    Page(
        "access_requests:erase",
        NOBODY,
        refusal=FORBIDDEN,
        exceptions={"data_protection": 404},
        args=request,
        browse=False,
    ),
    *posted("gather"),
    *posted("release_kind", kind="Person"),
    *posted("agree"),
    *posted("make"),
    *posted("check", item, answer="agree"),
]
