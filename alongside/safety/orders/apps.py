from django.apps import AppConfig


class SafetyOrdersConfig(AppConfig):
    name = "alongside.safety.orders"
    label = "safety_orders"
    verbose_name = "Orders"
