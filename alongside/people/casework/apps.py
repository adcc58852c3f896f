from django.apps import AppConfig


class PeopleCaseworkConfig(AppConfig):
    name = "alongside.people.casework"
    label = "people_casework"
    verbose_name = "Casework"
