from django.apps import AppConfig


class InvolvementGoalsConfig(AppConfig):
    name = "alongside.involvement.goals"
    label = "involvement_goals"
    verbose_name = "Goals"
