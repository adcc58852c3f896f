"""The desk answers from approved wording, and sends on kindly what is not ours."""

from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.contact.helpdesk import actions as desk_actions
from alongside.contact.helpdesk.actions import Asked
from alongside.contact.helpdesk.models import Enquiry, Outcome
from alongside.contact.helpdesk.queries import answers_in, approved, counted
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.models import Language
from tests.cast import assemble, member_in
from tests.contact.helpdesk.desk import KEY, approve_another, log, post
from tests.factories import TeamFactory
from tests.people.casework.asking import signed_in


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
    assert found is not None
    assert {one.label: one.words for one in found.topics} == {
        "How family and friends can help": "10",
        "Missed appointments and being taken back to court": "5",
    }
    assert (found.total, found.months[0].asked, found.months[0].minutes) == ("15", "15", "3 minutes")
    elsewhere = member_in(TeamFactory(name="Far team"), RoleCode.SENIOR, "Far Senior").user
    assert counted(holding_of(elsewhere), on=today()) is None
    page = signed_in(cast.commissioner).get(reverse("helpdesk:counts")).content.decode()
    assert "about 15 questions" in page
