"""Partners, parents and children as drawings get them wrong."""

from __future__ import annotations

from alongside.people.maps.network import (
    FamilyNetwork,
    Household,
    Partnership,
    Person,
    Siblings,
    Stretch,
    Twins,
)
from alongside.people.maps.vocabulary import (
    Gender,
    ParentKind,
    PartialDate,
    PartnershipKind,
    PartnershipStatus,
    PersonKind,
    SexAssigned,
    TwinKind,
)
from tests.people.maps.cases.words import children, family, person


def twelve_people() -> FamilyNetwork:
    people = [
        "gf m 1938-2011 Arthur Bell",
        "gm w 1941 Nan",
        "dad m 1964 Dad",
        "mum w 1968 Mum",
        "karen w 1970 Karen",
        "leanne w 1989 Leanne",
        "*danny m 1992-? Danny",
        "callum m 1996 Callum",
        "ruby w 2004 Ruby",
        "ellie w 1994 Ellie",
        "shanice w 1991 Shanice",
        "jayden m 2012 Jayden",
    ]
    made = [person(p.replace("-?", "")) for p in people]
    return family(
        made,
        ["gf gm m 1960", "dad mum d 1987 1999", "dad karen m 2003", "danny shanice s 2010 2016", "danny ellie lt 2019"],
        children("gf gm > dad"),
        children("dad mum > leanne danny callum"),
        children("dad karen > ruby"),
        children("danny shanice > jayden"),
        households=(Household("h", "Ellie and Danny", ("danny", "ellie")),),
    )


def three_partners() -> FamilyNetwork:
    people = [person(p) for p in ["*tom m 1960", "a w 1961 Ann", "b w 1965 Bea", "c w 1970 Cat"]]
    kids = [
        person(f"{k} {g} {y}")
        for k, g, y in (("al", "m", 1982), ("bo", "w", 1990), ("bill", "m", 1993), ("cy", "m", 2004))
    ]
    return family(
        [*people, *kids],
        ["tom a d 1980 1986", "tom b d 1988 1999", "tom c m 2002"],
        children("tom a > al"),
        children("tom b > bo bill"),
        children("tom c > cy"),
    )


def five_partners() -> FamilyNetwork:
    people = [person("*tom m 1950")] + [person(f"p{i} w {1950 + i}") for i in range(5)]
    people += [person(f"k{i} m {1970 + i}") for i in range(5)]
    return family(
        people,
        [f"tom p{i} d {1969 + 5 * i} {1973 + 5 * i}" for i in range(5)],
        *[children(f"tom p{i} > k{i}") for i in range(5)],
    )


def remarried_to_each_other() -> FamilyNetwork:
    again = Partnership(
        "x",
        "jo",
        "pat",
        (
            Stretch(PartnershipKind.MARRIAGE, PartnershipStatus.DIVORCED, PartialDate(1990), PartialDate(1996)),
            Stretch(PartnershipKind.MARRIAGE, PartnershipStatus.CURRENT, PartialDate(2001)),
        ),
    )
    return FamilyNetwork(
        (person("*jo w 1965"), person("pat m 1964"), person("kim w 1992")), (again,), children("jo pat > kim")
    )


def half_and_step() -> FamilyNetwork:
    people = ["m w 1970 Mum", "f m 1968 Dad", "s m 1972 Stepdad", "x w 1973 Stepdad's ex"]
    kids = ["*me m 1994 Me", "sis w 1991 Sis", "half w 2006 Half-sister", "step m 1997 Stepbrother"]
    return family(
        [person(p) for p in people + kids],
        ["f m d 1990 1999", "m s m 2004", "s x d 1995 2001"],
        children("f m > me sis"),
        children("m s > half"),
        children("s x > step"),
        children("s > me sis", ParentKind.STEP),
    )


def twins_and_triplets() -> FamilyNetwork:
    people = ["a w 1960", "b m 1959", "one w 1985", "two w 1985", "*mid m 1988", "x m 1990", "y w 1990", "z m 1990"]
    return family(
        [person(p) for p in [*people, "q m 1984"]],
        ["a b m 1982", "one q m 2010"],
        children("a b > one two mid x y z"),
        twins=(
            Twins("t1", ("one", "two"), TwinKind.IDENTICAL),
            Twins("t2", ("x", "y", "z"), TwinKind.FRATERNAL),
        ),
    )


