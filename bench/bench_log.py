"""The log: how much typing one call takes, timeline and search over years of notes, and Today for a caseload.

`CONTACTS` says how many contacts there are in all (100,000; `CONTACTS=1000000` for the full measure), `CONTACTS_OF_ONE`
how many of them one case has: they are written into a copy of the set, and counted there as the database's own
housekeeping would. Today is measured in a transaction that is taken back.
"""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.sessions import ASSURED
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import ToDo
from alongside.people.allocations.models import Allocation
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.staff.models import Member, Post, Team
from bench.bench_pages import _busiest_officer, _signed_in, _time
from bench.copies import copy_of_the_database, pointed_at, settle
from bench.frame import Measure, Setting, Stopwatch, benchmark, counted_queries

IN_ALL = int(os.environ.get("CONTACTS", "100000"))
OF_ONE = min(int(os.environ.get("CONTACTS_OF_ONE", "20000")), IN_ALL)
CASELOAD, TEAM = 80, 800
MOST_QUERIES = 10
KEYS_A_SECOND = 3
"""How fast someone types who does not touch-type, two pauses for thought included."""

WRITE = """
    INSERT INTO contact_log_contact
           (id, version, person_id, family_member_id, party, person_present, agency, at, channel_id, direction,
            purpose_id, outcome_id, heard, shared, topics, decisions, unpermitted, by_law, thanked, efforts,
            next_step, written_by, written_by_name, written_at)
    SELECT gen_random_uuid(), 1, p.id, m.id, CASE WHEN m.id IS NULL THEN 'person' ELSE 'family' END, false, '',
           now() - n * interval '11 minutes', 'contact_channel.phone', 'from_them', 'contact_purpose.WELLBEING',
           'contact_outcome.SPOKE',
           (SELECT string_agg(w.word[1 + (n::bigint * k * 7919) %% array_length(w.word, 1)], ' ')
              FROM generate_series(1, 40) k) || ' name' || n %% %(names)s,
           '', '{}', '{}', false, false, false, '{}', '', %(by)s, 'Bench', now()
      FROM generate_series(1, %(count)s) n
      JOIN LATERAL (SELECT %(people)s::uuid[]) people(ids) ON true
      JOIN people_persons_person p ON p.id = people.ids[1 + n %% array_length(people.ids, 1)]
      LEFT JOIN LATERAL (
           SELECT id FROM people_families_familymember WHERE person_id = p.id ORDER BY id LIMIT 1) m ON n %% 3 > 0
     CROSS JOIN (SELECT %(words)s::text[]) w(word)
"""
LINES = """
    INSERT INTO foundation_work_timelineentry
           (id, "case", at, kind, title, actor, actor_name, subject, "right", family_member)
    SELECT gen_random_uuid(), person_id, at, 'log.contact.added', 'Rang about how someone is doing', written_by,
           written_by_name, id, 'SEE_CONTACTS', family_member_id
      FROM contact_log_contact WHERE person_id = %(person)s
"""
SAID = (
    "rent landlord sleep shift bus college sister kitchen court letter phone garden worried better appointment evening "
    "morning doctor tablets work boots football course children school weekend money bill electric angry quiet walked "
    "talked shouted laughed promised waited rang texted visited missed came left moved painted fixed"
)
WORDS = SAID.split()
RARE = "swansea"
NAMES = 400
"""How many words there are beside those of nearly every note: the planner judges by words only where there are many."""


