"""Younger sister aged 16 or 17: heard alone, her mother asked, told what it means, and an exception by someone else."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import Approval
from alongside.safety.young_supporters.models import AgeException
from alongside.safety.young_supporters.queries import young_facts
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.people.casework.asking import signed_in

pytestmark = [pytest.mark.scenario, pytest.mark.django_db]


def words_of(answer: object) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def day(name: str, later: int = 0) -> dict[str, str]:
    on = today()
    year, month = divmod(on.month - 1 + later, 12)
    return {
        f"{name}-day": "1" if later else str(on.day),
        f"{name}-month": str(month + 1),
        f"{name}-year": str(on.year + year),
    }


def version(client: Client, address: str) -> str:
    return re.search(r'name="version" value="(\d+)"', client.get(address).content.decode()).group(1)


def test_she_may_wait_inside_once_she_was_heard_and_someone_else_approved() -> None:
    cast = assemble()
    person = cast.person
    ellie = FamilyMemberFactory(
        person=person,
        given_name="Ellie",
        relationship_id="relationship.SIS",
        age_band_id="age_band.A16_17",
        age_band_on=today(),
    )
    mandy = FamilyMemberFactory(person=person, given_name="Mandy", year_of_birth=1979)
    officer = signed_in(cast.owner)

    def at(name: str) -> str:
        return reverse(f"young_supporters:{name}", args=[person.pk, ellie.pk])

    # The page says what holds for her, and what to do first.
    assert "practical things at most" in words_of(officer.get(at("young")))
    assert "Hear them alone" in words_of(officer.get(at("young")))
    assert young_facts([ellie.pk], on=today())[ellie.pk].level_cap == 3

    # An exception cannot be asked for before; what was typed is kept.
    wish = {
        "what": "age_exception.WAIT",
        "reason": "He comes because she makes him",
        "safeguards": "Beside the desk, in sight of reception",
        **day("from_date"),
        **day("until_date", later=3),
    }
    refused = officer.post(at("ask"), wish)
    assert "First: Hear them alone" in words_of(refused)
    assert "Beside the desk" in refused.content.decode()
    assert not AgeException.objects.exists()

    # Heard with her mother in the room is not heard.
    heard = {"words": "She wants to wait for him", **day("heard_on"), "version": version(officer, at("heard"))}
    assert "hear them again alone" in words_of(officer.post(at("heard"), heard))
    assert "Noted." in words_of(officer.post(at("heard"), heard | {"alone": "on"}, follow=True))

    # Her mother is asked, and agrees; then Ellie is told what helping means.
    said = {"parent": str(mandy.pk), "attitude": "agrees", "words": "Home by six", **day("asked_on")}
    officer.post(at("parents"), said)
    assert "You may stop on any day" in words_of(officer.get(at("told")))
    told = {**day("told_on"), "language": "language.en", "questions": "", "version": version(officer, at("told"))}
    officer.post(at("told"), told)
    facts = young_facts([ellie.pk], on=today())[ellie.pk]
    assert (facts.heard_alone, facts.parent_consulted, facts.told) == (True, True, True)

    # Now it can be asked for. Whoever asked cannot decide; the senior finds it on the start page and approves.
    assert "Sent to a senior officer" in words_of(officer.post(at("ask"), wish, follow=True))
    row = AgeException.objects.get()
    decide = reverse("young_supporters:exception", args=[person.pk, row.pk])
    mine = officer.post(decide, {"state": "approved", "reason": "Mine"}, follow=True)
    assert "Someone who did not ask for it has to" in words_of(mine)
    colleague = signed_in(cast.colleague)
    assert "What do you decide?" not in words_of(colleague.get(decide))
    senior = signed_in(cast.senior)
    waiting = reverse("casework:approval", args=[Approval.objects.get().pk])
    assert waiting in senior.get(reverse("casework:today")).content.decode()
    assert f"{waiting}read/" in senior.get(waiting).content.decode()
    assert senior.get(f"{waiting}read/").headers["Location"] == decide
    assert "She wants to wait for him" in words_of(senior.get(decide))
    assert "Enter why" in words_of(senior.post(decide, {"state": "approved", "reason": ""}))
    senior.post(decide, {"state": "approved", "reason": "It keeps him coming"})
    assert Approval.objects.get().decided_by == cast.senior.pk
    facts = young_facts([ellie.pk], on=today())[ellie.pk]
    assert (facts.exception_approved, facts.level_cap) == (True, 3)
    assert "Approved, in force" in words_of(officer.get(at("young")))

    # It ends when it is no longer needed.
    row.refresh_from_db()
    end = reverse("young_supporters:end", args=[person.pk, row.pk])
    officer.post(end, {"reason": "She is at college on Tuesdays", "version": str(row.version)})
    assert not young_facts([ellie.pk], on=today())[ellie.pk].exception_approved
