"""The lists as they are in the repository: what other rooms count on."""

import re
from itertools import pairwise

import pytest

from alongside.foundation.reference.sources import SourceValue, read_lists

LISTS = {one.name: {value.code: value for value in one.values} for one in read_lists()}

OFFICIAL_RELATIONSHIPS = set(
    re.findall(
        r"\w+",
        """
        AUNT BOF BRO CLH CLW COU DAU FA FOP FRI GDAU GFA GIF GMOT GSON GUA HBRO HSIS HUS ILP MOT NEP NIE NONE OTHER
        PART SBRO SDAU SFA SIS SMOT SON SSIS SSON UN WIFE
        """,
    )
)


def relationship(code: str) -> SourceValue:
    return LISTS["relationship"][code]


def test_every_official_relationship_is_there_under_its_own_code():
    assert len(OFFICIAL_RELATIONSHIPS) == 36
    for code in OFFICIAL_RELATIONSHIPS:
        assert relationship(code).nomis == code


@pytest.mark.parametrize("code", ["EXPART", "EXHUS", "EXWIFE", "CIVP", "MIL", "FIL", "ADPAR", "ADCHILD", "FOCHILD"])
def test_what_the_official_list_lacks_is_there_and_can_be_given_back_in_its_words(code):
    assert relationship(code).nomis == ""
    assert relationship(code).attributes["nearest_nomis"] in OFFICIAL_RELATIONSHIPS


@pytest.mark.parametrize("value", LISTS["relationship"].values(), ids=lambda value: value.code)
def test_a_relationship_can_be_said_without_gender_and_looked_at_from_the_other_side(value):
    attributes = value.attributes
    assert attributes["gender"] in {"female", "male", "neutral"}
    if attributes["gender"] != "neutral":
        neutral = relationship(attributes["neutral"])
        assert neutral.attributes["gender"] == "neutral"
    for gender, code in attributes.get("inverse", {}).items():
        inverse = relationship(code)
        assert gender in {"female", "male", "neutral"}
        assert value.attributes.get("generation") is None or (
            inverse.attributes["generation"] == -value.attributes["generation"]
        )


def test_those_who_are_children_of_the_person_are_known():
    children = {code for code, value in LISTS["relationship"].items() if value.attributes.get("child_of_person")}
    assert {"SON", "DAU", "CHILD", "SSON", "SDAU", "ADCHILD", "FOCHILD", "UNBORN"} <= children
    assert not {"MOT", "GSON", "NEP", "FRI"} & children


def test_partners_and_former_partners_are_intimate_and_nobody_else_is():
    for value in LISTS["relationship"].values():
        assert bool(value.attributes.get("intimate")) == (value.attributes["kin"] in {"partner", "ex_partner"})


def test_age_bands_leave_no_gap_and_do_not_overlap():
    bands = [value.attributes for value in LISTS["age_band"].values() if "from_years" in value.attributes]
    assert bands[0]["from_years"] == 0
    assert bands[-1]["to_years"] == 17
    assert all(later["from_years"] == earlier["to_years"] + 1 for earlier, later in pairwise(bands))


def test_ethnic_groups_are_the_nineteen_of_the_census():
    groups = [value for value in LISTS["ethnicity"].values() if value.group != "Not given"]
    assert len(groups) == 19
    assert {value.en for value in groups} >= {"Gypsy or Irish Traveller", "Roma"}


def test_a_requirement_that_is_not_yet_law_is_not_offered():
    assert LISTS["requirement_type"]["RZONE"].active is False


@pytest.mark.parametrize("name", LISTS)
def test_welsh_is_never_taken_for_approved(name):
    assert not any(value.welsh_approved for value in LISTS[name].values())
