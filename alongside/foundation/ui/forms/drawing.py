"""From a bound field to the component that draws it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.foundation.ui.components import render_component
from alongside.foundation.ui.forms.dates import DateParts, DatePartsWidget
from alongside.foundation.ui.forms.look import Look, look_of
from alongside.foundation.ui.forms.meanwhile import seen_marks

Params = dict[str, Any]
LONG_ENOUGH_TO_COUNT = 120


@dataclass(frozen=True)
class Wish:
    """What a template asks of one drawing: a larger label, the label as the page's heading, or a hidden label."""

    size: str = ""
    heading: bool = False
    hide_label: bool = False


def label_text(bound: BoundField) -> str:
    """The label; what need not be answered says so."""
    label = str(bound.label)
    plain = bound.field.required or bound.is_hidden or look_of(bound.field).needed
    return label if plain else _("%(label)s (optional)") % {"label": label}


def label_params(bound: BoundField, wish: Wish, *, kind: str) -> Params:
    """The label or legend: `kind` is the class's stem, govuk-label or govuk-fieldset__legend."""
    size = wish.size or ("l" if wish.heading else "s")
    names = "govuk-visually-hidden" if wish.hide_label else f"{kind}--{size}"
    return {"text": label_text(bound), "classes": names, "isPageHeading": wish.heading}


