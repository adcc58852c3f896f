from django.apps import AppConfig


class SafetyFlagsConfig(AppConfig):
    name = "alongside.safety.flags"
    label = "safety_flags"
    verbose_name = "Flags"

    def ready(self) -> None:
        from alongside.safety.flags import menus

        menus.register_all()
