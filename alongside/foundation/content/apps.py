from django.apps import AppConfig


class FoundationContentConfig(AppConfig):
    name = "alongside.foundation.content"
    label = "foundation_content"
    verbose_name = "Content"
