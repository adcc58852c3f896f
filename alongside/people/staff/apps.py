from django.apps import AppConfig


class PeopleStaffConfig(AppConfig):
    name = "alongside.people.staff"
    label = "people_staff"
    verbose_name = "Staff"

    def ready(self) -> None:
        from alongside.foundation.access.holding import register_finder
        from alongside.people.staff.queries import holding_for

        register_finder(holding_for)
