from django.apps import AppConfig


class SafetyAccessRequestsConfig(AppConfig):
    name = "alongside.safety.access_requests"
    label = "safety_access_requests"
    verbose_name = "Access requests"

    def ready(self) -> None:
        from alongside.safety.access_requests import menus, wall

        wall.register()
        menus.register_all()
