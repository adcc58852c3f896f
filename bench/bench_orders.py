"""What orders and age stop, looked up for a caseload and for a team: constant statements, however many they are."""

from collections.abc import Iterable
from uuid import UUID

from bench.frame import Measure, Setting, benchmark, counted_queries, timed

CASELOAD, TEAM = 60, 800
ROUNDS = 20
STATEMENTS = 4


@benchmark("What orders and age stop, for a caseload of 60 and a team of 800")
def order_look_ups(setting: Setting) -> Iterable[Measure]:
    """Time and statements of one look-up for every family member of so many cases."""
    from alongside.foundation.calendar.rules import today
    from alongside.people.families.models import FamilyMember
    from alongside.people.persons.models import Person
    from alongside.safety.orders.queries import order_facts
    from alongside.safety.young_supporters.queries import young_facts

    on = today()
    for name, cases in (("a caseload of 60", CASELOAD), ("a team of 800", TEAM)):
        people = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:cases])
        members: list[UUID] = list(FamilyMember.objects.filter(person__in=people).values_list("pk", flat=True))
        for what, facts in (("orders", order_facts), ("age", young_facts)):
            facts(members[:1], on=on)
            timing = timed(lambda facts=facts, wanted=members: facts(wanted, on=on), rounds=ROUNDS)  # type: ignore[misc]
            with counted_queries() as seen:
                facts(members, on=on)
            yield Measure(f"{what}, {name}, {len(members)} family members, median", timing.median, "ms")
            yield Measure(f"{what}, {name}, 95th percentile", timing.p95, "ms")
            yield Measure(f"{what}, {name}, statements", len(seen), "", aim=STATEMENTS)
