"""Draws a component from its parameters: GOV.UK's through govuk-frontend-jinja, and our own macros beside them.

One Jinja environment, made once and never reloaded: a macro is looked up once for each process, and drawing a list of
ten rows takes a fraction of a millisecond. Parameters named `text` are always escaped; parameters that carry HTML are
taken only from a SafeString, so that nothing a person typed can become markup.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

OWN_MACROS = Path(__file__).resolve().parent / "jinja"
SAFE_ADDRESS = re.compile(r"^(?:https?:|mailto:|tel:|sms:|[^:]*$|[^:]*[/?#])", re.IGNORECASE)


class UnknownComponentError(LookupError):
    """No component has this name."""


class UnsafeHtmlError(TypeError):
    """A parameter that is written out unescaped was given text that nobody vouches for."""


class UnsafeAddressError(ValueError):
    """A link was given an address that would run a script."""


@cache
def environment() -> jinja2.Environment:
    """The one environment that draws every component; it escapes, and never looks at the disk twice."""
    return jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [
                jinja2.FileSystemLoader(OWN_MACROS),
                jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
    )


@cache
def own_components() -> frozenset[str]:
    """The names of the components that are ours, such as `identity-bar`."""
    return frozenset(path.stem for path in (OWN_MACROS / "alongside").glob("*.html") if not path.stem.startswith("_"))


@cache
def macro(name: str) -> Callable[[Mapping[str, Any]], str]:
    """The macro that draws the component called `name`: ours if there is one, else GOV.UK's.

    Raises UnknownComponentError where neither has it.
    """
    camel = "".join(part.capitalize() for part in name.split("-"))
    path, attribute = f"govuk_frontend_jinja/components/{name}/macro.html", f"govuk{camel}"
    if name in own_components():
        path, attribute = f"alongside/{name}.html", f"draw{camel}"
    try:
        module = environment().get_template(path).module
    except jinja2.TemplateNotFound as error:
        raise UnknownComponentError(f"There is no component {name!r}. Look at docs/recipes/build-a-page.md.") from error
    drawn: Callable[[Mapping[str, Any]], str] = getattr(module, attribute)
    return drawn


def carries_html(key: str) -> bool:
    """Whether the macros write the parameter `key` out without escaping it."""
    return key in ("html", "attributes") or key.endswith("Html")


def harmless(value: Any, *, key: str = "") -> Any:
    """`value` as the macros may have it: text plain, so that it is escaped; HTML only from a SafeString.

    Raises UnsafeHtmlError and UnsafeAddressError.
    """
    if isinstance(value, dict):
        return {name: harmless(inner, key=name) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [harmless(inner) for inner in value]
    if isinstance(value, Promise):
        value = str(value)
    if not isinstance(value, str):
        return value
    if carries_html(key):
        if value and not isinstance(value, SafeString):
            raise UnsafeHtmlError(
                f"The parameter {key!r} takes only a SafeString, which format_html makes. "
                "Pass anything that a person typed as `text`."
            )
        return value
    if key == "href" and not SAFE_ADDRESS.match(value.strip()):
        raise UnsafeAddressError("A link may lead to a page, an address of email or a telephone, and nothing else.")
    return str.__str__(value)


def render_component(name: str, params: Mapping[str, Any]) -> SafeString:
    """The HTML of the component called `name`, drawn with the upstream parameters `params`."""
    return mark_safe(macro(name)(harmless(dict(params))).strip())  # noqa: S308 - the macros escape; see `harmless`
