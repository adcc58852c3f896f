from django.apps import AppConfig


class InvolvementSuitabilityConfig(AppConfig):
    name = "alongside.involvement.suitability"
    label = "involvement_suitability"
    verbose_name = "Suitability"
