from django.apps import AppConfig


class FoundationAuditConfig(AppConfig):
    name = "alongside.foundation.audit"
    label = "foundation_audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        from alongside.foundation.audit.receivers import connect

        connect()
