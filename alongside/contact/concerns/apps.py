from django.apps import AppConfig


class ContactConcernsConfig(AppConfig):
    name = "alongside.contact.concerns"
    label = "contact_concerns"
    verbose_name = "Concerns"
