"""The invariants that keep people safe: which test attacks each, and histories of a case that try to break several.

Each name in the table is held to a test that is there: whoever renames or drops one has to say what attacks instead.
"""

import ast
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alongside.foundation.calendar.rules import today
from alongside.foundation.delivery.models import Message
from alongside.foundation.records.identity import identity, set_identity
from alongside.foundation.records.models import AppendOnly
from alongside.foundation.work.actions import OwnWorkError
from alongside.involvement.decisions.queries.gathering import facts_about
from alongside.people.families.models import FamilyMember
from alongside.safety.advocacy.models import SupportedPerson
from alongside.safety.flags.actions import record_flag, review_flag
from alongside.safety.flags.models import Flag
from alongside.safety.orders.actions import OrderSaid, record_order
from alongside.safety.permissions.actions import NotPermittedError, NotTakenError, claim, refuse, withdraw
from alongside.safety.permissions.queries import permission_facts
from alongside.safety.protected.actions import share_in_danger
from alongside.safety.protected.models import DisclosureDecision
from tests.cast import Cast, assemble
from tests.factories import ContactPointFactory, FamilyMemberFactory
from tests.pages.protected import facts_of_disclosure
from tests.safety.advocacy.support import referred
from tests.safety.flags.scene import abuse, flag_values
from tests.safety.flags.test_hidden import DIFFERS_ANYWAY
from tests.safety.permissions.histories import take

TESTS = Path(__file__).parents[1]
HERE = "safety/test_invariants.py::test_no_history_of_a_case_breaks_what_is_always_true"
ATTACKS: dict[str, tuple[str, ...]] = {
    "1 The person leads; a refusal is absolute, a withdrawal holds at once": (
        HERE,
        "safety/permissions/test_claims.py::test_a_withdrawal_waits_for_what_is_being_handed_over",
        "safety/permissions/test_claims.py::test_what_is_not_handed_over_when_a_withdrawal_commits_never_is",
        "safety/permissions/test_claims.py::test_nothing_goes_by_itself_on_what_was_agreed_for_missed_contact",
        "involvement/decisions/test_space.py::test_refusal_outranks_everything",
    ),
    "2 Permission is not disclosure": (
        "involvement/decisions/test_disclosures.py::test_a_refusal_yields_to_a_lawful_decision_on_its_topic",
        "involvement/decisions/test_disclosures.py::test_nothing_but_telling_rests_on_it",
        "involvement/decisions/test_disclosures.py::test_nobody_approves_their_own",
    ),
    "3 Safety only ever tightens, also along matches": (
        "involvement/decisions/test_space.py::test_what_tightens_never_moves_an_answer_up",
        "involvement/decisions/test_space.py::test_abuse_between_two_stops_involvement_both_ways",
        "safety/orders/test_links.py::test_an_order_elsewhere_asks_first_until_its_end_is_confirmed",
        "safety/flags/test_exceptions.py::test_no_history_makes_one_stand_without_both_or_opens_anything",
    ),
    "4 Not checked is not safe": (
        "involvement/decisions/test_space.py::test_not_checked_is_never_allow",
        "involvement/decisions/test_gathering.py::test_what_was_not_checked_is_asked_about_first",
    ),
    "5 Safety does not speak to the one it guards against": (
        HERE,
        "safety/flags/test_hidden.py::test_nothing_that_a_narrow_role_sees_differs",
        "safety/flags/test_hidden.py::test_a_planted_line_on_the_timeline_would_be_noticed",
    ),
    "6 Danger does not wait": (
        HERE,
        "safety/protected/test_wall.py::test_anyone_may_write_of_danger_in_their_own_name_and_read_that_back",
    ),
    "7 Listening is always allowed": (
        "involvement/decisions/test_pages.py::test_listening_needs_no_purpose_and_is_never_refused",
        "involvement/decisions/test_space.py::test_unverified_is_listen_only",
    ),
    "8 A protected source stays protected": (
        "worlds/test_protected.py::test_what_is_told_in_confidence_changes_no_answer_to_anyone_narrow",
        "worlds/test_protected.py::test_a_leak_would_be_noticed",
        "safety/protected/test_wall.py::test_a_forgotten_filter_shows_a_row_to_those_who_must_act_alone",
    ),
    "9 The victim's side is a wall": (
        HERE,
        "safety/advocacy/test_wall.py::test_a_lost_identity_shows_nothing",
        "safety/test_covered_points.py::test_a_victims_number_stands_on_no_page",
        "safety/test_covered_points.py::test_nobody_narrow_can_tell_a_referral_from_a_colleagues_leave",
    ),
    "10 Limited access wins over everything": (
        "safety/protected/test_wall.py::test_an_exclusion_closes_the_wall_to_anyone",
        "people/casework/test_limited_access.py::test_a_refused_look_does_not_tell_the_number_of_a_closed_case",
    ),
    "13 Nothing is lost: append-only": (
        HERE,
        "foundation/audit/test_chain.py::test_the_application_s_role_cannot_alter_the_trail",
        "foundation/audit/test_chain.py::test_verify_finds_what_an_owner_of_the_database_did",
    ),
}


