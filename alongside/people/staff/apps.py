from django.apps import AppConfig


class PeopleStaffConfig(AppConfig):
    name = "alongside.people.staff"
    label = "people_staff"
    verbose_name = "Staff"
