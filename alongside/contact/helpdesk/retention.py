"""What goes by itself: words of the desk, which belong to no case. The questions stay as codes."""

from datetime import date

from alongside.contact.helpdesk.actions import ANSWER_BACK, DECIDE, HANDED_ON, WORDING
from alongside.contact.helpdesk.models import Conflict, HandedOn
from alongside.foundation.audit.erasure import erase_without_case, months_before
from alongside.foundation.audit.models import RetentionRule
from alongside.foundation.work.actions import close_to_do

RULE = "desk_without_case"


def erase_old_words(*, on: date) -> int:
    """Erase questions that were handed on and advice that did not agree, once their time is over; answers how many.

    After that long nobody rings back and nobody decides, so what is unsettled goes as well, with its to-do.
    """
    rule = RetentionRule.objects.get(code=RULE)
    before = months_before(on, rule.months)
    over = {
        *HandedOn.objects.filter(enquiry__at__date__lte=before).values_list("pk", flat=True),
        *Conflict.objects.filter(flagged_at__date__lte=before).values_list("pk", flat=True),
    }
    for one in over:
        for kind in (HANDED_ON, DECIDE, ANSWER_BACK, WORDING):
            close_to_do(by=None, case_id=None, kind=kind, subject_id=one)
    return erase_without_case(rule, over)
