"""The desk can show nothing of any case, and writes nothing down of anyone."""

import ast
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.contact.helpdesk import actions as desk_actions
from alongside.contact.helpdesk.actions import Asked
from alongside.contact.helpdesk.models import Conflict, HandedOn, Outcome, Slip
from alongside.foundation.audit.models import Event, Payload
from alongside.foundation.work.models import ToDo
from tests.cast import assemble
from tests.contact.helpdesk.desk import KEY, flagged, handing, post
from tests.people.casework.asking import counted as statements_of
from tests.people.casework.asking import signed_in

ROOM = Path(desk_actions.__file__).parent
OF_CASES = ("people_persons_", "people_families_", "safety_", "involvement_", "contact_log_", "supervision_")


@pytest.mark.django_db
class TestNothingOfAnyone:
    def test_the_same_is_said_whoever_is_asked_about(self) -> None:
        cast = assemble()
        client = signed_in(cast.reception)
        known, unknown = (
            post(client, "helpdesk:hand_on", handing(cast) | {"about": name, "once": str(uuid4())}).headers["Location"]
            for name in (f"{cast.person.name} {cast.person.crn}", "Nobody Atall X999999")
        )
        assert known == unknown
        first, second = HandedOn.objects.order_by("pk")
        assert (first.team_id, first.due_on, first.asked) == (second.team_id, second.due_on, second.asked)

    @pytest.mark.parametrize("name", ["reception", "family_worker", "senior"])
    def test_no_page_asks_a_table_that_holds_a_case(self, name: str) -> None:
        cast = assemble()
        post(signed_in(cast.reception), "helpdesk:hand_on", handing(cast))
        client = signed_in(cast.named(name))
        post(client, "helpdesk:flag", flagged(cast))
        addresses = [
            reverse("helpdesk:desk"),
            f"{reverse('helpdesk:desk')}?q=achebe",
            reverse("helpdesk:answer", args=[KEY]),
            reverse("helpdesk:directory"),
            reverse("helpdesk:send_on", args=["MONEY"]),
            reverse("helpdesk:hand_on"),
            reverse("helpdesk:flag"),
            reverse("helpdesk:conflicts"),
            reverse("helpdesk:conflict", args=[Conflict.objects.get().pk]),
        ]
        if name == "senior":
            addresses += [
                reverse("helpdesk:counts"),
                reverse("helpdesk:handed_on"),
                reverse("helpdesk:one_handed_on", args=[HandedOn.objects.get().pk]),
            ]
        for address in addresses:
            with statements_of() as statements:
                answer = client.get(address)
            assert answer.status_code == 200
            assert [one for one in statements if any(table in one for table in OF_CASES)] == [], address
            assert len(statements) <= 10, address
            assert cast.person.family_name not in answer.content.decode().replace("Danny Achebe", "")

    def test_nobody_is_found_by_number(self) -> None:
        cast = assemble()
        asked = {"q": cast.person.crn}
        page = signed_in(cast.reception).get(reverse("helpdesk:desk"), asked, follow=True).content.decode()
        assert "Nobody is looked up here" in page
        assert cast.person.crn not in page

    @pytest.mark.parametrize("words", ["Asks about X123456", "Ring 07700 900123", "Born 3/5/1990"])
    def test_a_number_does_not_get_into_the_log(self, words: str) -> None:
        cast = assemble()
        for name, data in (
            ("helpdesk:hand_on", handing(cast) | {"question": words, "no_names": "on"}),
            ("helpdesk:flag", flagged(cast, said=words, no_names="on")),
        ):
            answer = post(signed_in(cast.reception), name, data)
            assert "Take out what looks like" in answer.content.decode()
            assert words in answer.content.decode()
        assert not HandedOn.objects.exists()
        assert not Conflict.objects.exists()
        assert not Slip.objects.exists()

    def test_what_looks_like_a_name_is_asked_about_once(self) -> None:
        cast = assemble()
        client = signed_in(cast.reception)
        data = handing(cast) | {"question": "When does Jordan come home"}
        assert "Jordan” if it is a name" in post(client, "helpdesk:hand_on", data).content.decode()
        assert post(client, "helpdesk:hand_on", data | {"no_names": "on"}).status_code == 302

    def test_the_trail_holds_codes_and_no_word_of_the_slip(self) -> None:
        cast = assemble()
        post(signed_in(cast.reception), "helpdesk:hand_on", handing(cast))
        post(signed_in(cast.reception), "helpdesk:flag", flagged(cast))
        kept = " ".join(Payload.objects.filter(event__name__startswith="helpdesk.").values_list("content", flat=True))
        assert "help_topic.release" in kept
        for word in ("Danny", "Gran", "960777", "After six", "Wants to know", "sick note"):
            assert word not in kept
        assert not Event.objects.filter(chain=cast.person.pk, name__startswith="helpdesk.").exists()
        titles = " ".join(ToDo.objects.values_list("title", flat=True))
        assert "Danny" not in titles
        assert "Gran" not in titles

    def test_the_room_imports_nothing_that_knows_a_case(self) -> None:
        allowed = ("alongside.foundation.", "alongside.people.staff.", "alongside.contact.helpdesk")
        for path in ROOM.rglob("*.py"):
            if path.parent.name == "migrations":
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("alongside."):
                    module = f"{node.module}."
                    assert module.startswith(allowed) or node.module == "alongside.people.casework.registry", path

    def test_the_database_takes_no_answer_without_its_version(self) -> None:
        cast = assemble()
        asked = Asked("help_topic.missed", "help_asker.friend", "contact_channel.face", 3, uuid4())
        with pytest.raises(IntegrityError), transaction.atomic():
            desk_actions._log(cast.reception, cast.team, asked, outcome=Outcome.ANSWERED)
