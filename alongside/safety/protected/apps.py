from django.apps import AppConfig


class SafetyProtectedConfig(AppConfig):
    name = "alongside.safety.protected"
    label = "safety_protected"
    verbose_name = "Protected"
