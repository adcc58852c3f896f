"""The Welsh catalogue: which strings it needs, and compiling it. Run `python -m tests.support.catalogue`."""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ALONGSIDE = Path(__file__).resolve().parents[2] / "alongside"
SOURCE = ALONGSIDE / "locale" / "cy" / "LC_MESSAGES" / "django.po"
COMPILED = SOURCE.with_suffix(".mo")
# What anyone may meet who is not staff, or before signing in. Other rooms join as they are translated.
TRANSLATED_ROOMS = ("foundation/ui", "foundation/content", "safety/protected")
MARKERS = {"_", "gettext", "gettext_lazy"}


def strings_of_code(path: Path) -> Iterator[str]:
    """The strings that a module marks for translation."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def strings_of_template(path: Path) -> Iterator[str]:
    """The strings that a template marks for translation."""
    from django.template import engines
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    nodelist = engines["django"].from_string(path.read_text("utf-8")).template.nodelist
    for node in nodelist.get_nodes_by_type(TranslateNode):
        yield str(node.filter_expression.var.literal).replace("%%", "%")
    for node in nodelist.get_nodes_by_type(BlockTranslateNode):
        yield node.render_token_list(node.singular)[0]


def strings_to_translate() -> dict[str, str]:
    """Every string of the translated rooms, and where it stands."""
    found: dict[str, str] = {}
    for room in TRANSLATED_ROOMS:
        for path in sorted((ALONGSIDE / room).rglob("*")):
            if path.suffix == ".py":
                strings = strings_of_code(path)
            elif path.suffix == ".html" and "templates" in path.parts:
                strings = strings_of_template(path)
            else:
                continue
            for string in strings:
                found.setdefault(string, str(path.relative_to(ALONGSIDE)))
    return found


def translations() -> dict[str, str]:
    """The strings that have Welsh, and their Welsh."""
    with SOURCE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id and message.string}


def compiled() -> bytes:
    """The catalogue as Django reads it."""
    target = io.BytesIO()
    with SOURCE.open("rb") as file:
        write_mo(target, read_po(file))
    return target.getvalue()


def main() -> int:
    """Compiles the catalogue, and prints what still lacks Welsh."""
    import django

    django.setup()
    COMPILED.write_bytes(compiled())
    held = translations()
    missing = {string: place for string, place in strings_to_translate().items() if string not in held}
    for string, place in missing.items():
        print(f"{place}: {string}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
