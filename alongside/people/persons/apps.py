from django.apps import AppConfig


class PeoplePersonsConfig(AppConfig):
    name = "alongside.people.persons"
    label = "people_persons"
    verbose_name = "Persons"

    def ready(self) -> None:
        from alongside.foundation.accounts.registry import register_unmarked_people
        from alongside.foundation.audit.erasure import register_due
        from alongside.foundation.audit.rectification import register_follower, register_guard, register_rectifiable
        from alongside.people.persons import retention
        from alongside.people.persons.models import Circumstance, Need, Order, OtherName, Person, Requirement
        from alongside.people.persons.queries import unmarked_people

        register_due("case", retention.cases_due)
        register_guard(Person, retention.refuse_to_correct_the_source)
        register_follower(Person, retention.search_name_follows)
        register_follower(OtherName, retention.search_name_follows)
        register_unmarked_people(unmarked_people)
        register_rectifiable(Person, OtherName, Need, Circumstance, Order, Requirement)
