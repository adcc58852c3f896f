from django.apps import AppConfig


class SafetyYoungSupportersConfig(AppConfig):
    name = "alongside.safety.young_supporters"
    label = "safety_young_supporters"
    verbose_name = "Young supporters"

    def ready(self) -> None:
        from alongside.foundation.work.decided import on_decided
        from alongside.safety.young_supporters.actions import APPROVAL, exception_decided
        from alongside.safety.young_supporters.menus import register_all

        on_decided(APPROVAL, exception_decided)
        register_all()
