from django.apps import AppConfig


class PeopleMapsConfig(AppConfig):
    name = "alongside.people.maps"
    label = "people_maps"
    verbose_name = "Family maps"
