from django.apps import AppConfig


class FoundationWorkConfig(AppConfig):
    name = "alongside.foundation.work"
    label = "foundation_work"
    verbose_name = "Work"

    def ready(self) -> None:
        from alongside.foundation.audit.rectification import register_rectifiable
        from alongside.foundation.work.models import TimelineEntry

        register_rectifiable(TimelineEntry)
