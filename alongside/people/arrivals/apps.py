from django.apps import AppConfig


class PeopleArrivalsConfig(AppConfig):
    name = "alongside.people.arrivals"
    label = "people_arrivals"
    verbose_name = "Arrivals"
