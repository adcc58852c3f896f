from django.apps import AppConfig


class SafetyFlagsConfig(AppConfig):
    name = "alongside.safety.flags"
    label = "safety_flags"
    verbose_name = "Flags"