@benchmark("Timeline and search over years of contacts")
def log_reads(setting: Setting) -> Iterable[Measure]:
    """One case with 20,000 contacts among a hundred thousand (or a million): its pages, and searches."""
    with copy_of_the_database(setting) as urls, pointed_at(urls):
        officer = _busiest_officer()
        case = _largest_case_of(officer)
        watch = Stopwatch()
        with transaction.atomic():
            _write_contacts(officer, case)
        settle(urls, "contact_log_contact", "foundation_work_timelineentry")
        yield Measure(f"writing {IN_ALL:,} contacts, {OF_ONE:,} of one case", watch.seconds, "s")
        contacts = reverse("log:contacts", args=[case.pk])
        member = FamilyMember.objects.filter(person=case).order_by("pk")[0]
        with _signed_in(officer) as client:
            for name, address, aim in (
                ("contacts of the case", contacts, 200),
                ("contacts of the case, far back", f"{contacts}?page=300", 200),
                ("contacts of a family member", reverse("log:member_contacts", args=[case.pk, member.pk]), 200),
                ("search in the case, a rare word", f"{contacts}?q={RARE}", 300),
                ("search in the case, a frequent word", f"{contacts}?q=rent", 300),
                ("search in the case, two words", f"{contacts}?q=landlord+bus", 300),
                ("timeline of the case", reverse("casework:timeline", args=[case.pk]), 200),
                ("search in the whole caseload, a rare word", f"{reverse('log:search')}?q={RARE}", 500),
                ("search in the whole caseload, a frequent word", f"{reverse('log:search')}?q=rent", 500),
            ):
                yield from _measured(client, name, address, aim)


@benchmark("Today for a caseload of 80, and a senior's 800")
def log_today(setting: Setting) -> Iterable[Measure]:
    """The start page with three things to do on every case, among those of the rest of the service."""
    with transaction.atomic():
        officer, senior = _give_cases()
        _give_to_dos(officer)
        for name, user in ((f"an officer's {CASELOAD} cases", officer), (f"a senior's {TEAM} cases", senior)):
            with _signed_in(user) as client:
                yield from _measured(client, f"Today, {name}", reverse("casework:today"), 500)
                yield from _measured(client, f"Today with all that is later, {name}", "/?due=all", 500)
        transaction.set_rollback(True)


def _measured(client: Client, name: str, address: str, aim: float) -> Iterable[Measure]:
    timing = _time(client, address)
    with counted_queries() as seen:
        client.get(address)
    yield Measure(f"{name}, median", timing.median, "ms", aim=aim)
    yield Measure(f"{name}, 95th percentile", timing.p95, "ms")
    yield Measure(f"{name}, statements", len(seen), "", aim=MOST_QUERIES)


def _largest_case_of(officer: User) -> Person:
    held = Allocation.objects.filter(until_date=None, member__user=officer.pk).values("person")
    return Person.objects.get(pk=FamilyMember.objects.filter(person__in=held).order_by("pk").values("person")[:1])


def _write_contacts(officer: User, case: Person) -> None:
    others = [str(pk) for pk in Person.objects.exclude(pk=case.pk).values_list("pk", flat=True)]
    with connection.cursor() as cursor:
        for people, count in (([str(case.pk)], OF_ONE), (others, IN_ALL - OF_ONE)):
            cursor.execute(WRITE, {"people": people, "count": count, "by": officer.pk, "words": WORDS, "names": NAMES})
        cursor.execute(
            "UPDATE contact_log_contact SET heard = heard || %s WHERE id IN"
            " (SELECT id FROM contact_log_contact WHERE person_id = %s ORDER BY at LIMIT 3)",
            [f" {RARE}", case.pk],
        )
        cursor.execute(LINES, {"person": case.pk})


def _give_cases() -> tuple[User, User]:
    """An officer with eighty cases in a team of eight hundred, and the senior of that team."""
    officer = _busiest_officer()
    member = Member.objects.get(user=officer)
    mine = Allocation.objects.filter(until_date=None, member=member)
    team = Team.objects.get(pk=mine.values("team")[:1])
    held = Allocation.objects.filter(until_date=None)
    more = held.exclude(team=team).values("pk")[: max(TEAM - held.filter(team=team).count(), 0)]
    held.filter(pk__in=list(more.values_list("pk", flat=True))).update(team=team, member=None)
    extra = held.filter(team=team).exclude(member=member).values_list("pk", flat=True)
    held.filter(pk__in=list(extra[: max(CASELOAD - mine.count(), 0)])).update(member=member)
    post = Post.objects.filter(role=RoleCode.SENIOR, team=team, until_date=None).select_related("member__user").first()
    if post is not None:
        return officer, post.member.user
    chief = User.objects.create_user(email=f"{uuid4()}@bench.example", name="Senior of the bench")
    Post.objects.create(
        member=Member.objects.create(user=chief), role=RoleCode.SENIOR, team=team, from_date=today() - timedelta(days=9)
    )
    return officer, chief


