"""May I: one decision in memory and from the database, and the replay of ten million stored answers."""

import json
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from random import Random
from typing import Any
from uuid import UUID, uuid4

from bench.frame import Measure, Setting, Stopwatch, benchmark, counted_queries, timed

ROWS = int(os.environ.get("DECISIONS", "10000000"))
DISTINCT_SHARE = 10
ROUNDS = 20_000
PEER_ROUNDS = 500
ANSWERS = """
    INSERT INTO involvement_decisions_decision
           (id, "case", family_member, basis_id, at, by, by_name, act, topic, way, outcome, policy, rules, asked, use)
    SELECT gen_random_uuid(), b."case", b.family_member, b.id, now(), b.id, '', 'share', '', 'phone', 3, 1, '{}', '{}',
           'held'
      FROM involvement_decisions_basis b, generate_series(1, %s)
"""


def cases(count: int, seed: int = 1) -> list[Any]:
    """Questions with facts, as they differ between people: some clean, most with something in the way."""
    from alongside.involvement.decisions.rules import (
        Act,
        Age,
        Agrees,
        Check,
        Facts,
        Identity,
        Leave,
        Purpose,
        Question,
        Way,
    )
    from alongside.involvement.decisions.rules.facts import INVOLVING, TOPICS

    chance = Random(seed)
    acts, checks, topics = sorted(INVOLVING), list(Check), list(TOPICS)
    matters = ("abuse", "children", "orders", "access", "abuse_between")
    checked: dict[str, Any] = dict.fromkeys(matters, Check.NONE_FOUND)
    clean = Facts(
        named=True,
        supervised=True,
        told_of_record=True,
        safe_ways=frozenset({"phone", "text"}),
        age=Age.ADULT,
        agrees=Agrees.AGREED,
        safe_now=True,
        **checked,
    )
    flags = ("refused", "abuse_near", "staff_safety", "seated_apart", "contact_forbidden", "pending_alone", "withdrawn")
    found = []
    for _ in range(count):
        flagged: dict[str, Any] = {name: chance.random() < 0.1 for name in flags}
        permitted = frozenset(chance.sample(topics, chance.randint(1, 6)))
        facts = replace(
            clean,
            leaves=(Leave(permitted, True, chance.random() < 0.7, frozenset({"phone", "face"})),),
            abuse=chance.choice(checks),
            children=chance.choice(checks),
            orders=chance.choice(checks),
            level=chance.randint(0, 6),
            enquiries_open=chance.randint(0, 3),
            private_topics=frozenset(chance.sample(topics, chance.randint(0, 3))),
            **flagged,
        )
        act = Act(chance.choice(acts))
        topic = chance.choice(topics) if act in (Act.SHARE, Act.ASK) else ""
        question = Question(act, "practitioner", Identity.CALLED_BACK, Way.PHONE, topic, Purpose.GOAL)
        found.append((replace(question, hour=chance.randint(0, 23)), facts))
    return found


@benchmark("A decision in memory, every reason given", needs_database=False)
def decisions_in_memory(setting: Setting) -> Iterable[Measure]:
    """From frozen facts to an answer with all reasons, conditions and alternatives; peers where they are installed."""
    from alongside.involvement.decisions.rules import DEFAULT, RULES, decide

    asked = cases(ROUNDS)

    def answer_all() -> None:
        """Each answer is let go before the next, as a page does: thousands kept are thousands that Python tidies."""
        for question, facts in asked:
            decide(question, facts, DEFAULT)

    spent = per_decision(answer_all)
    some = asked[:PEER_ROUNDS]
    ours = [not EXPRESSED.keys().isdisjoint(decide(question, facts, DEFAULT).rules) for question, facts in some]
    peers = {name: peer(some) for name, peer in (("cedarpy", cedar), ("py-abac", abac))}
    found = {name: answers for name, answers in peers.items() if answers is not None}
    yield Measure(
        "processor time of one decision",
        spent,
        "µs",
        aim=10,
        beside={f"{name}, {len(EXPRESSED)} rules alone": answers.spent for name, answers in found.items()},
    )
    yield Measure("rules in one of our decisions", len(RULES), "")
    for name, answers in found.items():
        differing = sum(mine != theirs for mine, theirs in zip(ours, answers.stopped, strict=True))
        yield Measure(f"of {len(some)} decisions, {name} stops others than we do", differing, "", aim=0)
    if not found:
        yield Measure("peers installed (pip install -r bench/peers/requirements.txt)", 0, "of 2")