def common_params(bound: BoundField) -> Params:
    """The name, the hint and the first error, in the words of the page's language."""
    params: Params = {"name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {"text": bound.errors[0], "visuallyHiddenText": _("Error")}
    return params


def single_params(bound: BoundField, wish: Wish) -> Params:
    """What every component with one control and a label has."""
    return common_params(bound) | {"id": bound.auto_id, "label": label_params(bound, wish, kind="govuk-label")}


def group_params(bound: BoundField, wish: Wish) -> Params:
    """What every component with several controls in a fieldset has."""
    legend = label_params(bound, wish, kind="govuk-fieldset__legend")
    return common_params(bound) | {"fieldset": {"legend": legend}}


def draw_input(bound: BoundField, wish: Wish) -> SafeString:
    look, widget = look_of(bound.field), bound.field.widget
    kind = getattr(widget, "input_type", "text")
    params = single_params(bound, wish) | {
        "type": kind,
        "value": shown(bound),
        "classes": str(look.width),
        "attributes": {name: str(value) for name, value in widget.attrs.items() if name.startswith(("data-", "aria-"))},
    }
    optional = {"inputmode": look.inputmode, "autocomplete": look.autocomplete or widget.attrs.get("autocomplete", "")}
    params |= {name: value for name, value in optional.items() if value}
    if look.spellcheck is not None:
        params["spellcheck"] = look.spellcheck
    for place in ("prefix", "suffix"):
        if words := getattr(look, place):
            params[place] = {"text": words}
    return render_component("input", params)


def draw_password(bound: BoundField, wish: Wish) -> SafeString:
    look = look_of(bound.field)
    params = single_params(bound, wish) | {
        "autocomplete": look.autocomplete or "current-password",
        "classes": str(look.width),
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
    }
    return render_component("password-input", params)


def draw_textarea(bound: BoundField, wish: Wish) -> SafeString:
    limit = getattr(bound.field, "max_length", None)
    params = single_params(bound, wish) | {"value": shown(bound), "rows": look_of(bound.field).rows}
    if limit and limit >= LONG_ENOUGH_TO_COUNT:
        count = {
            "maxlength": limit,
            "threshold": 75,
            "textareaDescriptionText": _("You can enter up to %{count} characters"),
        }
        return render_component("character-count", params | count)
    return render_component("textarea", params)


def draw_select(bound: BoundField, wish: Wish) -> SafeString:
    chosen = str(shown(bound))
    if any(isinstance(label, (list, tuple)) for _value, label in bound.field.widget.choices):
        return draw_grouped_select(bound, wish, chosen=chosen)
    choices = list(flat_choices(bound))
    if all(value for value, _label in choices):
        choices.insert(0, ("", _("Choose")))
    items = [
        {"value": value, "text": label if value else label.strip("-") or _("Choose"), "selected": value == chosen}
        for value, label in choices
    ]
    return render_component(
        "select", single_params(bound, wish) | {"items": items, "classes": str(look_of(bound.field).width)}
    )


def draw_grouped_select(bound: BoundField, wish: Wish, *, chosen: str) -> SafeString:
    """A select whose choices stand under headings; choices that stand under none come first."""
    loose, groups = [], []
    for value, label in bound.field.widget.choices:
        inner = label if isinstance(label, (list, tuple)) else [(value, label)]
        items = [{"value": str(v), "text": str(words), "selected": str(v) == chosen} for v, words in inner if v]
        if isinstance(label, (list, tuple)):
            groups.append({"label": str(value), "items": items})
        else:
            loose += items
    if loose:
        groups.insert(0, {"label": _("Most used"), "items": loose})
    params = single_params(bound, wish) | {
        "groups": groups,
        "first": _("Choose"),
        "classes": str(look_of(bound.field).width),
    }
    return render_component("grouped-select", params)


def draw_radios(bound: BoundField, wish: Wish) -> SafeString:
    look = look_of(bound.field)
    chosen = {str(shown(bound))}
    return render_component(
        "radios",
        group_params(bound, wish)
        | {
            "idPrefix": bound.auto_id,
            "classes": " ".join(["govuk-radios--inline"] * look.inline + ["govuk-radios--small"] * look.small),
            "items": choice_items(bound, look, chosen=chosen),
        },
    )


def draw_checkboxes(bound: BoundField, wish: Wish) -> SafeString:
    look = look_of(bound.field)
    given = bound.value() or []
    chosen = {str(value) for value in (given if isinstance(given, (list, tuple, set)) else [given])}
    return render_component(
        "checkboxes",
        group_params(bound, wish)
        | {
            "idPrefix": bound.auto_id,
            "classes": "govuk-checkboxes--small" if look.small else "",
            "items": choice_items(bound, look, chosen=chosen),
        },
    )


def draw_confirm(bound: BoundField, wish: Wish) -> SafeString:
    """One box: its own label says what is agreed to, so there is no legend and no "optional"."""
    params = common_params(bound)
    item: Params = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
    if "hint" in params:
        item["hint"] = params.pop("hint")
    return render_component("checkboxes", params | {"idPrefix": bound.auto_id, "items": [item]})


def draw_date(bound: BoundField, wish: Wish) -> SafeString:
    value = bound.value()
    parts = value if isinstance(value, DateParts) else DateParts()
    faulty = faulty_boxes(bound)
    words = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    birthday = look_of(bound.field).autocomplete == "bday"
    items = [
        {
            "name": part,
            "id": f"{bound.auto_id}-{part}",
            "label": words[part],
            "value": getattr(parts, part),
            "classes": f"govuk-input--width-{2 if part == 'day' else 4}"
            + (" govuk-input--error" if part in faulty else ""),
            "autocomplete": f"bday-{part}" if birthday else None,
            "inputmode": "text" if part == "month" else "numeric",
        }
        for part in DateParts._fields
    ]
    return render_component(
        "date-input", group_params(bound, wish) | {"id": bound.auto_id, "namePrefix": bound.html_name, "items": items}
    )


def draw_file(bound: BoundField, wish: Wish) -> SafeString:
    kinds = getattr(bound.field, "kinds", ())
    attributes = {"accept": ",".join(f".{kind}" for kind in kinds)} if kinds else {}
    return render_component("file-upload", single_params(bound, wish) | {"attributes": attributes})


def draw_hidden(bound: BoundField, wish: Wish) -> SafeString:
    """The hidden control; the version brings along the marks of what its editor saw."""
    html = bound.as_hidden()
    return mark_safe(f"{html}{seen_marks(bound.form)}" if bound.name == "version" else html)  # noqa: S308 - Django escapes


DRAWINGS: list[tuple[type[forms.Widget], Callable[[BoundField, Wish], SafeString]]] = [
    (forms.HiddenInput, draw_hidden),
    (DatePartsWidget, draw_date),
    (forms.CheckboxSelectMultiple, draw_checkboxes),
    (forms.RadioSelect, draw_radios),
    (forms.CheckboxInput, draw_confirm),
    (forms.Select, draw_select),
    (forms.Textarea, draw_textarea),
    (forms.FileInput, draw_file),
    (forms.PasswordInput, draw_password),
    (Input, draw_input),
]


def draw_field(bound: BoundField, wish: Wish | None = None) -> SafeString:
    """The field as its component. Raises LookupError for a widget that no component draws."""
    for kind, draw in DRAWINGS:
        if isinstance(bound.field.widget, kind):
            return draw(bound, wish or Wish())
    raise LookupError(f"No component draws {type(bound.field.widget).__name__}, the widget of {bound.name}.")


def shown(bound: BoundField) -> Any:
    """The value as the control shows it: what was typed, or the field's own; nothing rather than None."""
    value = bound.value()
    return "" if value is None else value


def flat_choices(bound: BoundField) -> Iterable[tuple[str, str]]:
    """Values and labels, with groups taken apart."""
    for value, label in bound.field.widget.choices:
        if isinstance(label, (list, tuple)):
            yield from ((str(inner), str(words)) for inner, words in label)
        else:
            yield ("" if value is None else str(value)), str(label)


def choice_items(bound: BoundField, look: Look, *, chosen: set[str]) -> list[Params]:
    """The choices, with their hints and with the fields that a choice reveals."""
    items = []
    for value, label in flat_choices(bound):
        if not value:
            continue
        item: Params = {"value": value, "text": label, "checked": value in chosen}
        if value in look.item_hints:
            item["hint"] = {"text": str(look.item_hints[value])}
        if value in look.reveals:
            inner = "".join(draw_field(bound.form[name]) for name in look.reveals[value])
            item["conditional"] = {"html": mark_safe(inner)}  # noqa: S308 - drawn by the components
        items.append(item)
    return items


def faulty_boxes(bound: BoundField) -> tuple[str, ...]:
    """The boxes of a date that are at fault; all of them where the error does not say."""
    errors = bound.form.errors.as_data().get(bound.name, []) if bound.form.is_bound else []
    if not errors:
        return ()
    boxes: tuple[str, ...] = (errors[0].params or {}).get("boxes", DateParts._fields)
    return boxes


def error_target(bound: BoundField) -> str:
    """The id that a link to this field's error leads to: the control itself, or the first box at fault."""
    if isinstance(bound.field.widget, DatePartsWidget):
        return f"{bound.auto_id}-{(faulty_boxes(bound) or DateParts._fields)[0]}"
    return str(bound.auto_id)


def draw_errors(*given: "forms.BaseForm | forms.BaseFormSet[Any]") -> SafeString:
    """The summary of all errors of the forms and formsets, each a link to its field; empty where there are none."""
    errors: list[Params] = []
    for form in given:
        if isinstance(form, forms.BaseFormSet):
            errors += [{"text": error} for error in (form.non_form_errors() if form.is_bound else [])]
            errors += [error for inner in form.forms for error in form_errors(inner)]
        else:
            errors += form_errors(form)
    if not errors:
        return SafeString()
    return render_component("error-summary", {"titleText": _("There is a problem"), "errorList": errors})


def form_errors(form: forms.BaseForm) -> list[Params]:
    """The errors of one form: of the whole form first, then in the order of its fields; hidden ones lead nowhere."""
    if not form.is_bound:
        return []
    errors: list[Params] = [{"text": error} for error in form.non_field_errors()]
    for bound in form:
        target = {} if bound.is_hidden else {"href": f"#{error_target(bound)}"}
        errors += [{"text": error} | target for error in bound.errors]
    return errors
