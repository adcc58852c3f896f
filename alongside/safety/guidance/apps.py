from django.apps import AppConfig


class SafetyGuidanceConfig(AppConfig):
    name = "alongside.safety.guidance"
    label = "safety_guidance"
    verbose_name = "Guidance"

    def ready(self) -> None:
        from alongside.foundation.access.holding import holding_of
        from alongside.foundation.access.rights import Right
        from alongside.foundation.ui.navigation import Menu, NavigationItem, register
        from alongside.people.casework.registry import Task, register_task

        register(
            Menu.FOOTER,
            NavigationItem(
                "Guidance",
                "guidance:library",
                order=5,
                visible=lambda request: bool(holding_of(getattr(request, "user", None)).roles),
            ),
        )
        register_task(
            Task(
                "Guidance on abuse",
                "What to keep to where there may be domestic abuse, and how many of your team have yet to read it.",
                "See who has read it, as counts",
                "guidance:library",
                Right.APPROVE,
                order=24,
            )
        )
