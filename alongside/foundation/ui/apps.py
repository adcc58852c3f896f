from django.apps import AppConfig


class FoundationUiConfig(AppConfig):
    name = "alongside.foundation.ui"
    label = "foundation_ui"
    verbose_name = "The look"
