from django.apps import AppConfig


class PeopleArrivalsConfig(AppConfig):
    name = "alongside.people.arrivals"
    label = "people_arrivals"
    verbose_name = "Arrivals"

    def ready(self) -> None:
        from alongside.people.arrivals.menus import register_menus

        register_menus()
