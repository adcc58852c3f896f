"""Replay: every past answer and the whole present caseload under another version of the policy, as counts.

Answers that rest on the same question and the same facts are answered once: the database groups them, and what is read
is each distinct basis with how often it was used. Nothing here names anyone; ids are kept for those with the right.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.involvement.decisions.queries.gathering import facts_about
from alongside.involvement.decisions.rules import Act, Identity, Outcome, Policy, Purpose, Question, Way, decide
from alongside.involvement.decisions.rules.facts import TOPICS
from alongside.involvement.decisions.rules.storing import from_stored
from alongside.people.families.models import FamilyMember

FETCHED = 5_000
CASES_KEPT = 200
MEMBERS_AT_ONCE = 200
Report = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    return None


@dataclass
class Replay:
    """What another policy would change: how many answers of which kind become which, and in which cases."""

    answers: int = 0
    distinct: int = 0
    erased: int = 0
    changed: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    cases: dict[UUID, None] = field(default_factory=dict)

    @property
    def changed_answers(self) -> int:
        """How many answers would be other ones."""
        return sum(self.changed.values())

    def note(self, act: str, before: Outcome, after: Outcome, *, times: int, case: UUID) -> None:
        """Count an answer; remember its case where it changes, up to a limit."""
        self.answers += times
        if before is not after:
            self.changed[(act, before.name, after.name)] += times
            if len(self.cases) < CASES_KEPT:
                self.cases[case] = None

    def as_data(self) -> dict[str, Any]:
        """The counts as they are stored."""
        return {
            "answers": self.answers,
            "distinct": self.distinct,
            "erased": self.erased,
            "changed": [[*key, times] for key, times in sorted(self.changed.items())],
            "cases": [str(case) for case in self.cases],
        }


def stored_bases() -> Iterator[tuple[UUID, str | None, int, int]]:
    """Each distinct basis with its answers: case, content, outcome then, how often. One query, read in portions."""
    query = """
        SELECT b."case", b.content, g.outcome, g.times
          FROM (SELECT basis_id, outcome, count(*) AS times
                  FROM involvement_decisions_decision GROUP BY basis_id, outcome) g
          JOIN involvement_decisions_basis b ON b.id = g.basis_id
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(FETCHED):
            yield from rows


def replay_past(policy: Policy, *, report: Report = _silent) -> Replay:
    """Every answer that was kept, under `policy`. Those whose facts were erased are counted and left."""
    found = Replay()
    total = _distinct_bases()
    for case, content, then, times in stored_bases():
        if content is None:
            found.erased += times
            continue
        question, facts = from_stored(content)
        after = decide(question, facts, policy).outcome
        found.distinct += 1
        found.note(question.act, Outcome(then), after, times=times, case=case)
        if found.distinct % FETCHED == 0:
            report(found.distinct, total)
    return found


def _distinct_bases() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM involvement_decisions_basis")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def usual_questions(policy: Policy) -> tuple[Question, ...]:
    """What is asked of everyone when the present caseload is tried: each act, and each topic told and asked."""
    by_phone: Mapping[str, Any] = {
        "role": "practitioner",
        "identity": Identity.CALLED_BACK,
        "way": Way.PHONE,
        "purpose": Purpose.OTHER,
    }
    topics = sorted({*TOPICS, *policy.topic_levels})
    return (
        *(Question(act=Act.SHARE, topic=topic, **by_phone) for topic in topics),
        *(Question(act=Act.ASK, topic=topic, **by_phone) for topic in topics),
        *(Question(act=act, **by_phone) for act in (Act.CALL, Act.INVITE)),
        *(Question(act=act, **{**by_phone, "way": Way.FACE}) for act in (Act.JOIN, Act.VISIT, Act.CHILDREN)),
        Question(act=Act.TEXT, **{**by_phone, "way": Way.TEXT}),
    )


def replay_present(before: Policy, after: Policy, *, at: datetime, report: Report = _silent) -> Replay:
    """The usual questions about everyone who is named now, under the policy in force and under another."""
    found = Replay()
    questions = usual_questions(before)
    members = FamilyMember.objects.filter(ended_on__isnull=True).order_by("pk").values_list("pk", "person")
    total = members.count()
    done = 0
    for portion in _portions(members.iterator(chunk_size=FETCHED), MEMBERS_AT_ONCE):
        cases = dict(portion)
        for member_id, known in facts_about(list(cases), at=at).items():
            found.distinct += 1
            for question in questions:
                facts = known.for_question(question)
                was = decide(question, facts, before).outcome
                becomes = decide(question, facts, after).outcome
                found.note(question.act, was, becomes, times=1, case=cases[member_id])
        done += len(cases)
        report(done, total)
    return found


def _portions(rows: Iterable[tuple[UUID, UUID]], size: int) -> Iterator[list[tuple[UUID, UUID]]]:
    waiting = iter(rows)
    while portion := list(islice(waiting, size)):
        yield portion
