"""What a judgement stood on, line by line, for whoever asks what is held about them."""

from collections.abc import Iterator
from typing import Any

from alongside.involvement.suitability.models import Judgement
from alongside.involvement.suitability.views.overview import in_words


def grounds_lines(row: Judgement) -> Iterator[tuple[str, str, str]]:
    """Conversations and items as they lay on the table, each with what was found."""
    grounds: dict[str, Any] = row.grounds if isinstance(row.grounds, dict) else {}
    for name, heading in (
        ("expected", "What staff expected"),
        ("narrative", "In words"),
        ("agenda_stated", "What they said they wanted from it"),
        ("agenda_inferred", "What staff thought they wanted from it"),
    ):
        yield name, heading, str(grounds.get(name) or "")
    told = in_words(row)
    for number, talk in enumerate(told["talks"]):
        company = "alone" if talk["alone"] else f"with {talk['present']}" if talk["present"] else ""
        heading = f"Conversation: {talk['party_words']}, {talk['on']:%-d %B %Y}"
        yield f"talk.{number}", heading, "\n".join(filter(None, (talk["who"], company, talk["narrative"])))
    items = [*(item for _title, side in told["sides"] for item in side), *told["safety_items"]]
    for number, item in enumerate(items):
        said = [item["rating"], item["times"], item["critical"], item["differs"]]
        said += [f"{one['source']}: {one['rating']}. {one['nature']}. {one['evidence']}" for one in item["accounts"]]
        yield f"item.{number}", item["statement"], "\n".join(filter(None, said))


def safety_lines(row: Judgement) -> Iterator[tuple[str, str, str]]:
    """How tight each matter of safety was."""
    then = row.safety_then if isinstance(row.safety_then, dict) else {}
    matters = then.get("matters", {})
    yield (
        "matters",
        "How safety stood at the time",
        "\n".join(str(one).replace("_", " ").capitalize() for one, tight in matters.items() if tight),
    )
    yield "gate", "Contact was closed for safety", "Yes" if then.get("gate_closed") else "No"
