"""Who asks whether something may be done, and who decides on what was asked first."""

from dataclasses import replace
from typing import Any

from alongside.foundation.work.models import Approval
from alongside.involvement.decisions.actions.homes import open_home_check
from alongside.involvement.decisions.actions.keeping import keep_answer
from alongside.involvement.decisions.actions.policies import draft_policy
from alongside.involvement.decisions.models import Use
from alongside.involvement.decisions.queries import may_i
from alongside.involvement.decisions.rules import DEFAULT, Act, Identity, Purpose, Question
from alongside.involvement.decisions.rules.policy import as_data
from tests.factories import FamilyMemberFactory
from tests.involvement.decisions.family import trusted_father
from tests.pages import FORBIDDEN, OPEN, TEAM, Page, World

ASKS = TEAM | {"family_worker"}
POLICY = frozenset({"policy"})
EVER_ASKS = ASKS | {"outsider", "excluded"}
APPROVERS = frozenset({"senior", "safeguarding"})
SENIOR = frozenset({"senior", "safeguarding"})


def furnish(world: World) -> None:
    """A father of whom something was asked first, and a brother whose home is checked."""
    from django.utils import timezone

    owner, person = world.cast.owner, world.person
    father = trusted_father(person, owner, matters=("DOMESTIC_ABUSE", "ORDERS", "LIMITED_ACCESS"))
    question = Question(
        act=Act.SHARE, role="practitioner", identity=Identity.CALLED_BACK, topic="whereabouts", purpose=Purpose.OTHER
    )
    may = may_i(question, member_id=father.pk, at=timezone.now())
    decision = keep_answer(by=owner, member=father, may=may, use=Use.ASKED)
    brother = FamilyMemberFactory(person=person, given_name="Tom", family_name="Achebe")
    open_home_check(by=owner, member=brother, kind_id="home_check_kind.HDC", address="1 Quay Street")
    draft = draft_policy(
        by=world.cast.policy, data=as_data(replace(DEFAULT, call_until=19)), reason="Nobody is rung at supper"
    )
    world.more |= {
        "policy_version": draft.pk,
        "may_father": father.pk,
        "may_brother": brother.pk,
        "may_kept": decision.pk,
        "approval": Approval.objects.get(subject=decision.pk).pk,
    }


def case(world: World) -> list[Any]:
    return [world.person.pk]


def father(world: World) -> list[Any]:
    return [world.person.pk, world.more["may_father"]]


def brother(world: World) -> list[Any]:
    return [world.person.pk, world.more["may_brother"]]


def version(world: World) -> list[Any]:
    return [world.more["policy_version"]]


def pressed(name: str, who: frozenset[str], answer: int = 302, **exceptions: int) -> list[Page]:
    """A button, and what a link to it gets."""
    return [
        Page(
            name,
            who,
            refusal=FORBIDDEN,
            args=version,
            method="post",
            data={"version": "1"},
            answer=answer,
            browse=False,
            exceptions=exceptions,
        ),
        Page(name, frozenset(), refusal=405, args=version, browse=False, exceptions=dict.fromkeys(OPEN, 405)),
    ]


PAGES = [
    Page("decisions:start", EVER_ASKS, refusal=FORBIDDEN),
    Page("decisions:case", ASKS, args=case),
    Page("decisions:all_kept", ASKS, args=case),
    Page("decisions:kept", ASKS, args=lambda world: [world.person.pk, world.more["may_kept"]]),
    Page("decisions:ask", ASKS, args=father),
    Page(
        "decisions:ask",
        ASKS,
        args=father,
        method="post",
        data={"identity": "called_back", "act": "share", "tell_topic": "whereabouts"},
        browse=False,
    ),
    Page("decisions:use", ASKS, args=father, method="post", data={"use": "done"}, answer=302, browse=False),
    Page("decisions:use", frozenset(), args=father, refusal=405, browse=False),
    Page("decisions:home", TEAM, args=brother),
    Page("decisions:home_use", TEAM, args=brother, method="post", data={"use": "asked", "seen": "1.x"}, browse=False),
    Page("decisions:home_use", frozenset(), args=brother, refusal=405, browse=False),
    Page("decisions:home_change", TEAM, args=brother, browse=False),
    Page("decisions:household", TEAM, args=brother),
    Page("decisions:householder", TEAM, args=brother),
    Page("decisions:home_withdraw", TEAM, args=brother),
    Page("decisions:home_end", TEAM, args=brother),
    Page("decisions:policy", OPEN),
    Page("decisions:policy_waiting", OPEN, browse=False),
    Page("decisions:policy_draft", POLICY, refusal=FORBIDDEN),
    Page("decisions:policy_version", POLICY | {"head"}, refusal=FORBIDDEN, args=version),
    Page("decisions:policy_change", POLICY, refusal=FORBIDDEN, args=version),
    *pressed("decisions:policy_trial", POLICY, head=404),
    *pressed("decisions:policy_submit", POLICY),
    *pressed("decisions:policy_drop", POLICY),
    *pressed("decisions:policy_approve", frozenset({"head"}), answer=200),
    Page("casework:approvals", APPROVERS, refusal=FORBIDDEN),
    Page(
        "casework:approval",
        SENIOR,
        refusal=FORBIDDEN,
        args=lambda world: [world.more["approval"]],
    ),
    Page(
        "casework:read_approval",
        SENIOR,
        refusal=FORBIDDEN,
        answer=302,
        browse=False,
        args=lambda world: [world.more["approval"]],
    ),
]
