from django.apps import AppConfig


class FoundationDocumentsConfig(AppConfig):
    name = "alongside.foundation.documents"
    label = "foundation_documents"
    verbose_name = "Documents"