@cache
def _tests_in(name: str) -> frozenset[str]:
    tree = ast.parse((TESTS / name).read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("invariant", ATTACKS)
def test_each_invariant_is_attacked_by_tests_that_are_there(invariant: str) -> None:
    missing = [name for name in ATTACKS[invariant] if name.partition("::")[2] not in _tests_in(name.partition("::")[0])]
    assert missing == []


class History:
    """One case, a partner on it, and what may happen to them, step by step."""

    def __init__(self) -> None:
        self.cast: Cast = assemble()
        self.member: FamilyMember = FamilyMemberFactory(person=self.cast.person, given_name="Lee")
        ContactPointFactory(family_member=self.member, safety="safe")
        self.rows: Counter[str] = Counter()
        self.refused = False
        set_identity(None)

    def permit(self) -> None:
        take(self.member)

    def withdraw(self) -> None:
        withdraw(by=self.cast.owner, member=self.member)
        assert not self._may_claim()

    def refuse(self) -> None:
        refuse(by=self.cast.owner, member=self.member)
        self.refused = True

    def flag(self) -> None:
        values = abuse() if not Flag.objects.exists() else flag_values()
        record_flag(by=self.cast.owner, person=self.cast.person, member=self.member, values=values, may_set_named=False)

    def review_own_flag(self) -> None:
        for flag in Flag.objects.filter(person=self.cast.person, awaiting_review=True)[:1]:
            with pytest.raises(OwnWorkError):
                review_flag(
                    by=self.cast.owner, flag=flag, seen_version=flag.version, note="Mine", review_on=flag.review_on
                )

    def order(self) -> None:
        said = OrderSaid(
            "protective_order_type.RO_CONV", today(), forbids_contact=True, members=frozenset({self.member.pk})
        )
        record_order(by=self.cast.owner, person=self.cast.person, said=said)

    def refer(self) -> None:
        """Somebody else than the member: who is named closes in the words of a stand-down, which is tried elsewhere."""
        referred(self.cast, name="Kelly Invented")

    def danger(self) -> None:
        before = DisclosureDecision.objects
        with identity(self.cast.owner.pk):
            told = before.count()
            share_in_danger(
                by=self.cast.owner,
                facts=facts_of_disclosure(),
                channel_id="told_channel.PHONE",
                person=self.cast.person,
            )
            assert before.count() == told + 1

    def _may_claim(self) -> bool:
        with transaction.atomic():
            try:
                claim(member_id=self.member.pk, topics=["attendance"], channel="phone")
            except NotPermittedError:
                return False
        return True

    def seen_by_narrow(self) -> list[str]:
        """What a family worker and reception get to see of it."""
        case, member = [self.cast.person.pk], [self.cast.person.pk, self.member.pk]
        asked = (
            (self.cast.family_worker, reverse("casework:case", args=case)),
            (self.cast.family_worker, reverse("casework:family_member", args=member)),
            (self.cast.reception, f"{reverse('flags:desk')}?everyone=yes"),
        )
        seen = []
        for user, address in asked:
            client = Client()
            client.force_login(user)
            seen.append(DIFFERS_ANYWAY.sub("", client.get(address).content.decode()))
        set_identity(None)
        return seen

    def hold(self) -> None:
        """What is always true."""
        live = permission_facts([self.member.pk], at=timezone.now())[self.member.pk].live
        assert not (self.refused and live)
        assert self._may_claim() <= bool(live)
        facts = facts_about([self.member.pk], at=timezone.now())[self.member.pk].facts
        assert facts.refused >= self.refused
        assert facts.under_review >= Flag.objects.filter(awaiting_review=True, removed_on=None).exists()
        assert not Message.objects.exists()
        assert not SupportedPerson.objects.exists()
        assert not DisclosureDecision.objects.exists()
        self._nothing_lost()
        client = Client()
        client.force_login(self.cast.reception)
        assert client.get(reverse("protected:danger")).status_code == 200
        set_identity(None)

    def _nothing_lost(self) -> None:
        for model in apps.get_models():
            if not issubclass(model, AppendOnly) or getattr(model, "wall", None) is not None:
                continue
            if model._meta.app_label.startswith(("safety_", "foundation_audit")):
                count = model._default_manager.count()
                assert count >= self.rows[model._meta.label], model._meta.label
                self.rows[model._meta.label] = count


STEPS: dict[str, Callable[[History], None]] = {
    "permit": History.permit,
    "withdraw": History.withdraw,
    "refuse": History.refuse,
    "flag": History.flag,
    "review own flag": History.review_own_flag,
    "order": History.order,
    "refer": History.refer,
    "danger": History.danger,
}
SPEAKS_OF_SAFETY = frozenset({"flag", "review own flag", "order", "refer", "danger"})


@pytest.mark.django_db
@settings(max_examples=5, deadline=None)
@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=6))
@example(["permit", "flag", "review own flag", "order", "refer", "danger", "withdraw", "permit", "refuse"])
def test_no_history_of_a_case_breaks_what_is_always_true(steps: list[str]) -> None:
    with transaction.atomic():
        history = History()
        for step in steps:
            before = history.seen_by_narrow() if step in SPEAKS_OF_SAFETY else []
            try:
                STEPS[step](history)
            except (NotPermittedError, NotTakenError):
                assert history.refused
            set_identity(None)
            assert not before or history.seen_by_narrow() == before
            history.hold()
        transaction.set_rollback(True)
