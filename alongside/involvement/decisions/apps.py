from django.apps import AppConfig


class InvolvementDecisionsConfig(AppConfig):
    name = "alongside.involvement.decisions"
    label = "involvement_decisions"
    verbose_name = "Decisions"