def _give_to_dos(officer: User) -> None:
    """Three on every case of the service: two for whoever holds it, one for a senior."""
    cases = list(Person.objects.values_list("pk", flat=True))
    for number, (kind, role) in enumerate(
        (("log.next", ""), ("log.again.try", ""), ("log.unpermitted.look", "senior"))
    ):
        ToDo.objects.bulk_create(
            (
                ToDo(
                    case=case,
                    kind=kind,
                    subject=uuid4(),
                    title="Ring back about the appointment",
                    due_on=today() + timedelta(days=(place + number) % 30 - 10),
                    right=(Right.APPROVE if role else Right.LOG_CONTACTS).name,
                    for_role=role,
                )
                for place, case in enumerate(cases)
            ),
            batch_size=5000,
        )


class Typing:
    """A keyboard that counts what is pressed on it."""

    def __init__(self, page: object) -> None:
        self.page = page
        self.keys = 0
        self.inputs = 0

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)  # type: ignore[attr-defined]
            self.keys += 1

    def words(self, text: str) -> None:
        """Type words."""
        self.page.keyboard.type(text)  # type: ignore[attr-defined]
        self.keys += len(text)

    def to(self, selector: str) -> None:
        """Tab on until a control has the focus; it counts as one input."""
        for _ in range(80):
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):  # type: ignore[attr-defined]
                self.inputs += 1
                return
            self.press("Tab")
        raise RuntimeError(f"No Tab leads to {selector} on “{self.page.title()}”.")  # type: ignore[attr-defined]


@contextmanager
def _served() -> Iterator[str]:
    """The product on an address of this machine, on the database that this process is pointed at."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    try:
        if server.error:
            raise server.error
        yield f"http://localhost:{server.port}"
    finally:
        server.terminate()


@benchmark("Logging a call by keyboard, in a browser", by_name_only=True)
def log_a_call(setting: Setting) -> Iterable[Measure]:
    """Who, how, who began, what about, what they said, what next: inputs, keys, and seconds."""
    from django.conf import settings
    from django.test import override_settings
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with (
        copy_of_the_database(setting) as urls,
        pointed_at(urls),
        override_settings(ALLOWED_HOSTS=["localhost"]),
        _served() as address,
    ):
        officer = _busiest_officer()
        client = Client(SERVER_NAME="localhost")
        client.force_login(officer, backend="alongside.foundation.accounts.backends.LocalBackend")
        session = client.session
        session[ASSURED] = True
        session.save()
        case = _largest_case_of(officer)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page()
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}
            page.context.add_cookies([cookie])  # type: ignore[list-item]
            page.goto(f"{address}{reverse('log:add', args=[case.pk])}")
            typing = Typing(page)
            started = time.perf_counter()
            log_one_call(typing)
            page.get_by_text("Written down.").wait_for()
            seconds = time.perf_counter() - started
            browser.close()
    yield Measure("inputs", typing.inputs, "", aim=6)
    yield Measure("keys, words included", typing.keys, "")
    yield Measure("of a machine that types", seconds, "s")
    yield Measure("of a person, at three keys a second", typing.keys / KEYS_A_SECOND, "s", aim=60)


def log_one_call(typing: Typing) -> None:
    """A relative rang, and we ring back: six inputs, saved with Enter."""
    typing.press("Tab", "Enter")
    typing.to("[name=who]")
    typing.press("Space")
    typing.to("[name=how]")
    typing.press("ArrowDown")
    typing.to("[name=direction]")
    typing.press("Space")
    typing.to("[name=purpose]")
    typing.words("How")
    typing.to("[name=heard]")
    typing.words("She has not heard from him since Sunday and is worried.")
    typing.to("[name=next_step]")
    typing.words("Ring her on Friday")
    typing.press("Enter")
