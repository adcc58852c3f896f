"""Rows of many ids in one parameter are the rows of those ids."""

from uuid import uuid4

import pytest

from alongside.foundation.records.among import among
from alongside.people.families.models import FamilyMember
from tests.factories import FamilyMemberFactory


@pytest.mark.django_db
def test_it_finds_what_in_finds_by_key_and_along_a_relation_and_with_nothing_nobody() -> None:
    first, second, _other = (FamilyMemberFactory() for _ in range(3))
    ids = {first.pk, second.pk, uuid4()}
    rows = FamilyMember.objects.filter(among("pk", ids))
    assert set(rows) == {first, second}
    assert len(rows.query.sql_with_params()[1]) == 1
    assert list(FamilyMember.objects.filter(among("person", [second.person_id]))) == [second]
    assert not FamilyMember.objects.filter(among("pk", ())).exists()
    assert set(FamilyMember.objects.exclude(among("pk", [first.pk])).filter(among("pk", ids))) == {second}
