from django.apps import AppConfig


class PeopleCaseworkConfig(AppConfig):
    name = "alongside.people.casework"
    label = "people_casework"
    verbose_name = "Casework"

    def ready(self) -> None:
        from alongside.people.casework import menus

        menus.register_all()
