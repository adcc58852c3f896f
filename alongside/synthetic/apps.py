from django.apps import AppConfig


class SyntheticConfig(AppConfig):
    name = "alongside.synthetic"
    label = "synthetic"
    verbose_name = "Synthetic"
