"""Families in which someone stands in two places, and those with nobody in them."""

from __future__ import annotations

from alongside.people.maps.network import (
    FamilyNetwork,
    Household,
    Quality,
)
from alongside.people.maps.vocabulary import (
    PartialDate,
    QualityKind,
    Standing,
)
from tests.people.maps.cases.partners import half_and_step, twelve_people
from tests.people.maps.cases.words import children, family, person


def cousins_marry() -> FamilyNetwork:
    people = [
        "gf m 1930",
        "gm w 1932",
        "s1 m 1955",
        "w1 w 1956",
        "s2 w 1958",
        "h2 m 1957",
        "*c1 m 1980",
        "c2 w 1982",
        "k w 2005",
    ]
    return family(
        [person(p) for p in people],
        ["gf gm m 1953", "s1 w1 m 1978", "s2 h2 m 1979", "c1 c2 m 2003"],
        children("gf gm > s1 s2"),
        children("s1 w1 > c1"),
        children("s2 h2 > c2"),
        children("c1 c2 > k"),
    )


def uncle_and_niece() -> FamilyNetwork:
    people = ["gf m 1930", "gm w 1932", "u m 1965 Uncle", "mum w 1955 Mum", "*n w 1980 Niece", "k m 2002"]
    return family(
        [person(p) for p in people],
        ["gf gm m 1953", "u n b 2001"],
        children("gf gm > mum u"),
        children("mum > n"),
        children("u n > k"),
    )


def father_and_daughter() -> FamilyNetwork:
    people = ["f m 1960 Father", "m w 1962 Mother", "*d w 1985 Daughter", "k m 2001 Child"]
    return family([person(p) for p in people], ["f m m 1984"], children("f m > d"), children("f d > k"))


def two_siblings_marry_two_siblings() -> FamilyNetwork:
    people = ["pa m 1930", "pb w 1931", "qa m 1929", "qb w 1930", "*p1 m 1955", "p2 w 1958", "q1 m 1954", "q2 w 1957"]
    return family(
        [person(p) for p in [*people, "x m 1985", "y w 1986"]],
        ["pa pb m 1950", "qa qb m 1950", "p1 q2 m 1980", "p2 q1 m 1981"],
        children("pa pb > p1 p2"),
        children("qa qb > q1 q2"),
        children("p1 q2 > x"),
        children("p2 q1 > y"),
    )


def partner_of_mother_and_daughter() -> FamilyNetwork:
    people = ["m w 1960 Mother", "*d w 1982 Daughter", "x m 1970 Lee", "f m 1958 Father", "k m 2003", "l w 1998"]
    return family(
        [person(p) for p in people],
        ["m f d 1980 1990", "m x s 1995 1999", "x d lt 2002"],
        children("m f > d"),
        children("m x > l"),
        children("x d > k"),
    )


def friends_and_professionals() -> FamilyNetwork:
    people = [
        person("*me m 1990 Me"),
        person("mum w 1965 Mum"),
        person("mo m 1991 Mo", standing=Standing.FRIEND, role="football"),
        person("jo w 1980 Jo", standing=Standing.PROFESSIONAL, role="Family worker"),
        person("dee w 1975 Dee", standing=Standing.PROFESSIONAL, role="Drug and alcohol worker"),
        person("pat u ? Aunt Pat"),
    ]
    return family(people, [], children("mum > me"))


def qualities_of_relationships() -> FamilyNetwork:
    base = twelve_people()
    kinds = list(QualityKind)
    pairs = [
        ("danny", "gm"), ("danny", "dad"), ("leanne", "dad"), ("callum", "dad"), ("danny", "shanice"), ("mum", "karen"),
        ("ruby", "dad"), ("callum", "ruby"), ("gm", "dad"), ("danny", "jayden"), ("gf", "dad"), ("mum", "leanne"),
    ]  # fmt: skip
    made = tuple(
        Quality(f"q{i}", a, b, kind, "A. Officer", PartialDate(2026, 1, 5), "Danny said so")
        for i, (kind, (a, b)) in enumerate(zip(kinds, pairs, strict=True))
    )
    return FamilyNetwork(base.people, base.partnerships, base.parentage, households=base.households, qualities=made)


def households_apart() -> FamilyNetwork:
    base = half_and_step()
    return FamilyNetwork(
        base.people,
        base.partnerships,
        base.parentage,
        households=(
            Household("h1", "Mum's", ("m", "s", "half", "me")),
            Household("h2", "Dad's", ("f", "sis")),
        ),
    )


def own_ancestor() -> FamilyNetwork:
    people = [person(p) for p in ["*a m 1950", "b m 1975", "c m 2000"]]
    return family(people, [], children("a > b"), children("b > c"), children("c > a"))


def seven_generations() -> FamilyNetwork:
    people, couples, births = [], [], []
    for g in range(7):
        star = "*" if g == 5 else ""
        people += [
            person(f"{star}a{g} m {1850 + 27 * g}"),
            person(f"b{g} w {1852 + 27 * g}"),
            person(f"s{g} w {1855 + 27 * g}"),
        ]
        couples.append(f"a{g} b{g} m {1875 + 27 * g}" if 1875 + 27 * g < 2026 else f"a{g} b{g} r")
        if g:
            births.append(children(f"a{g - 1} b{g - 1} > a{g} s{g}"))
    return family(people, couples, *births)


def nobody() -> FamilyNetwork:
    return FamilyNetwork()


def one_person() -> FamilyNetwork:
    return FamilyNetwork((person("*me u ? Me"),))
