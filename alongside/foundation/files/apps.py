from django.apps import AppConfig


class FoundationFilesConfig(AppConfig):
    name = "alongside.foundation.files"
    label = "foundation_files"
    verbose_name = "Files"

    def ready(self) -> None:
        from alongside.foundation.audit.erasure import register_sweeper
        from alongside.foundation.files.actions import sweep_bytes

        register_sweeper(sweep_bytes)
