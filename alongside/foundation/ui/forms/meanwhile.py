"""Two people edit one row: the second sees what the first changed beside what they typed, and loses nothing.

Beside the row's version, a form carries a mark of each value that its editor saw. With them, a field that this editor
left alone can be told from one that both changed.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alongside.foundation.ui.forms.dates import DateParts

if TYPE_CHECKING:
    from django.http import QueryDict

    from alongside.foundation.ui.forms.base import GovForm

MARKS_SUFFIX = "-seen"
LONGEST_MARKS = 20_000


@dataclass(frozen=True)
class Difference:
    """One field, as the other person saved it and as this editor typed it, in words."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class Meanwhile:
    """What someone else changed. `both` was changed by both and needs a decision; `taken` only by them."""

    by: str
    both: list[Difference]
    taken: list[Difference]


def mark(value: Any) -> str:
    """A short mark by which two values of a field can be told apart, without carrying the value."""
    return hashlib.sha256(plain(value).encode()).hexdigest()[:16]


def plain(value: Any) -> str:
    """A value as one text; nothing, an empty text and an empty list are the same."""
    if value in (None, "", [], ()):
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Iterable):
        return json.dumps(sorted(plain(inner) for inner in value))
    return str(value)


def marks_name(form: forms.BaseForm) -> str:
    """The name under which the marks travel."""
    return form.add_prefix("version") + MARKS_SUFFIX


def seen_marks(form: forms.BaseForm) -> SafeString:
    """The hidden control with a mark for each visible field, as first shown to this editor."""
    if form.is_bound:
        value = str(form.data.get(marks_name(form), ""))[:LONGEST_MARKS]
    else:
        value = json.dumps({bound.name: mark(bound.initial) for bound in form.visible_fields()})
    return format_html('<input type="hidden" name="{}" value="{}">', marks_name(form), value)


def read_marks(form: forms.BaseForm) -> dict[str, str]:
    """The marks that came back; none where they were altered beyond reading, so that nothing is taken silently."""
    try:
        marks = json.loads(str(form.data.get(marks_name(form), ""))[:LONGEST_MARKS])
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in marks.items()} if isinstance(marks, dict) else {}


def take_meanwhile(form: "GovForm", current: dict[str, Any], *, by: str) -> None:
    """Puts the other person's values beside this editor's, as `GovForm.changed_meanwhile` promises."""
    seen, data = read_marks(form), cast("QueryDict", form.data).copy()
    both, taken = [], []
    marks_now = {}
    for bound in form.visible_fields():
        if bound.name not in current:
            continue
        theirs, yours = current[bound.name], form.cleaned_data.get(bound.name)
        marks_now[bound.name] = mark(theirs)
        if mark(theirs) == mark(yours):
            continue
        difference = Difference(label=str(bound.label), theirs=in_words(bound, theirs), yours=in_words(bound, yours))
        if seen.get(bound.name) == mark(yours):
            taken.append(difference)
            put(data, bound, theirs)
        elif seen.get(bound.name) != mark(theirs):
            both.append(difference)
    data[form.add_prefix("version")] = str(current["version"])
    data[marks_name(form)] = json.dumps(marks_now)
    form.data = data
    form.meanwhile = Meanwhile(by=by, both=both, taken=taken)


def put(data: Any, bound: BoundField, value: Any) -> None:
    """Sets the value of a field in `data` as a browser would have sent it."""
    prepared = bound.field.prepare_value(value)
    if isinstance(prepared, DateParts):
        for part, text in prepared._asdict().items():
            data[f"{bound.html_name}-{part}"] = text
    elif isinstance(bound.field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)):
        data.setlist(bound.html_name, [str(inner) for inner in prepared or []])
    elif isinstance(bound.field, forms.BooleanField) and not value:
        data.pop(bound.html_name, None)
    else:
        data[bound.html_name] = "" if prepared is None else str(prepared)


def in_words(bound: BoundField, value: Any) -> str:
    """A value as people read it: the words of a choice, a date written out, and "nothing" for an empty one."""
    if plain(value) == "":
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return formats.date_format(value, "j F Y")
    choices = {str(code): str(words) for code, words in getattr(bound.field, "choices", [])}
    if isinstance(value, (list, tuple, set)):
        return ", ".join(choices.get(str(inner), str(inner)) for inner in value)
    if isinstance(value, Model):
        return choices.get(str(value.pk), str(value.pk))
    return choices.get(str(value), str(value))
