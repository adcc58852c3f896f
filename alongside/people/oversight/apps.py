from django.apps import AppConfig


class PeopleOversightConfig(AppConfig):
    name = "alongside.people.oversight"
    label = "people_oversight"
    verbose_name = "Oversight"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from alongside.foundation.access.holding import holding_of
        from alongside.foundation.access.rights import Right
        from alongside.foundation.ui.navigation import Menu, NavigationItem, register
        from alongside.people.casework.registry import Task, register_task

        register(
            Menu.PRIMARY,
            NavigationItem(
                _("Trails"),
                "oversight:trails",
                order=60,
                visible=lambda request: holding_of(request.user).may(Right.READ_TRAIL),
            ),
        )
        register(
            Menu.PRIMARY,
            NavigationItem(
                _("Retention"),
                "oversight:retention",
                order=61,
                visible=lambda request: holding_of(request.user).may(Right.ERASE),
            ),
        )
        for task in (
            Task(
                _("Trails"),
                _("Who wrote, who looked and who was refused: of a case, or of a member of staff."),
                _("Read a trail"),
                "oversight:trails",
                Right.READ_TRAIL,
                order=6,
            ),
            Task(
                _("Retention"),
                _("What is due for erasure, what is on hold, and how long each thing is kept. Nothing goes by itself."),
                _("See what is due"),
                "oversight:retention",
                Right.ERASE,
                order=7,
            ),
            Task(
                _("Corrections"),
                _("Put right what someone says is wrong about them."),
                _("Correct a record"),
                "oversight:correct",
                Right.RECTIFY,
                order=8,
            ),
        ):
            register_task(task)
