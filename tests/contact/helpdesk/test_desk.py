"""The desk answers from approved wording, hands on without disclosing, and can show nothing of any case."""

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside.contact.helpdesk import actions as desk_actions
from alongside.contact.helpdesk.actions import (
    Asked,
    OwnFlagError,
    SettledAlreadyError,
    decide_conflict,
    settle,
    tear_up_old_slips,
)
from alongside.contact.helpdesk.models import Conflict, Decision, Enquiry, HandedOn, Outcome, Result, Slip
from alongside.contact.helpdesk.queries import answers_in, approved, counted
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.audit.models import Event, Payload
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.models import ContentItem, Language
from alongside.foundation.editorial.actions import approve_version, newest_version, write_version
from alongside.foundation.work.models import ToDo
from alongside.people.casework.queries.to_dos import to_dos_for
from tests.cast import Cast, assemble, member_in
from tests.factories import TeamFactory
from tests.people.casework.asking import counted as statements_of
from tests.people.casework.asking import signed_in

ROOM = Path(desk_actions.__file__).parent
KEY = "helpdesk.answer.missed.what_happens"
OF_CASES = ("people_persons_", "people_families_", "safety_", "involvement_", "contact_log_", "supervision_")


def log(**more: Any) -> dict[str, Any]:
    return {"asker": "help_asker.relative", "channel": "contact_channel.phone", "minutes": "4"} | more


def handing(cast: Cast, **more: Any) -> dict[str, Any]:
    return log(
        topic="help_topic.release",
        question="Wants to know when someone comes home",
        reach="01632 960777",
        when="After six",
        name="Gran",
        about="Danny Achebe",
        team=str(cast.team.pk),
        once=str(uuid4()),
        **more,
    )


def flagged(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "topic": "help_topic.missed",
        "said": "That a sick note is enough",
        "said_where": "help_place.desk",
        "other": "That only a hospital letter counts",
        "other_where": "help_place.programme",
        "once": str(uuid4()),
    } | more


def post(client: Client, name: str, data: dict[str, Any], *args: Any) -> Any:
    return client.post(reverse(name, args=args), data)


@pytest.mark.django_db
class TestAnswering:
    @pytest.mark.parametrize("role", ["reception", "family_worker", "owner"])
    def test_an_answer_is_found_read_out_and_logged_in_codes(self, role: str) -> None:
        cast = assemble()
        client = signed_in(cast.named(role))
        found = client.get(reverse("helpdesk:desk"), {"q": "she missed an appointment"}).content.decode()
        assert reverse("helpdesk:answer", args=[KEY]) in found
        page = client.get(reverse("helpdesk:answer", args=[KEY]))
        assert "What happens if someone misses an appointment?" in page.content.decode()
        answer = approved(KEY)
        assert answer is not None
        data = log(given=str(answer.version_id), once=str(uuid4()))
        assert post(client, "helpdesk:answer", data, KEY).status_code == 302
        post(client, "helpdesk:answer", data, KEY)
        row = Enquiry.objects.get()
        assert (row.outcome, row.content_version_id, row.topic_id) == (
            Outcome.ANSWERED,
            answer.version_id,
            "help_topic.missed",
        )

    def test_the_version_that_was_read_out_is_logged_though_another_was_approved_meanwhile(self) -> None:
        cast = assemble()
        before = approved(KEY)
        assert before is not None
        approve_another(cast)
        after = approved(KEY)
        assert after is not None
        assert after.version_id != before.version_id
        client = signed_in(cast.reception)
        post(client, "helpdesk:answer", log(given=str(before.version_id)), KEY)
        post(client, "helpdesk:answer", log(given=str(uuid4())), KEY)
        assert set(Enquiry.objects.values_list("content_version", flat=True)) == {before.version_id, after.version_id}

    def test_a_draft_is_never_given_out(self) -> None:
        cast = assemble()
        assert answers_in(Language.WELSH) == []
        client = signed_in(cast.reception)
        page = client.get(reverse("helpdesk:answer", args=[KEY])).content.decode()
        assert "The Welsh is not approved yet" in page
        assert "apwyntiad" not in page
        paper = client.get(reverse("helpdesk:leaflet", args=[KEY, "cy"]))
        assert paper.status_code == 302
        assert client.get(reverse("helpdesk:leaflet", args=[KEY, "en"])).content.startswith(b"%PDF")
        for key in ("helpdesk.answer.no.such", "pages.help", "goals.sheet.intro", "helpdesk.say.first"):
            assert client.get(reverse("helpdesk:answer", args=[key])).status_code == 404
            assert client.get(reverse("helpdesk:leaflet", args=[key, "en"])).status_code == 404

    def test_every_answer_can_be_printed_and_every_kind_out_of_remit_is_in_the_directory(self) -> None:
        client = signed_in(assemble().reception)
        listed = client.get(reverse("helpdesk:directory")).content.decode()
        from alongside.foundation.reference.queries import coded_list

        for value in coded_list("out_of_remit"):
            address = reverse("helpdesk:send_on", args=[value.code])
            assert address in listed
            assert client.get(address).status_code == 200
        assert client.get(reverse("helpdesk:send_on", args=["NO_SUCH"])).status_code == 404
        assert len(answers_in()) >= 15

    def test_who_is_sent_on_is_logged_with_what_they_were_given(self) -> None:
        cast = assemble()
        entry = approved("helpdesk.directory.relationship")
        assert entry is not None
        post(signed_in(cast.reception), "helpdesk:send_on", log(given=str(entry.version_id)), "RELATIONSHIP")
        row = Enquiry.objects.get()
        assert (row.outcome, row.remit_id, row.content_version_id) == (
            Outcome.SENT_ON,
            "out_of_remit.RELATIONSHIP",
            entry.version_id,
        )

    def test_an_empty_form_says_what_is_missing(self) -> None:
        answer = signed_in(assemble().reception).post(reverse("helpdesk:answer", args=[KEY]), {"minutes": "999"})
        page = answer.content.decode()
        assert "Select who asked, as a kind of person" in page
        assert "Select how they asked" in page
        assert not Enquiry.objects.exists()


