from django.apps import AppConfig
from django.http import HttpRequest


class PeopleStaffConfig(AppConfig):
    name = "alongside.people.staff"
    label = "people_staff"
    verbose_name = "Staff"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from alongside.foundation.access.holding import holding_of, register_finder
        from alongside.foundation.access.rights import Right
        from alongside.foundation.accounts.registry import register_account_managers
        from alongside.foundation.ui.navigation import Menu, NavigationItem, register
        from alongside.people.staff.queries import holding_for

        def manages_staff(request: HttpRequest) -> bool:
            return holding_of(request.user).may(Right.MANAGE_STAFF)

        register_finder(holding_for)
        register_account_managers(lambda user: holding_of(user).may(Right.MANAGE_STAFF))
        register(Menu.PRIMARY, NavigationItem(_("Staff"), "staff:members", order=50, visible=manages_staff))
