"""Why a trail may be read, and how an event's name reads in plain words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """The only purposes for which a log may be used: section 62(4) of the Data Protection Act 2018."""

    LAWFULNESS = "lawfulness", _("To check that what was done was lawful")
    MONITORING = "monitoring", _("To monitor ourselves, discipline included")
    SECURITY = "security", _("To keep the data whole and secure")
    PROCEEDINGS = "proceedings", _("For criminal proceedings")


def in_words(name: str) -> str:
    """An event's name as words: "families.contact_point.added" is "Contact point added"."""
    words = " ".join(name.split(".")[1:] or [name]).replace("_", " ")
    return words[:1].upper() + words[1:]
