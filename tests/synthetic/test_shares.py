"""A caseload of five thousand keeps to the published shares."""

from collections import Counter
from itertools import islice

import pytest

from alongside.synthetic.invent import rows, shares
from alongside.synthetic.invent.offices import places
from alongside.synthetic.pools.names import names_by_heritage
from alongside.synthetic.pools.places import regions
from tests.synthetic.invented import TODAY, Caseload, five_thousand

COURT_ORDERS = {"order_type.CO", "order_type.SSO"}


def share_of(counts: Counter, *wanted: object) -> float:
    return sum(counts[one] for one in wanted) / counts.total()


@pytest.fixture(scope="module")
def caseload() -> Caseload:
    return five_thousand()


def current_orders(caseload: Caseload) -> Counter:
    return Counter(row.type_id for row in caseload[rows.OrderRow] if row.ended_on is None)


def test_about_54_in_100_are_parents_and_two_thirds_of_women(caseload: Caseload) -> None:
    answers = [row for row in caseload[rows.CircumstanceRow] if row.kind == "parent"]
    said = Counter(row.answer for row in answers if row.answer != "not_said")
    assert share_of(said, "yes") == pytest.approx(0.54, abs=0.03)
    women = {row.id for row in caseload[rows.PersonRow] if row.sex_id == "sex.F"}
    of_women = Counter(row.answer for row in answers if row.person_id in women and row.answer != "not_said")
    assert share_of(of_women, "yes") == pytest.approx(0.66, abs=0.07)


def test_some_have_not_been_asked_and_some_have_not_said(caseload: Caseload) -> None:
    answers = Counter(row.answer for row in caseload[rows.CircumstanceRow] if row.kind == "parent")
    assert answers.total() / caseload.people == pytest.approx(shares.PARENT_ASKED, abs=0.03)
    assert answers["not_said"] > 0


def test_about_one_in_ten_is_a_woman(caseload: Caseload) -> None:
    sexes = Counter(row.sex_id for row in caseload[rows.PersonRow])
    assert share_of(sexes, "sex.F") == pytest.approx(shares.WOMEN, abs=0.02)


def test_adults_alone_are_under_supervision_and_most_are_in_their_thirties(caseload: Caseload) -> None:
    ages = [(TODAY - row.date_of_birth).days / 365.25 for row in caseload[rows.PersonRow]]
    assert min(ages) >= 18
    assert sum(30 <= age < 40 for age in ages) / len(ages) == pytest.approx(0.35, abs=0.03)


def test_ethnic_groups_follow_the_whole_country(caseload: Caseload) -> None:
    """Eight teams are in few regions, so this is drawn over a team of every unit."""
    mixes = [(unit.mix, region.share / len(region.units)) for region in regions() for unit in region.units]
    mean = sum(mix * share for mix, share in mixes) / sum(share for _mix, share in mixes)
    others = (sum(shares.HERITAGE_PER_THOUSAND.values()) - shares.HERITAGE_PER_THOUSAND["british"]) * mean
    british = shares.HERITAGE_PER_THOUSAND["british"] / (shares.HERITAGE_PER_THOUSAND["british"] + others)
    assert british == pytest.approx(0.72, abs=0.04)


@pytest.mark.parametrize("code", ["W3", "W4", "B1", "B2", "A2", "M1", "O1"])
def test_nobody_is_left_out(caseload: Caseload, code: str) -> None:
    assert any(row.ethnicity_id == f"ethnicity.{code}" for row in caseload[rows.PersonRow])


def test_every_heritage_has_an_ethnic_group_and_names() -> None:
    for heritage in (*shares.HERITAGE_PER_THOUSAND, "welsh"):
        assert heritage in shares.ETHNICITY
        for names in shares.NAMED_LIKE.get(heritage, (heritage,)):
            assert names in names_by_heritage()


def test_court_orders_are_a_little_under_half(caseload: Caseload) -> None:
    assert share_of(current_orders(caseload), *COURT_ORDERS) == pytest.approx(0.455, abs=0.03)


def test_over_four_relatives_are_named_for_each_and_some_name_nobody(caseload: Caseload) -> None:
    members = caseload[rows.FamilyMemberRow]
    assert len(members) / caseload.people == pytest.approx(4.3, abs=0.25)
    named = len({row.person_id for row in members})
    assert 1 - named / caseload.people == pytest.approx(shares.NOBODY_NAMED_YET, abs=0.025)


def test_over_a_quarter_have_spoken_of_a_conviction_in_the_family(caseload: Caseload) -> None:
    told = {row.person_id for row in caseload[rows.FamilyMemberRow] if row.justice_history}
    assert 0.2 < len(told) / caseload.people < shares.RELATIVE_CONVICTED


def test_those_in_custody_lose_touch_more_often(caseload: Caseload) -> None:
    custody = {row.person_id for row in caseload[rows.OrderRow] if row.type_id == "order_type.CUST"}
    members = [row for row in caseload[rows.FamilyMemberRow] if row.age_band_id is None]
    lost = Counter(
        (row.person_id in custody) for row in members if row.end_reason_id == "member_end_reason.CONTACTENDED"
    )
    everyone = Counter((row.person_id in custody) for row in members)
    assert lost[True] / everyone[True] > 5 * lost[False] / everyone[False]


def test_limited_access_is_rare_and_there(caseload: Caseload) -> None:
    limited = len(caseload[rows.ExclusionRow]) + len(caseload[rows.RestrictionRow])
    assert 0.004 < limited / caseload.people < 0.018
    assert caseload[rows.UnconfirmedRow]


def test_welsh_is_preferred_in_wales_and_nowhere_else(caseload: Caseload) -> None:
    welsh = {district for unit in regions()[0].units for town in unit.towns for district in town.districts}
    speakers = [row for row in caseload[rows.PersonRow] if row.preferred_language_id == "language.cy"]
    assert speakers
    assert {row.home_area for row in speakers} <= welsh


def test_where_most_speak_welsh_many_would_rather_be_served_in_it() -> None:
    gwynedd = next(place for place in islice(places(), 200) if place.unit.name == "Gwynedd and Anglesey")
    people = Caseload(people=400, first_team=gwynedd.number)[rows.PersonRow]
    speakers = [row for row in people if row.preferred_language_id == "language.cy"]
    assert 0.3 < len(speakers) / len(people) < 0.6


def test_regions_get_their_share_of_teams() -> None:
    wanted = {region.code: region.share for region in regions()}
    teams = Counter(place.region.code for place in islice(places(), 300))
    for code, share in wanted.items():
        assert teams[code] / 300 == pytest.approx(share / sum(wanted.values()), abs=0.01)
