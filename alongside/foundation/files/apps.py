from django.apps import AppConfig


class FoundationFilesConfig(AppConfig):
    name = "alongside.foundation.files"
    label = "foundation_files"
    verbose_name = "Files"
