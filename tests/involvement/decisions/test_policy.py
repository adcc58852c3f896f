"""A policy is data that can tighten, and that no draft can use to loosen what keeps people safe."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.calendar.rules import today
from alongside.involvement.decisions.actions.keeping import keep_answer
from alongside.involvement.decisions.actions.policies import (
    PolicyFaultError,
    PolicyStateError,
    approve_policy,
    change_draft,
    draft_policy,
    submit_policy,
)
from alongside.involvement.decisions.models import PolicyState, PolicyVersion, Trial, Use
from alongside.involvement.decisions.policy_forms import PolicyForm, data_from, initial_of
from alongside.involvement.decisions.queries import may_i, policy_on
from alongside.involvement.decisions.queries.policies import changes_of_rules, policy_before, tried_against, versions
from alongside.involvement.decisions.replaying import replay_past, replay_present
from alongside.involvement.decisions.rules import DEFAULT, RULES, Act, Kind, Outcome, decide
from alongside.involvement.decisions.rules.history import READS
from alongside.involvement.decisions.rules.policy import (
    ACT_FLOORS,
    TOPIC_FLOORS,
    Policy,
    UnknownKeyError,
    as_data,
    faults_of,
    from_data,
)
from alongside.involvement.decisions.tasks import trial_of
from tests.cast import Cast, assemble
from tests.involvement.decisions.family import trusted_father
from tests.involvement.decisions.random_cases import ACTS, a_case
from tests.involvement.decisions.space import read_by
from tests.involvement.decisions.test_gathering import where_is_she


def test_what_ships_is_sound_and_survives_being_stored() -> None:
    assert faults_of(DEFAULT) == ()
    assert from_data(as_data(DEFAULT), version=1) == DEFAULT


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"act_levels": {**DEFAULT.act_levels, Act.JOIN: 2}}, "level.cap"),
        ({"topic_levels": {**DEFAULT.topic_levels, "health": 2}}, "level.cap"),
        ({"light_level": 4}, "level.cap"),
        ({"agreement_from": 5}, "agreement.needed"),
        ({"call_until": 24}, "time.hours"),
        ({"call_from": 21, "call_until": 20}, "time.hours"),
        ({"approvers": {**DEFAULT.approvers, "safeguarding": "senior"}}, "ask.safeguarding"),
        ({"approvers": {**DEFAULT.approvers, "safety": "reception"}}, "ask.safety"),
        ({"approvers": {}}, "ask.safety"),
        ({"remits": {**DEFAULT.remits, "reception": frozenset(Act)}}, "role.remit"),
        ({"remits": {**DEFAULT.remits, "commissioner": frozenset(Act)}}, "role.remit"),
        ({"remits": {**DEFAULT.remits, "reception": frozenset()}}, "listen"),
        ({"remits": {}}, "role.remit"),
        ({"act_levels": {}}, "level.cap"),
        ({"topic_levels": {}}, "level.cap"),
        ({"act_levels": {**DEFAULT.act_levels, Act.LISTEN: 3}}, "level.cap"),
    ],
)
def test_a_draft_that_loosens_or_gapes_is_refused_with_rule_and_example(change: dict[str, Any], rule: str) -> None:
    faults = faults_of(replace(DEFAULT, **change))
    assert rule in {fault.rule for fault in faults}
    assert all(fault.reason and fault.example for fault in faults)


@pytest.mark.parametrize("key", ["refusal.named", "hard_stops", "rules_off", ""])
def test_a_hard_stop_is_no_key_of_the_data(key: str) -> None:
    with pytest.raises(UnknownKeyError, match="Hard stops are not data"):
        from_data({**as_data(DEFAULT), key: False}, version=2)


class NoPolicy:
    """A policy that must not be read."""

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(f"a hard stop reads {name} of the policy")


def test_no_hard_stop_reads_the_policy() -> None:
    from random import Random

    chance = Random(7)
    for question, facts, _policy in (a_case(chance) for _ in range(2000)):
        for rule in RULES.values():
            if rule.kind is Kind.STOP:
                rule.applies(question, facts, NoPolicy())  # type: ignore[arg-type]


def test_what_each_rule_reads_of_the_policy_is_named_so_that_its_history_is_whole() -> None:
    chance = Random(7)
    cases = [a_case(chance) for _ in range(600)]
    for name, rule in RULES.items():
        read = {one.removeprefix("policy.") for one in read_by(rule, cases) if one.startswith("policy.")}
        by_need = {"act_levels", "topic_levels"} if "needs" in read else set()
        assert read - {"needs"} | by_need == set(READS.get(name, ())), name


def test_a_rule_tells_which_versions_changed_it(cast: Cast) -> None:
    def in_force(on: date, **changes: Any) -> PolicyVersion:
        row = drafted(cast, **changes)
        values = {"approved_by": cast.head.pk, "approved_at": timezone.now(), "starts_on": on}
        PolicyVersion.objects.filter(pk=row.pk).update(state=PolicyState.APPROVED, **values)
        row.refresh_from_db()
        return row

    earlier = in_force(date(2026, 3, 1), call_until=19)
    later = in_force(date(2026, 5, 1), call_until=19, approvers={**DEFAULT.approvers, "young": "safeguarding_lead"})
    drafted(cast, light_level=2)
    changed = changes_of_rules(versions())
    assert changed["time.hours"] == [earlier]
    assert changed["young.age"] == [later]
    assert "refusal.named" not in changed
    assert "level.cap" not in changed, "a draft changes nothing yet"
    assert policy_before(earlier) == DEFAULT, "years later it still says what it changed"
    assert policy_before(later).call_until == 19
    client = Client()
    client.force_login(cast.owner)
    page = client.get(reverse("decisions:policy")).content.decode()
    assert "changed from 1 March 2026 by version 2" in page


levels = st.fixed_dictionaries({act: st.integers(floor, 6) for act, floor in ACT_FLOORS.items()})
topics = st.fixed_dictionaries({topic: st.integers(TOPIC_FLOORS.get(topic, 2), 6) for topic in DEFAULT.topic_levels})


@given(levels, topics, st.integers(0, 3), st.integers(0, 100_000))
def test_no_sound_policy_lets_through_what_a_hard_stop_or_a_missing_check_holds(
    act_levels: dict[Any, int], topic_levels: dict[str, int], light: int, seed: int
) -> None:
    from random import Random

    policy = Policy(version=2, act_levels=act_levels, topic_levels=topic_levels, light_level=light)
    assert faults_of(policy) == ()
    question, facts, _ = a_case(Random(seed))
    firm = [name for name, rule in RULES.items() if rule.kind in (Kind.STOP, Kind.SAFETY)]
    before, after = decide(question, facts, DEFAULT), decide(question, facts, policy)
    needs_level = {"suitability.enquiries", "suitability.review"}
    assert {n for n in before.rules if n in firm} - needs_level == {n for n in after.rules if n in firm} - needs_level


def test_a_stricter_level_never_moves_an_answer_up() -> None:
    from random import Random

    chance = Random(11)
    for _ in range(3000):
        question, facts, policy = a_case(chance)
        act = chance.choice([act for act in ACTS if act in policy.act_levels])
        stricter = replace(policy, act_levels={**policy.act_levels, act: 6})
        assert decide(question, facts, stricter).outcome >= decide(question, facts, policy).outcome


@pytest.mark.django_db
def test_the_form_says_what_the_policy_says() -> None:
    initial = initial_of(DEFAULT) | {"reason": "No change", "version": 1}
    sent = {name: "yes" if value is True else "no" if value is False else value for name, value in initial.items()}
    form = PolicyForm(sent)
    assert form.is_valid(), form.errors
    assert from_data(data_from(form), version=1) == DEFAULT


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def drafted(cast: Cast, **changes: Any) -> PolicyVersion:
    return draft_policy(
        by=cast.policy, data=as_data(replace(DEFAULT, **changes)), reason="Whereabouts only by agreement"
    )


STRICTER = {"topic_levels": {**DEFAULT.topic_levels, "whereabouts": 4}}


def test_a_policy_goes_from_draft_to_trial_to_another_to_its_day(cast: Cast) -> None:
    row = drafted(cast, **STRICTER)
    with pytest.raises(PolicyStateError, match="Try it first"):
        submit_policy(by=cast.policy, row=row, seen_version=row.version)
    trial_of(row.pk, by_id=cast.policy.pk)
    submit_policy(by=cast.policy, row=row, seen_version=row.version)
    approver = Client()
    approver.force_login(cast.head)
    page = approver.get(reverse("decisions:policy_version", args=[row.pk])).content.decode()
    assert "What trying it showed" in page, "whoever approves it sees what would change"
    with pytest.raises(PolicyStateError, match="someone else"):
        approve(cast.policy, row)
    with pytest.raises(PolicyStateError, match="past"):
        approve(cast.head, row, starts_on=today() - timedelta(days=1))
    approve(cast.head, row, starts_on=today() + timedelta(days=7))
    assert policy_on(today()) == DEFAULT
    assert policy_on(today() + timedelta(days=7)).version == row.number
    assert policy_on(today() + timedelta(days=7)).topic_levels["whereabouts"] == 4


def approve(by: Any, row: PolicyVersion, **values: Any) -> PolicyVersion:
    return approve_policy(
        by=by, row=row, seen_version=row.version, note="Agreed", today=today(), **{"starts_on": today()} | values
    )


def test_the_database_refuses_own_work_and_approval_without_a_day(cast: Cast) -> None:
    row = drafted(cast)
    for values in ({"approved_by": cast.policy.pk}, {"state": PolicyState.APPROVED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PolicyVersion.objects.filter(pk=row.pk).update(**values)


def test_a_changed_draft_has_to_be_tried_again(cast: Cast) -> None:
    row = drafted(cast)
    trial_of(row.pk, by_id=cast.policy.pk)
    change_draft(
        by=cast.policy,
        row=row,
        seen_version=row.version,
        data=as_data(replace(DEFAULT, call_until=18)),
        reason="Earlier still",
    )
    with pytest.raises(PolicyStateError, match="Try it first"):
        submit_policy(by=cast.policy, row=row, seen_version=row.version)


def test_a_trial_is_out_of_date_once_another_version_is_approved(cast: Cast) -> None:
    trusted_father(cast.person, cast.owner)
    first, second = drafted(cast, call_until=18), drafted(cast, **STRICTER)
    for row in (first, second):
        trial_of(row.pk, by_id=cast.policy.pk)
        submit_policy(by=cast.policy, row=row, seen_version=row.version)
    head = Client()
    head.force_login(cast.head)
    start = head.get(reverse("casework:today")).content.decode()
    assert start.count("answers would change, 0 of them looser, tried on") == 1
    assert "None of" in start, "where nothing changes, the card says so"
    begins = today() + timedelta(days=30)
    approve(cast.head, first, starts_on=begins)
    here = reverse("decisions:policy_version", args=[second.pk])
    page = head.get(here).content.decode()
    assert "This count is out of date" in page
    assert f"Version {first.number}, which begins on" in page
    assert "To be tried again" in head.get(reverse("casework:today")).content.decode()
    with pytest.raises(PolicyStateError, match="try it again before a day is set"):
        approve(cast.head, second, starts_on=begins)
    assert "/progress/" in head.post(f"{here}try/").headers["Location"], "whoever approves it may have it tried again"
    trial_of(second.pk, by_id=cast.head.pk)
    assert "out of date" not in head.get(here).content.decode()
    with pytest.raises(PolicyStateError, match="Choose that day or a later one"):
        approve(cast.head, second, starts_on=begins - timedelta(days=1))
    approve(cast.head, second, starts_on=begins)
    assert policy_on(begins).version == second.number


def test_a_trial_from_before_it_was_kept_counts_beside_what_was_in_force(cast: Cast) -> None:
    row = drafted(cast, call_until=18)
    trial_of(row.pk, by_id=cast.policy.pk)
    trial = Trial.objects.get()
    assert tried_against(trial) == DEFAULT.version
    trial.result.pop("against")
    assert tried_against(trial) == DEFAULT.version
    other = drafted(cast)
    values = {"approved_by": cast.head.pk, "approved_at": trial.at - timedelta(days=1), "starts_on": date(2026, 3, 1)}
    PolicyVersion.objects.filter(pk=other.pk).update(state=PolicyState.APPROVED, **values)
    assert tried_against(trial) == other.number


def test_an_unsound_draft_is_not_kept(cast: Cast) -> None:
    with pytest.raises(PolicyFaultError) as refused:
        drafted(cast, light_level=6)
    assert "agreement" in refused.value.faults[-1].rule or "level.cap" in {f.rule for f in refused.value.faults}
    assert not PolicyVersion.objects.exists()


def test_replay_counts_what_would_change_and_answers_alike_under_the_same_version(cast: Cast) -> None:
    father = trusted_father(cast.person, cast.owner)
    for _ in range(3):
        may = may_i(where_is_she(), member_id=father.pk, at=timezone.now())
        keep_answer(by=cast.owner, member=father, may=may, use=Use.DONE)
    same = replay_past(DEFAULT)
    assert (same.answers, same.changed_answers) == (3, 0)
    changed = replay_past(replace(DEFAULT, version=2, **STRICTER))
    assert changed.changed == {("share", Outcome.CONDITIONS.name, Outcome.REFUSE.name): 3}
    assert list(changed.cases) == [cast.person.pk]
    present = replay_present(DEFAULT, replace(DEFAULT, version=2, **STRICTER), at=timezone.now())
    assert present.changed[("share", "CONDITIONS", "REFUSE")] == 1


def test_the_journey_through_pages_ends_with_a_policy_in_force(cast: Cast) -> None:
    father = trusted_father(cast.person, cast.owner)
    keep_answer(
        by=cast.owner,
        member=father,
        may=may_i(where_is_she(), member_id=father.pk, at=timezone.now()),
        use=Use.DONE,
    )
    policy, head = Client(), Client()
    policy.force_login(cast.policy)
    head.force_login(cast.head)
    initial = initial_of(DEFAULT) | {"reason": "Whereabouts only by agreement", "topic_whereabouts": "4"}
    sent = {name: "yes" if value is True else "no" if value is False else value for name, value in initial.items()}
    refused = policy.post(reverse("decisions:policy_draft"), sent | {"light_level": "5"}).content.decode()
    assert "This draft cannot become policy" in refused
    assert "What would happen" in refused
    policy.post(reverse("decisions:policy_draft"), sent)
    row = PolicyVersion.objects.get()
    here = reverse("decisions:policy_version", args=[row.pk])
    assert "/progress/" in policy.post(f"{here}try/").headers["Location"]
    trial_of(row.pk, by_id=cast.policy.pk)
    page = policy.get(here).content.decode()
    assert "1 of 1 answers would change" in page
    assert cast.person.family_name not in page
    policy.post(f"{here}submit/", {"version": row.version})
    row.refresh_from_db()
    day = today()
    said = {"decision": "approve", "note": "Agreed", "version": row.version}
    head.post(
        f"{here}approve/",
        said | {"starts_on-day": day.day, "starts_on-month": day.month, "starts_on-year": day.year},
    )
    row.refresh_from_db()
    assert row.state == PolicyState.APPROVED
    assert may_i(where_is_she(), member_id=father.pk, at=timezone.now()).answer.outcome is Outcome.REFUSE
    assert Trial.objects.count() == 1
