from django.apps import AppConfig


class FoundationRecordsConfig(AppConfig):
    name = "alongside.foundation.records"
    label = "foundation_records"
    verbose_name = "Records"
