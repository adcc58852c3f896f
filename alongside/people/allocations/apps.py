from django.apps import AppConfig


class PeopleAllocationsConfig(AppConfig):
    name = "alongside.people.allocations"
    label = "people_allocations"
    verbose_name = "Allocations"

    def ready(self) -> None:
        from alongside.people.allocations.wall import register

        register()
