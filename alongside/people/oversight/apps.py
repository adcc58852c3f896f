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
