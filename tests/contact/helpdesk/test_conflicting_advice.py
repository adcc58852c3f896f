"""Advice that does not agree is flagged, decided by a senior, and whoever flagged it hears."""

import pytest
from django.urls import reverse

from alongside.contact.helpdesk.actions import (
    OwnFlagError,
    SettledAlreadyError,
    decide_conflict,
)
from alongside.contact.helpdesk.models import Conflict, Decision
from alongside.contact.helpdesk.queries import approved
from alongside.foundation.access.roles import RoleCode
from alongside.people.casework.queries.to_dos import to_dos_for
from tests.cast import assemble, member_in
from tests.contact.helpdesk.desk import KEY, flagged, post
from tests.people.casework.asking import signed_in


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
