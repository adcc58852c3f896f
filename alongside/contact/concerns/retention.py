"""What goes by itself: things told that were never placed with a case. No case takes them along."""

from datetime import date

from alongside.contact.concerns.models import Concern
from alongside.foundation.audit.erasure import erase_without_case, months_before
from alongside.foundation.audit.models import RetentionRule

RULE = "told_without_case"


def erase_what_was_never_placed(*, on: date) -> int:
    """Erase what was decided and stands with no case, once its time is over; answers how much that was.

    What nobody has decided stays, however old: it waits to be read.
    """
    rule = RetentionRule.objects.get(code=RULE)
    over = Concern.objects.filter(person=None, decided_at__date__lte=months_before(on, rule.months))
    return erase_without_case(rule, over.values_list("pk", flat=True))
