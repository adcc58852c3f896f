from django.apps import AppConfig


class PeoplePersonsConfig(AppConfig):
    name = "alongside.people.persons"
    label = "people_persons"
    verbose_name = "Persons"