def per_decision(work: Callable[[], object]) -> float:
    """Microseconds of processor time for one of the rounds, the best of five."""
    best = float("inf")
    for _ in range(5):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best / ROUNDS * 1e6


NOT_CHECKED = ("not_checked", "stale")
EXPRESSED: dict[str, tuple[str, tuple[object, ...]]] = {
    "refusal.named": ("refused", (True,)),
    "order.contact": ("contact_forbidden", (True,)),
    "abuse.near": ("abuse_near", (True,)),
    "check.abuse": ("abuse", NOT_CHECKED),
    "check.children": ("children", NOT_CHECKED),
    "check.orders": ("orders", NOT_CHECKED),
}
"""Rules that an engine of attributes can express: the fact that each reads, and the values at which it stops.

Neither peer has reasons, conditions, whom to ask first, or what may be done instead.
"""


@dataclass(frozen=True)
class PeerAnswers:
    """What a peer took for one decision, in microseconds of processor time, and which decisions it stopped."""

    spent: float
    stopped: list[bool]


def asked_of_peer(decide_one: Callable[[Any], bool], requests: list[Any]) -> PeerAnswers:
    """Its answers, timed: `decide_one` says whether a request is allowed."""
    started = time.process_time()
    allowed = [decide_one(request) for request in requests]
    spent = (time.process_time() - started) / len(requests) * 1e6
    return PeerAnswers(spent, [not one for one in allowed])


def context_of(facts: Any) -> dict[str, Any]:
    """The facts that the peers are given, as plain values."""
    values = {fact: getattr(facts, fact) for fact, _stops in EXPRESSED.values()}
    return {fact: value if isinstance(value, bool) else str(value.value) for fact, value in values.items()}


def cedar(asked: list[Any]) -> PeerAnswers | None:
    """The same in Cedar: a permit, and a forbid for each rule on the acts that it bears on."""
    try:
        import cedarpy  # type: ignore[import-not-found]
    except ImportError:
        return None
    from alongside.involvement.decisions.rules import RULES

    policies = "permit(principal, action, resource);"
    for rule, (fact, stops) in EXPRESSED.items():
        acts = ", ".join(f'Action::"{act}"' for act in sorted(RULES[rule].acts))
        values = ", ".join(json.dumps(stop) for stop in stops)
        policies += f"forbid(principal, action in [{acts}], resource) when {{ [{values}].contains(context.{fact}) }};"
    requests = [
        {
            "principal": 'User::"officer"',
            "action": f'Action::"{question.act}"',
            "resource": 'Member::"father"',
            "context": context_of(facts),
        }
        for question, facts in asked
    ]
    return asked_of_peer(lambda request: bool(cedarpy.is_authorized(request, policies, []).allowed), requests)


