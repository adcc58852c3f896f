from django.apps import AppConfig


class SafetyAdvocacyConfig(AppConfig):
    name = "alongside.safety.advocacy"
    label = "safety_advocacy"
    verbose_name = "Advocacy"

    def ready(self) -> None:
        from alongside.foundation.audit.erasure import register_sweeper
        from alongside.foundation.jobs.outbox import listen
        from alongside.safety.advocacy import menus, retention, tasks, wall

        wall.register()
        menus.register_all()
        register_sweeper(retention.sweep)
        listen("family.member.named", name="advocacy.compare_name", to=tasks.member_named)
