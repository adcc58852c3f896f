from django.apps import AppConfig


class SafetyOrdersConfig(AppConfig):
    name = "alongside.safety.orders"
    label = "safety_orders"
    verbose_name = "Orders"

    def ready(self) -> None:
        from alongside.safety.orders.menus import register_all

        register_all()
