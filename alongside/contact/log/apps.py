from django.apps import AppConfig


class ContactLogConfig(AppConfig):
    name = "alongside.contact.log"
    label = "contact_log"
    verbose_name = "Log"
