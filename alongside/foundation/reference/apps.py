from django.apps import AppConfig


class FoundationReferenceConfig(AppConfig):
    name = "alongside.foundation.reference"
    label = "foundation_reference"
    verbose_name = "Reference"
