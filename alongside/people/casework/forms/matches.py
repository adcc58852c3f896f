"""The form that decides on a possible match."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.forms import GovForm, LongTextField, Look, RadiosField, VersionField
from alongside.people.families.models import MatchState


class DecideForm(GovForm):
    """Whether a family member is the person under supervision, and why."""

    state = RadiosField(
        label=_("Are they the same person?"),
        choices=[(MatchState.CONFIRMED, _("Yes, the same person")), (MatchState.DISMISSED, _("No, someone else"))],
    )
    reason = LongTextField(label=_("How do you know?"), called=_("how you know"), max_length=500, look=Look(rows=3))
    version = VersionField()