def approve_another(cast: Cast) -> None:
    item = ContentItem.objects.get(key=KEY)
    newest = newest_version(item, Language.ENGLISH)
    assert newest is not None
    version = write_version(
        by=cast.editor,
        item=item,
        language=Language.ENGLISH,
        text=f"{newest.text}\n\nAsk today.",
        review_on=today() + timedelta(days=200),
        reason="Clearer",
        seen_number=newest.number,
    )
    approve_version(by=cast.senior, version=version)


@pytest.mark.django_db
class TestHandingOn:
    def test_the_team_rings_back_and_the_slip_is_torn_up(self) -> None:
        cast = assemble()
        assert post(signed_in(cast.reception), "helpdesk:hand_on", handing(cast)).status_code == 302
        row = HandedOn.objects.get()
        [to_do] = to_dos_for(cast.owner)
        assert (to_do.subject, to_do.case, to_do.title) == (
            row.pk,
            None,
            "Ring back: a question about coming home from prison",
        )
        client = signed_in(cast.colleague)
        page = client.get(reverse("helpdesk:one_handed_on", args=[row.pk])).content.decode()
        assert "01632 960777" in page
        assert "Danny Achebe" in page
        refused = post(client, "helpdesk:one_handed_on", {"result": "case"}, row.pk)
        assert "Ask May I? first" in refused.content.decode()
        assert post(client, "helpdesk:one_handed_on", {"result": "listened"}, row.pk).status_code == 302
        row.refresh_from_db()
        assert (row.result, row.settled_by) == (Result.LISTENED, cast.colleague.pk)
        assert not Slip.objects.exists()
        assert not to_dos_for(cast.owner).exists()
        with pytest.raises(SettledAlreadyError):
            settle(by=cast.owner, handed_on=row, result=Result.GENERAL)

    def test_only_the_team_that_rings_back_reads_the_slip(self) -> None:
        cast = assemble()
        post(signed_in(cast.reception), "helpdesk:hand_on", handing(cast))
        address = reverse("helpdesk:one_handed_on", args=[HandedOn.objects.get().pk])
        assert signed_in(cast.outsider).get(address).status_code == 404
        for name in ("reception", "family_worker", "head", "inspector"):
            assert signed_in(cast.named(name)).get(address).status_code == 403
        assert not to_dos_for(cast.outsider).exists()
        assert not to_dos_for(cast.reception).exists()

    def test_sent_twice_counts_once(self) -> None:
        cast = assemble()
        client, data = signed_in(cast.reception), handing(cast)
        post(client, "helpdesk:hand_on", data)
        post(client, "helpdesk:hand_on", data)
        assert (HandedOn.objects.count(), Slip.objects.count(), ToDo.objects.count()) == (1, 1, 1)

    def test_a_slip_that_nobody_needed_goes_after_a_fortnight_and_the_question_stays(self) -> None:
        cast = assemble()
        post(signed_in(cast.reception), "helpdesk:hand_on", handing(cast))
        assert tear_up_old_slips(on=today() + timedelta(days=14)) == 0
        assert tear_up_old_slips(on=today() + timedelta(days=15)) == 1
        row = HandedOn.objects.get()
        page = signed_in(cast.owner).get(reverse("helpdesk:one_handed_on", args=[row.pk])).content.decode()
        assert "The slip was torn up after two weeks" in page
        assert row.settled_at is None

    def test_it_goes_no_further_than_the_own_unit(self) -> None:
        cast = assemble()
        elsewhere = TeamFactory(name="Far team")
        refused = post(signed_in(cast.reception), "helpdesk:hand_on", handing(cast) | {"team": str(elsewhere.pk)})
        assert refused.status_code == 200
        assert not HandedOn.objects.exists()


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