def abac(asked: list[Any]) -> PeerAnswers | None:
    """The same in py-abac, over its memory storage, where a deny outranks."""
    try:
        from py_abac import PDP, AccessRequest, Policy  # type: ignore[import-not-found]
        from py_abac.storage.memory import MemoryStorage  # type: ignore[import-not-found]
    except ImportError:
        return None
    from alongside.involvement.decisions.rules import RULES

    storage = MemoryStorage()
    storage.add(Policy.from_json({"uid": "any", "effect": "allow", "rules": {}, "targets": {}}))
    for rule, (fact, stops) in EXPRESSED.items():
        context = {
            f"$.{fact}": any_of(stops),
            "$.act": any_of(sorted(RULES[rule].acts)),
        }
        storage.add(Policy.from_json({"uid": rule, "effect": "deny", "rules": {"context": context}, "targets": {}}))
    decider = PDP(storage)
    requests = [
        AccessRequest.from_json(
            {
                "subject": {"id": "officer", "attributes": {}},
                "resource": {"id": "father", "attributes": {}},
                "action": {"id": "ask", "attributes": {}},
                "context": {name: str(value) for name, value in (context_of(facts) | {"act": question.act}).items()},
            }
        )
        for question, facts in asked
    ]
    return asked_of_peer(lambda request: bool(decider.is_allowed(request)), requests)


def any_of(values: Iterable[object]) -> dict[str, Any]:
    """One of several values, as py-abac says it."""
    return {"condition": "AnyOf", "values": [{"condition": "Equals", "value": str(value)} for value in values]}


@benchmark("A decision from the database, for a page")
def decisions_from_database(setting: Setting) -> Iterable[Measure]:
    """Every fact of one family member gathered with full sight, and of a family of forty."""
    from django.utils import timezone

    from alongside.involvement.decisions.queries import facts_about, may_i
    from alongside.involvement.decisions.rules import Act, Identity, Purpose, Question
    from alongside.people.families.models import FamilyMember

    ids: list[UUID] = list(FamilyMember.objects.order_by("pk").values_list("pk", flat=True)[:40])
    question = Question(Act.SHARE, "practitioner", Identity.CALLED_BACK, topic="whereabouts", purpose=Purpose.GOAL)
    with counted_queries() as seen:
        may_i(question, member_id=ids[0], at=timezone.now())
    yield Measure("statements for one decision", len(seen), "")
    one = timed(lambda: may_i(question, member_id=ids[0], at=timezone.now()), rounds=20)
    yield Measure("one decision, median", one.median, "ms")
    with counted_queries() as seen:
        facts_about(ids, at=timezone.now())
    yield Measure("statements for the facts of forty", len(seen), "")
    many = timed(lambda: facts_about(ids, at=timezone.now()), rounds=5)
    yield Measure("facts of forty, median", many.median, "ms")


@benchmark("Replay of stored answers under another policy", by_name_only=True)
def decisions_replay(setting: Setting) -> Iterable[Measure]:
    """Ten million stored answers on a million distinct questions with their facts, fetched and answered again.

    `DECISIONS` scales it. The rows are written in a transaction that is taken back.
    """
    from django.db import connection, transaction

    from alongside.involvement.decisions.replaying import replay_past
    from alongside.involvement.decisions.rules import DEFAULT
    from alongside.involvement.decisions.rules.storing import as_stored, digest_of

    distinct = max(ROWS // DISTINCT_SHARE, 1)
    with transaction.atomic():
        writing = Stopwatch()
        with connection.cursor() as cursor:
            with cursor.copy(
                'COPY involvement_decisions_basis (id, "case", family_member, digest, content) FROM STDIN'
            ) as copy:
                for portion in range(0, distinct, 50_000):
                    for question, facts in cases(min(50_000, distinct - portion), seed=portion):
                        stored = as_stored(question, facts)
                        copy.write_row((uuid4(), uuid4(), uuid4(), digest_of(stored), stored.decode()))
            cursor.execute(ANSWERS, [DISTINCT_SHARE])
        yield Measure("writing them, for scale", writing.seconds, "s")
        replaying = Stopwatch()
        found = replay_past(replace(DEFAULT, version=2, call_until=18))
        seconds = replaying.seconds
        yield Measure(
            f"replay of {found.answers:,} answers on {found.distinct:,} distinct questions and facts",
            seconds,
            "s",
            aim=300 * ROWS / 10_000_000,
        )
        yield Measure("answers a second", found.answers / seconds, "")
        transaction.set_rollback(True)
