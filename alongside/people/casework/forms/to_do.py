"""Settling something that is to be done: done, later, or handed on."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.forms import DateField, GovForm, Look, RadiosField, SelectField, TextField
from alongside.foundation.work.actions import latest_of
from alongside.foundation.work.models import ToDo
from alongside.people.casework.queries.to_dos import may_take

DONE, LATER, ON = "done", "later", "on"


class SettleForm(GovForm):
    """What happens with one to-do. What is urgent cannot be put off; what a page closes cannot be ticked off."""

    how = RadiosField(
        label=_("What happens with this?"),
        choices=(),
        error_messages={"required": _("Select what happens with this")},
        look=Look(reveals={LATER: ["until"], ON: ["colleague"]}),
    )
    until = DateField(label=_("Until when"), required=False)
    colleague = SelectField(label=_("To whom"), choices=(), required=False, look=Look(needed=True))
    reason = TextField(label=_("Why"), hint=_("Needed to put it off or hand it on"), max_length=200, required=False)

    def __init__(self, *args: Any, to_do: ToDo, colleagues: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to_do = to_do
        self.colleagues = {str(user.pk): user for user in colleagues}
        self.latest = latest_of(to_do)
        ways = [(DONE, _("It is done"))] if to_do.by_hand else []
        ways += [] if to_do.urgent or self.latest <= today() else [(LATER, _("It waits until another day"))]
        ways += [(ON, _("Someone else does it"))] if colleagues else []
        self.fields["how"].choices = self.ways = ways  # type: ignore[attr-defined]
        named = ((key, user.name) for key, user in self.colleagues.items())
        self.fields["colleague"].choices = [("", _("Select")), *named]  # type: ignore[attr-defined]

    def _too_late(self) -> str:
        said = _("It can wait until %(day)s at most. Choose an earlier day, or hand it on")
        return said % {"day": date_format(self.latest, "j F Y")}

    def clean(self) -> dict[str, Any]:
        """Putting off needs a later day and a reason; handing on someone who may take it, and a reason."""
        typed = super().clean() or self.cleaned_data
        how = typed.get("how")
        if how in (LATER, ON) and not typed.get("reason"):
            self.add_error("reason", _("Enter why"))
        if how == LATER:
            if not typed.get("until"):
                if "until" not in self.errors:
                    self.add_error("until", _("Enter until when it waits"))
            elif typed["until"] <= today():
                self.add_error("until", _("Until when must be after today"))
            elif typed["until"] > self.latest:
                self.add_error("until", self._too_late())
        if how == ON:
            colleague = self.colleagues.get(typed.get("colleague") or "")
            if colleague is None:
                self.add_error("colleague", _("Select to whom"))
            elif not may_take(colleague, self.to_do):
                self.add_error("colleague", _("They cannot take this on. Select someone else, or ask your senior"))
            typed["colleague"] = colleague
        return typed