@pytest.mark.django_db
class TestConflictingAdvice:
    def test_anyone_flags_a_senior_decides_and_whoever_flagged_hears(self) -> None:
        cast = assemble()
        post(signed_in(cast.engagement_worker), "helpdesk:flag", flagged(cast))
        row = Conflict.objects.get()
        cast_senior = member_in(row.team, RoleCode.SENIOR, "Selma Senior").user
        assert [one.kind for one in to_dos_for(cast_senior)] == ["helpdesk.conflict.decide"]
        assert not to_dos_for(cast.senior).exists()
        client = signed_in(cast_senior)
        data = {"decision": "stands", "answer": KEY, "words": "A sick note counts if it names the day"}
        assert post(client, "helpdesk:conflict", data, row.pk).status_code == 302
        row.refresh_from_db()
        answer = approved(KEY)
        assert answer is not None
        assert (row.decision, row.content_version_id) == (Decision.STANDS, answer.version_id)
        [told] = to_dos_for(cast.engagement_worker)
        assert (told.kind, told.by_hand) == ("helpdesk.conflict.answer", True)
        page = signed_in(cast.engagement_worker).get(told.address).content.decode()
        assert "A sick note counts if it names the day" in page
        assert (
            "A sick note counts"
            in signed_in(cast.reception).get(reverse("helpdesk:answer", args=[KEY])).content.decode()
        )

    def test_wording_that_has_to_change_goes_to_the_editors(self) -> None:
        cast = assemble()
        post(signed_in(cast.reception), "helpdesk:flag", flagged(cast))
        row = Conflict.objects.get()
        decide_conflict(
            by=cast.senior, conflict=row, decision=Decision.CHANGE, wording=approved(KEY), words="It is unclear"
        )
        [to_do] = to_dos_for(cast.editor)
        assert "What happens if someone misses an appointment?" in to_do.title
        page = signed_in(cast.editor).get(to_do.address).content.decode()
        assert reverse("editorial:item", args=[KEY]) in page

    def test_nobody_decides_on_what_they_flagged_nor_twice(self) -> None:
        cast = assemble()
        post(signed_in(cast.senior), "helpdesk:flag", flagged(cast))
        row = Conflict.objects.get()
        page = signed_in(cast.senior).get(reverse("helpdesk:conflict", args=[row.pk])).content.decode()
        assert "a senior other than you decides" in page
        with pytest.raises(OwnFlagError):
            decide_conflict(by=cast.senior, conflict=row, decision=Decision.DEPENDS, wording=None, words="No")
        decide_conflict(by=cast.safeguarding, conflict=row, decision=Decision.DEPENDS, wording=None, words="Ask first")
        with pytest.raises(SettledAlreadyError):
            decide_conflict(by=cast.safeguarding, conflict=row, decision=Decision.DEPENDS, wording=None, words="Again")
        assert signed_in(cast.owner).get(reverse("helpdesk:conflict", args=[row.pk])).status_code == 404

    def test_an_answer_that_stands_has_a_name(self) -> None:
        cast = assemble()
        post(signed_in(cast.reception), "helpdesk:flag", flagged(cast))
        row = Conflict.objects.get()
        answer = post(signed_in(cast.senior), "helpdesk:conflict", {"decision": "stands", "words": "x"}, row.pk)
        assert "Select the answer that stands" in answer.content.decode()
        with pytest.raises(ValueError, match="stands"):
            decide_conflict(by=cast.senior, conflict=row, decision=Decision.STANDS, wording=None, words="x")


@pytest.mark.django_db
def test_counts_leave_out_what_is_small_and_whatever_is_elsewhere() -> None:
    cast = assemble()
    answer = approved(KEY)
    assert answer is not None
    for times, topic in ((6, "missed"), (2, "tags"), (9, "helping")):
        for _ in range(times):
            asked = Asked(f"help_topic.{topic}", "help_asker.relative", "contact_channel.phone", 3, uuid4())
            desk_actions.log_answer(by=cast.reception, team=cast.team, asked=asked, answer=answer)
    found = counted(holding_of(cast.senior), on=today())
    words = {one.label: one.words for one in found.topics}
    assert words["How family and friends can help"] == "9"
    assert words["Tags and curfews"] == words["Missed appointments and being taken back to court"] == "too few to show"
    assert (found.total, found.months[0].asked, found.months[0].minutes) == ("about 15", "17", "3 minutes")
    elsewhere = member_in(TeamFactory(name="Far team"), RoleCode.SENIOR, "Far Senior").user
    assert counted(holding_of(elsewhere), on=today()).topics == []
    page = signed_in(cast.commissioner).get(reverse("helpdesk:counts")).content.decode()
    assert "about 15" in page
