from django.apps import AppConfig


class InvolvementAgreementsConfig(AppConfig):
    name = "alongside.involvement.agreements"
    label = "involvement_agreements"
    verbose_name = "Agreements"
