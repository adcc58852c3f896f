from django.apps import AppConfig


class ContactMessagesConfig(AppConfig):
    name = "alongside.contact.messages"
    label = "contact_messages"
    verbose_name = "Messages"
