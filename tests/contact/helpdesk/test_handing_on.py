"""What needs the officer goes to the team, and leaves nothing behind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.contact.helpdesk.actions import (
    Asked,
    SettledAlreadyError,
    Told,
    ToRing,
    flag_conflict,
    hand_on,
    settle,
    tear_up_old_slips,
)
from alongside.contact.helpdesk.models import Conflict, Enquiry, HandedOn, Result, Slip
from alongside.contact.helpdesk.retention import RULE, erase_old_words
from alongside.foundation.audit.models import Certificate, Event
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import ToDo
from alongside.people.casework.queries.to_dos import to_dos_for
from tests.cast import assemble
from tests.contact.helpdesk.desk import flagged, handing, post
from tests.factories import TeamFactory
from tests.people.casework.asking import signed_in


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

    def test_two_that_come_at_once_count_once(self) -> None:
        """No view stands between them: the action itself knows the key."""
        cast = assemble()
        asked = Asked("help_topic.release", "help_asker.relative", "contact_channel.phone", 4, uuid4())
        told = Told("help_topic.missed", "One", "help_place.desk", "Other", "help_place.programme", uuid4())
        ring = ToRing(reach="01632 960777")
        handed = [
            hand_on(by=cast.owner, team=cast.team, to=cast.team, asked=asked, question="When", ring=ring)
            for _ in range(2)
        ]
        conflicts = [flag_conflict(by=cast.owner, team=cast.team, told=told) for _ in range(2)]
        assert (len(set(handed)), len(set(conflicts))) == (1, 1)
        assert (HandedOn.objects.count(), Slip.objects.count(), ToDo.objects.count()) == (1, 1, 2)
        assert Event.objects.filter(name__startswith="helpdesk.").count() == 3

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

    def test_words_of_the_desk_go_after_a_year_and_the_codes_stay(self) -> None:
        cast = assemble()
        client = signed_in(cast.reception)
        post(client, "helpdesk:hand_on", handing(cast))
        post(client, "helpdesk:flag", flagged(cast))
        assert erase_old_words(on=today() + timedelta(days=360)) == 0
        assert erase_old_words(on=today() + timedelta(days=370)) == 2
        assert erase_old_words(on=today() + timedelta(days=370)) == 0
        assert [model.objects.count() for model in (HandedOn, Conflict, Slip)] == [0, 0, 0]
        assert not ToDo.objects.filter(kind__startswith="helpdesk.", done_at=None).exists()
        assert Enquiry.objects.get().topic_id == "help_topic.release"
        assert Certificate.objects.filter(rule=RULE).count() == 2
