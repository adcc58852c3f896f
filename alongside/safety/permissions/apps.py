from django.apps import AppConfig


class SafetyPermissionsConfig(AppConfig):
    name = "alongside.safety.permissions"
    label = "safety_permissions"
    verbose_name = "Permissions"

    def ready(self) -> None:
        from alongside.foundation.delivery.gates import register_gate
        from alongside.safety.permissions.gate import why_not_to_family

        register_gate("permissions", why_not_to_family)
