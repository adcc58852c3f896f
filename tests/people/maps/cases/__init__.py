"""Named hard families: each a case that drawings of families get wrong. All people are invented."""

from collections.abc import Callable

from alongside.people.maps.network import FamilyNetwork
from tests.people.maps.cases.partners import (
    adopted_with_birth_parents,
    five_partners,
    fostered_twice,
    half_and_step,
    pregnancy_and_loss,
    raised_by_nan,
    remarried_to_each_other,
    siblings_alone,
    three_partners,
    trans_and_non_binary,
    twelve_people,
    twins_and_triplets,
    two_mothers_and_a_donor,
    unknown_and_missing_parents,
)
from tests.people.maps.cases.tangles import (
    cousins_marry,
    father_and_daughter,
    friends_and_professionals,
    households_apart,
    nobody,
    one_person,
    own_ancestor,
    partner_of_mother_and_daughter,
    qualities_of_relationships,
    seven_generations,
    two_siblings_marry_two_siblings,
    uncle_and_niece,
)
from tests.people.maps.cases.words import TODAY, children, couple, family, person

CASES: dict[str, Callable[[], FamilyNetwork]] = {
    case.__name__: case
    for case in (
        twelve_people,
        three_partners,
        five_partners,
        remarried_to_each_other,
        half_and_step,
        twins_and_triplets,
        adopted_with_birth_parents,
        fostered_twice,
        raised_by_nan,
        two_mothers_and_a_donor,
        trans_and_non_binary,
        unknown_and_missing_parents,
        siblings_alone,
        pregnancy_and_loss,
        cousins_marry,
        uncle_and_niece,
        father_and_daughter,
        two_siblings_marry_two_siblings,
        partner_of_mother_and_daughter,
        friends_and_professionals,
        qualities_of_relationships,
        households_apart,
        own_ancestor,
        seven_generations,
        nobody,
        one_person,
    )
}

__all__ = ["CASES", "TODAY", "children", "couple", "family", "person"]
