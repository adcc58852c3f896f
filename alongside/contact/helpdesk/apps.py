from django.apps import AppConfig


class ContactHelpdeskConfig(AppConfig):
    name = "alongside.contact.helpdesk"
    label = "contact_helpdesk"
    verbose_name = "Helpdesk"
