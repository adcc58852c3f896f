"""What goes by itself: what was shared in danger, or refused at the desk, without a case to go with."""

from datetime import date

from alongside.foundation.audit.erasure import erase_without_case, months_before
from alongside.foundation.audit.models import Event, RetentionRule
from alongside.foundation.audit.rules import NIL

RULE = "danger_without_case"
BEGUN_BY = ("protected.danger.shared", "protected.request.refused")


def erase_what_has_no_case(*, on: date) -> int:
    """Empty what was shared or refused without a case, once its time is over; answers how much that was.

    The rows stand behind the wall, where nobody may look through all of them: the trail knows their ids.
    """
    rule = RetentionRule.objects.get(code=RULE)
    over = Event.objects.filter(chain=NIL, name__in=BEGUN_BY, at__date__lte=months_before(on, rule.months))
    return erase_without_case(rule, [one for one in over.values_list("subject", flat=True) if one is not None])
