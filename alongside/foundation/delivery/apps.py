from django.apps import AppConfig


class FoundationDeliveryConfig(AppConfig):
    name = "alongside.foundation.delivery"
    label = "foundation_delivery"
    verbose_name = "Delivery"
