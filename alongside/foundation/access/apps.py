from django.apps import AppConfig


class FoundationAccessConfig(AppConfig):
    name = "alongside.foundation.access"
    label = "foundation_access"
    verbose_name = "Access"