def adopted_with_birth_parents() -> FamilyNetwork:
    people = ["ba w 1980 Birth mother", "bf m 1978 Birth father", "aa w 1970 Adoptive mum", "af m 1969 Adoptive dad"]
    people += ["*kid w 2004 Tegan", "own m 2000 Their own son"]
    return family(
        [person(p) for p in people],
        ["ba bf b", "aa af m 1995"],
        children("ba bf > kid"),
        children("aa af > kid", ParentKind.ADOPTIVE, "2007"),
        children("aa af > own"),
    )


def fostered_twice() -> FamilyNetwork:
    people = [
        "ma w 1985 Mum",
        "f1 w 1960 Foster carer 1",
        "f2 w 1962 Foster mum",
        "f3 m 1961 Foster dad",
        "*kid m 2008 Kai",
    ]
    return family(
        [person(p) for p in people],
        ["f2 f3 m 1988"],
        children("ma > kid"),
        children("f1 > kid", ParentKind.FOSTER, "2011"),
        children("f2 f3 > kid", ParentKind.FOSTER, "2014"),
    )


def raised_by_nan() -> FamilyNetwork:
    people = ["nan w 1950 Nan", "mum w 1975 Mum", "sis w 1996 Big sister", "*me m 2003 Me", "unc m 1978 Uncle"]
    return family(
        [person(p) for p in people],
        [],
        children("nan > mum unc"),
        children("mum > sis me"),
        children("nan > me", ParentKind.KINSHIP, "2005"),
        children("sis > me", ParentKind.GUARDIAN, "2018"),
        households=(Household("h", "Nan's house", ("nan", "me")),),
    )


def two_mothers_and_a_donor() -> FamilyNetwork:
    people = ["a w 1985 Asha", "b w 1987 Bethan", "d m ? Donor", "*kid w 2015 Zara"]
    return family(
        [person(p) for p in people],
        ["a b m 2012"],
        children("a > kid"),
        children("b > kid", ParentKind.SECOND),
        children("d > kid", ParentKind.DONOR),
    )


def trans_and_non_binary() -> FamilyNetwork:
    people = [
        person("*sam m 1990 Sam", sex_assigned=SexAssigned.FEMALE, gender_words="trans man"),
        person("alex n 1992 Alex", gender_words="non-binary, they"),
        person("kid u 2020 Rowan"),
        person("mum w 1962 Mum"),
    ]
    return family(people, ["sam alex lt 2015"], children("sam alex > kid"), children("mum > sam"))


def unknown_and_missing_parents() -> FamilyNetwork:
    people = [
        "*me w 1990 Me",
        "bro m 1993 Brother",
        "kid m 2012 Kid",
        "half w 1997 Half-sister",
        "mum w 1970 Mum",
        "gf u ?",
    ]
    made = [person(p) for p in people]
    made[-1] = Person("gf", "", Gender.UNKNOWN)
    return family(
        made,
        [],
        children("me > kid"),
        children("mum gf > half"),
        siblings=(Siblings("s", ("me", "bro", "half")),),
    )


def siblings_alone() -> FamilyNetwork:
    people = [person(p) for p in ["*a m 1990", "b w 1992", "c w 1995"]]
    return family(people, [], siblings=(Siblings("s", ("a", "b", "c")),))


def pregnancy_and_loss() -> FamilyNetwork:
    people = [
        person("*a w 1990 Amy"),
        person("b m 1989 Ben"),
        person("k1 u 2014", kind=PersonKind.MISCARRIAGE),
        person("k2 w 2016 Lily"),
        person("k3 m 2018 Joseph", kind=PersonKind.STILLBIRTH),
        person("k4 u 2020", kind=PersonKind.TERMINATION),
        person("k5 u 2026", kind=PersonKind.PREGNANCY),
    ]
    people = [
        Person(
            p.id, "" if p.id in ("k1", "k4", "k5") else p.label, p.gender, born=p.born, kind=p.kind, is_index=p.is_index
        )
        for p in people
    ]
    return family(people, ["a b m 2012"], children("a b > k1 k2 k3 k4 k5"))
