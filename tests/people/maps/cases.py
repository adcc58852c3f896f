"""Named hard families: each a case that drawings of families get wrong. All people are invented."""

from __future__ import annotations

from collections.abc import Callable

from alongside.people.maps.network import (
    FamilyNetwork,
    Household,
    Parentage,
    Partnership,
    Person,
    Quality,
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
    QualityKind,
    SexAssigned,
    Standing,
    TwinKind,
)

TODAY = PartialDate(2026, 6, 1)
_GENDERS = {"w": Gender.WOMAN, "m": Gender.MAN, "n": Gender.NON_BINARY, "u": Gender.UNKNOWN}
_COUPLES = {
    "m": (PartnershipKind.MARRIAGE, PartnershipStatus.CURRENT),
    "d": (PartnershipKind.MARRIAGE, PartnershipStatus.DIVORCED),
    "w": (PartnershipKind.MARRIAGE, PartnershipStatus.WIDOWED),
    "lt": (PartnershipKind.LIVING_TOGETHER, PartnershipStatus.CURRENT),
    "s": (PartnershipKind.LIVING_TOGETHER, PartnershipStatus.SEPARATED),
    "r": (PartnershipKind.RELATIONSHIP, PartnershipStatus.CURRENT),
    "e": (PartnershipKind.ENGAGED, PartnershipStatus.CURRENT),
    "b": (PartnershipKind.BRIEF, PartnershipStatus.ENDED),
}


def person(words: str, **more: object) -> Person:
    """ "danny m 1992-2020 Danny Bell": id, gender, years, label; a star before the id marks the index person."""
    parts = words.split(" ", 3)
    key, gender, years = parts[:3]
    born, _, died = years.partition("-")
    return Person(
        key.lstrip("*"),
        parts[3] if len(parts) > 3 else key.lstrip("*").title(),
        _GENDERS[gender],
        born=PartialDate.parse(born) if born != "?" else None,
        died=PartialDate.parse(died) if died else None,
        is_index=key.startswith("*"),
        **more,  # type: ignore[arg-type]
    )


def couple(words: str) -> Partnership:
    """ "a b m 1990 2001": ids, code, from, to."""
    a, b, code, *years = words.split()
    kind, status = _COUPLES[code]
    begin = PartialDate.parse(years[0]) if years and years[0] != "?" else None
    end = PartialDate.parse(years[1]) if len(years) > 1 else None
    return Partnership(f"{a}-{b}", a, b, (Stretch(kind, status, begin, end),))


def children(words: str, kind: ParentKind = ParentKind.BIRTH, begin: str = "") -> tuple[Parentage, ...]:
    """ "a b > c d": parents, children."""
    parents, _, kids = words.partition(" > ")
    since = PartialDate.parse(begin) if begin else None
    return tuple(Parentage(c, p, kind, since) for c in kids.split() for p in parents.split())


def family(people: list[Person], couples: list[str], *births: tuple[Parentage, ...], **more: object) -> FamilyNetwork:
    """A network from the shorthand above."""
    rows = tuple(row for group in births for row in group)
    return FamilyNetwork(tuple(people), tuple(couple(c) for c in couples), rows, **more)  # type: ignore[arg-type]


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
