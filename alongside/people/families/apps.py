from django.apps import AppConfig


class PeopleFamiliesConfig(AppConfig):
    name = "alongside.people.families"
    label = "people_families"
    verbose_name = "Families"
