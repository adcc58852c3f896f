"""The form for bringing a file."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.accounts.invented import BringingForm
from alongside.foundation.ui.forms import FileField
from alongside.people.arrivals.actions import LARGEST_FILE

KINDS = ("csv", "txt", "tsv", "xlsx", "xlsm")


class UploadForm(BringingForm):
    """A caseload file."""

    file = FileField(
        label=_("Caseload file"),
        help_text=_("CSV or XLSX, up to 500,000 rows"),
        kinds=KINDS,
        max_bytes=LARGEST_FILE,
        error_messages={
            "required": _("Choose a caseload file"),
            "empty": _("The selected file is empty. Export the caseload again"),
        },
    )
