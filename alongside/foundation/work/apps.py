from django.apps import AppConfig


class FoundationWorkConfig(AppConfig):
    name = "alongside.foundation.work"
    label = "foundation_work"
    verbose_name = "Work"
