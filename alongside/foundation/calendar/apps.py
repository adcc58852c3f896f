from django.apps import AppConfig


class FoundationCalendarConfig(AppConfig):
    name = "alongside.foundation.calendar"
    label = "foundation_calendar"
    verbose_name = "Calendar"
