from django.apps import AppConfig


class FoundationJobsConfig(AppConfig):
    name = "alongside.foundation.jobs"
    label = "foundation_jobs"
    verbose_name = "Jobs"
