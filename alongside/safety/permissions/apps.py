from django.apps import AppConfig


class SafetyPermissionsConfig(AppConfig):
    name = "alongside.safety.permissions"
    label = "safety_permissions"
    verbose_name = "Permissions"
