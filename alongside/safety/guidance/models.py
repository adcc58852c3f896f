"""That someone has read a version of a piece of guidance."""

from django.db import models

from alongside.foundation.content.models import ContentVersion
from alongside.foundation.records.classification import classed
from alongside.foundation.records.models import AppendOnly


class Acknowledgement(AppendOnly):
    """Who said, and when, that they have read a version. Once for each version; nothing here is about a case."""

    acknowledged_by = models.UUIDField()
    content_version = models.ForeignKey(ContentVersion, models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()

    classification = classed(plain="id acknowledged_by content_version acknowledged_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_version", "acknowledged_by"], name="guidance_acknowledged_once"),
        ]
