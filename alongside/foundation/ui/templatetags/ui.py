"""The template tags of the look. They are built in: no template needs to load them."""

from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.components import render_component
from alongside.foundation.ui.forms import GovForm
from alongside.foundation.ui.forms.drawing import Wish, draw_errors, draw_field
from alongside.foundation.ui.forms.look import look_of
from alongside.foundation.ui.languages import LanguageLink, main_language, other_languages
from alongside.foundation.ui.navigation import Menu, NavigationLink, links_of
from alongside.foundation.ui.once import drawn_key
from alongside.foundation.ui.paging import Page
from alongside.foundation.ui.session import SessionClock, clock_of
from alongside.foundation.ui.sorting import Heading, Sorting

register = template.Library()


def nested(flat: dict[str, Any]) -> dict[str, Any]:
    """Parameters with `label__text` turned into a `text` inside `label`."""
    deep: dict[str, Any] = {}
    for name, value in flat.items():
        *parents, last = name.split("__")
        place = deep
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    return deep


class ComponentNode(template.Node):
    """Draws one component; with a body, the body becomes its `html`."""

    child_nodelists = ("body",)

    def __init__(
        self,
        name: FilterExpression,
        given: FilterExpression | None,
        *,
        params: dict[str, FilterExpression],
        body: NodeList | None = None,
    ) -> None:
        self.name, self.given, self.params, self.body = name, given, params, body or NodeList()
        self.has_body = body is not None

    def render(self, context: Context) -> SafeString:
        params = dict(self.given.resolve(context) or {}) if self.given else {}
        params.update(nested({name: value.resolve(context) for name, value in self.params.items()}))
        if self.has_body:
            params["html"] = self.body.render(context)
        return render_component(str(self.name.resolve(context)), params)


def parse_component(parser: Parser, token: Token) -> tuple[FilterExpression, FilterExpression | None, dict[str, Any]]:
    """The name, the dictionary of parameters if one is given, and the parameters by keyword."""
    tag, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError(f'{tag} needs the name of a component: {{% {tag} "button" text="Save" %}}')
    name = parser.compile_filter(bits.pop(0))
    given = parser.compile_filter(bits.pop(0)) if bits and "=" not in bits[0] else None
    params = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{tag} cannot read {bits[0]!r}: write parameters as name=value.")
    return name, given, params


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """`{% component "button" text="Save" %}`; `label__text="Name"` reaches into a nested parameter."""
    name, given, params = parse_component(parser, token)
    return ComponentNode(name, given, params=params)


@register.tag
def wrap(parser: Parser, token: Token) -> ComponentNode:
    """`{% wrap "details" summaryText="More" %}…{% endwrap %}`: a component round a piece of template."""
    name, given, params = parse_component(parser, token)
    body = parser.parse(("endwrap",))
    parser.delete_first_token()
    return ComponentNode(name, given, params=params, body=body)


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file; without a manifest (tests, an outage) the plain address instead of an error."""
    try:
        return staticfiles_storage.url(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag(takes_context=True)
def navigation(context: Context, menu: str) -> list[NavigationLink]:
    """The links of a menu that this request may see; none where there is no request, as on the page of an outage."""
    request = context.get("request")
    return links_of(Menu(menu), request) if isinstance(request, HttpRequest) else []


@register.simple_tag(takes_context=True)
def page_title_prefix(context: Context) -> str:
    """`Error: ` at the front of the title where the page's form has errors, so that screen readers say so first."""
    errors = getattr(context.get("form"), "errors", None)
    return f"{gettext('Error')}: " if errors else ""


@register.simple_tag
def message_alert(message: Message) -> SafeString:
    """One message to the user as an alert that stays; only text, or HTML that its writer vouches for."""
    variant = {"debug": "information", "info": "information"}.get(message.level_tag, message.level_tag)
    words = {"information": _("Information"), "success": _("Success"), "warning": _("Warning"), "error": _("Error")}
    carrier = "html" if isinstance(message.message, SafeString) else "text"
    return render_component("alert", {"variant": variant, "variantText": words[variant], carrier: message.message})


@register.simple_tag(takes_context=True)
def session_clock(context: Context) -> SessionClock | None:
    """When this session ends, if anyone is signed in."""
    request = context.get("request")
    return clock_of(request) if isinstance(request, HttpRequest) else None


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """The languages that the page may be changed to."""
    request = context.get("request")
    return other_languages(request) if isinstance(request, HttpRequest) else []


@register.simple_tag(takes_context=True)
def content_language(context: Context) -> str:
    """The language of the content where it differs from that of the frame."""
    request = context.get("request")
    return main_language(request) if isinstance(request, HttpRequest) else ""


@register.simple_tag
def field(bound: BoundField, *, size: str = "", heading: bool = False, hide_label: bool = False) -> SafeString:
    """One field of a form: label, hint, error and control. `heading` makes its label the heading of the page."""
    return draw_field(bound, Wish(size=size, heading=heading, hide_label=hide_label))


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """All fields of a form in their order, save those that a choice reveals, which stand inside that choice."""
    revealed = {name for bound in form for names in look_of(bound.field).reveals.values() for name in names}
    once = drawn_key() if isinstance(form, GovForm) and form.counts_once else ""
    return mark_safe(once + "".join(draw_field(bound) for bound in form if bound.name not in revealed))  # noqa: S308


@register.simple_tag
def counts_once() -> SafeString:
    """What lets a form count once however often it is sent, where its fields are drawn one by one."""
    return drawn_key()


@register.simple_tag
def errors(*given: "BaseForm | BaseFormSet[Any] | list[BaseForm]") -> SafeString:
    """What is wrong with the forms, each error a link to its field; and what someone else changed meanwhile."""
    forms = [form for one in given for form in (one if isinstance(one, list) else [one])]
    changed = [form.meanwhile for form in forms if isinstance(form, GovForm) and form.meanwhile]
    parts = [draw_errors(*forms)]
    parts += [render_to_string("ui/parts/changed_meanwhile.html", {"meanwhile": meanwhile}) for meanwhile in changed]
    return mark_safe("".join(parts))  # noqa: S308 - drawn by the components and a template


@register.simple_tag
def page_links(page: "Page[Any]") -> SafeString:
    """The foot of a list: which rows these are, and links to the pages before and after."""
    return render_component("page-links", page.foot)


@register.inclusion_tag("ui/parts/table_head.html")
def table_head(sorting: Sorting) -> dict[str, list[Heading]]:
    """The head of a table whose columns can be ordered by links."""
    return {"headings": sorting.headings}
