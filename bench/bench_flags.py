"""What stops, looked up for a caseload and for a team: constant statements, however many they are."""

from collections.abc import Iterable
from uuid import UUID

from bench.frame import Measure, Setting, benchmark, counted_queries, timed

CASELOAD, TEAM = 60, 800
ROUNDS = 20


@benchmark("What flags and checks stop, for a caseload of 60 and a team of 800")
def flag_look_ups(setting: Setting) -> Iterable[Measure]:
    """Time and statements of one look-up for every family member of so many cases."""
    from alongside.foundation.calendar.rules import today
    from alongside.people.families.models import FamilyMember
    from alongside.people.persons.models import Person
    from alongside.safety.flags.queries import flag_facts

    on = today()
    for name, cases in (("a caseload of 60", CASELOAD), ("a team of 800", TEAM)):
        people = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:cases])
        members: list[UUID] = list(FamilyMember.objects.filter(person__in=people).values_list("pk", flat=True))
        flag_facts(members[:1], on=on)

        def look_up(wanted: list[UUID] = members) -> None:
            flag_facts(wanted, on=on)

        timing = timed(look_up, rounds=ROUNDS)
        with counted_queries() as seen:
            look_up()
        yield Measure(f"{name}, {len(members)} family members, median", timing.median, "ms")
        yield Measure(f"{name}, 95th percentile", timing.p95, "ms")
        yield Measure(f"{name}, statements", len(seen), "", aim=2)
