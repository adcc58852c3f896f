from django.apps import AppConfig


class SafetyAdvocacyConfig(AppConfig):
    name = "alongside.safety.advocacy"
    label = "safety_advocacy"
    verbose_name = "Advocacy"
