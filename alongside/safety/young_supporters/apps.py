from django.apps import AppConfig


class SafetyYoungSupportersConfig(AppConfig):
    name = "alongside.safety.young_supporters"
    label = "safety_young_supporters"
    verbose_name = "Young supporters"
