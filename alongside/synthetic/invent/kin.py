"""Who belongs to someone: which relatives and friends they name, how old each is and what they are called."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.synthetic.invent import shares
from alongside.synthetic.invent.chance import Chance, Weighted
from alongside.synthetic.invent.people import Someone
from alongside.synthetic.pools.names import Names, names_by_heritage

OLDEST_CHILD = 17


@dataclass(frozen=True)
class Kin:
    """A relative or friend: the code of the relationship, and age in years (negative: to be born in so many months)."""

    relationship: str
    sex: str
    age: int
    given: str
    family: str
    phrase: str = ""
    names: Names | None = None
    lives_with: float = 0.0
    note: str = ""
    deceased: bool = False

    @property
    def is_child(self) -> bool:
        """Whether they are under eighteen."""
        return self.age <= OLDEST_CHILD


_FRIENDS = Weighted(
    {
        "FRI": 60.0,
        "CHOSEN": 7.0,
        "FAITH": 6.0,
        "SPONSOR": 5.0,
        "NEIGH": 5.0,
        "EMPLOYER": 5.0,
        "HOUSE": 4.0,
        "MENTOR": 3.0,
        "CARER": 3.0,
        "CAREDFOR": 2.0,
    }
)
_FRIEND_NOTES = ("From school", "From work", "From football", "From the street", "", "", "", "", "")
_PARTNERS_OF_MEN = Weighted({"PART": 56.0, "GIF": 22.0, "WIFE": 19.0, "CLW": 3.0})
_PARTNERS_OF_WOMEN = Weighted({"PART": 60.0, "BOF": 20.0, "HUS": 17.0, "CLH": 3.0})
_FORMER = Weighted({"COPAR": 55.0, "EXPART": 38.0, "EX": 7.0})
_BROUGHT_UP_BY = Weighted({"FOP": 45.0, "KINC": 30.0, "SPGUA": 10.0, "GUA": 8.0, "ADPAR": 7.0})
_SIBLINGS = Weighted({0: 44.0, 1: 35.0, 2: 15.0, 3: 4.0, 4: 2.0})


def kin_of(chance: Chance, someone: Someone) -> Iterator[Kin]:
    """Everyone whom the person names, closest first. Mothers and fathers are older than them, children younger."""
    if chance.happens(shares.NOBODY_NAMED_YET):
        return
    family = _Family(chance, someone)
    yield from family.partners()
    yield from family.parents()
    yield from family.children()
    yield from family.siblings()
    yield from family.wider()
    yield from family.friends()


class _Family:
    """Draws one person's family from one stream of chance."""

    def __init__(self, chance: Chance, someone: Someone) -> None:
        self.chance = chance
        self.someone = someone
        self._given = {someone.given}
        self._mother_older_by = chance.between(17, 41)

    def _kin(
        self,
        relationship: str,
        *,
        sex: str,
        age: int,
        family: str | None = None,
        phrased: str = "",
        other_names: bool = False,
        lives_with: float = 0.0,
        note: str = "",
        deceased: bool = False,
    ) -> Kin:
        chance, someone = self.chance, self.someone
        names = self._other_names() if other_names else (someone.kin_names if chance.happens(0.5) else someone.names)
        born = someone.born.year + someone.age - age
        called = (names.called or {}).get(phrased or relationship, ())
        return Kin(
            relationship=relationship,
            sex=sex,
            age=age,
            given=self._unused(names, sex=sex, born=born),
            family=family if family is not None else names.family(chance).of(sex),
            phrase=chance.one_of(called) if called and chance.happens(0.6) else "",
            names=names,
            lives_with=lives_with,
            note=note,
            deceased=deceased,
        )

    def _unused(self, names: Names, *, sex: str, born: int) -> str:
        """A given name that nobody in the family has yet, as far as three draws find one."""
        given = ""
        for _ in range(3):
            given = names.given(self.chance, sex=sex, born=born)
            if given not in self._given:
                break
        self._given.add(given)
        return given

    def _other_names(self) -> Names:
        """Names for someone who married in or came as a friend: often, not always, of the same heritage."""
        return self.someone.kin_names if self.chance.happens(0.75) else names_by_heritage()["british"]

    def partners(self) -> Iterator[Kin]:
        """A partner now, and one from before."""
        chance, someone = self.chance, self.someone
        other = "M" if someone.sex == "F" else "F"
        if chance.happens(0.43 if someone.age > 20 else 0.28):
            same = chance.happens(0.03)
            sex = someone.sex if same else other
            relationship = "PART" if same else chance.of(_PARTNERS_OF_WOMEN if someone.sex == "F" else _PARTNERS_OF_MEN)
            married = relationship in ("WIFE", "HUS")
            yield self._kin(
                relationship,
                sex=sex,
                age=self._near_own_age(),
                family=someone.family.of(sex) if married and chance.happens(0.7) else None,
                other_names=True,
                lives_with=0.62,
            )
        if chance.happens(0.42 if someone.is_parent else 0.08) and someone.age > 19:
            relationship = chance.of(_FORMER)
            if relationship == "COPAR" and not someone.is_parent:
                relationship = "EXPART"
            if relationship == "EX":
                relationship = "EXHUS" if other == "M" else "EXWIFE"
            yield self._kin(relationship, sex=other, age=self._near_own_age(), other_names=True)

    def _near_own_age(self) -> int:
        return max(18, self.someone.age + self.chance.between(-6, 6))

    def parents(self) -> Iterator[Kin]:
        """Those who brought them up."""
        chance, someone = self.chance, self.someone
        at_home = 0.5 if someone.age < 26 else 0.12
        less = 0.55 if someone.was_in_care else 1.0
        if chance.happens(0.61 * less):
            yield from self._parent("MOT", "F", self._mother_older_by, at_home)
        if chance.happens(0.35 * less):
            yield from self._parent("FA", "M", chance.between(18, 46), at_home)
        if chance.happens(0.09):
            yield from self._parent("SFA", "M", chance.between(17, 42), at_home)
        if chance.happens(0.03):
            yield from self._parent("SMOT", "F", chance.between(17, 40), at_home / 2)
        if someone.was_in_care and chance.happens(0.6):
            yield from self._parent(
                chance.of(_BROUGHT_UP_BY), chance.one_of("FFM"), chance.between(20, 45), at_home / 2, other=True
            )

    def _parent(self, relationship: str, sex: str, older: int, at_home: float, *, other: bool = False) -> Iterator[Kin]:
        age = self.someone.age + older
        if age > 94:
            return
        own_name = not other and self.chance.happens(0.72 if sex == "F" else 0.85)
        yield self._kin(
            relationship,
            sex=sex,
            age=age,
            family=self.someone.family.of(sex) if own_name else None,
            other_names=other,
            lives_with=at_home,
            deceased=age > 60 and self.chance.happens((age - 58) / 260),
        )

    def children(self) -> Iterator[Kin]:
        """Children under eighteen of those who have any; step-children, grown children and those to come."""
        chance, someone = self.chance, self.someone
        if someone.is_parent:
            for _ in range(chance.of(shares.CHILDREN)):
                yield self._child("DAU", "SON", youngest_parent=15, at_home=0.4 if someone.sex == "M" else 0.6)
        elif someone.age > 42 and chance.happens(0.45):
            for _ in range(chance.between(1, 2)):
                yield self._grown_child()
        if someone.age > 24 and chance.happens(0.07):
            yield self._child("SDAU", "SSON", youngest_parent=18, at_home=0.5, other=True)
        if someone.age > 50 and chance.happens(0.25):
            sex = chance.one_of("FM")
            age = chance.between(0, min(17, someone.age - 40))
            yield self._kin("GDAU" if sex == "F" else "GSON", sex=sex, age=age)
        if someone.age > 26 and chance.happens(0.03):
            yield self._child("KINCHILD", "KINCHILD", youngest_parent=18, at_home=0.8)
        if someone.is_expecting:
            yield Kin("UNBORN", sex="", age=-chance.between(1, 7), given="Baby", family="", lives_with=0.0)

    def _child(self, girl: str, boy: str, *, youngest_parent: int, at_home: float, other: bool = False) -> Kin:
        chance, someone = self.chance, self.someone
        sex = chance.one_of("FM")
        age = chance.between(0, max(0, min(OLDEST_CHILD, someone.age - youngest_parent)))
        surname = someone.family.of(sex) if not other and chance.happens(0.6 if someone.sex == "M" else 0.5) else None
        return self._kin(
            girl if sex == "F" else boy,
            sex=sex,
            age=age,
            family="" if chance.happens(0.08) else surname,
            other_names=other,
            lives_with=at_home if not someone.in_custody else 0.0,
        )

    def _grown_child(self) -> Kin:
        chance, someone = self.chance, self.someone
        sex = chance.one_of("FM")
        age = chance.between(18, max(18, someone.age - 17))
        return self._kin("DAU" if sex == "F" else "SON", sex=sex, age=age, family=someone.family.of(sex))

    def siblings(self) -> Iterator[Kin]:
        """Brothers and sisters, of the whole or half blood, some of them still children."""
        chance, someone = self.chance, self.someone
        for _ in range(chance.of(_SIBLINGS)):
            sex = chance.one_of("FM")
            half = chance.happens(0.22)
            age = max(1, someone.age + chance.between(-11, min(11, self._mother_older_by - 16)))
            relationship = ("H" if half else "") + ("SIS" if sex == "F" else "BRO")
            own_name = chance.happens(0.4 if half else 0.78)
            yield self._kin(
                relationship,
                sex=sex,
                age=age,
                family=someone.family.of(sex) if own_name else None,
                phrased="SIS" if sex == "F" else "BRO",
                lives_with=0.3 if someone.age < 26 else 0.06,
            )

    def wider(self) -> Iterator[Kin]:
        """Grandparents, aunts, uncles, cousins and in-laws."""
        chance, someone = self.chance, self.someone
        if someone.age < 44 and chance.happens(0.2):
            yield from self._parent("GMOT", "F", self._mother_older_by + chance.between(17, 30), 0.12)
        if someone.age < 40 and chance.happens(0.08):
            yield from self._parent("GFA", "M", self._mother_older_by + chance.between(18, 34), 0.08)
        if chance.happens(0.09):
            yield self._kin("AUNT", sex="F", age=min(90, someone.age + chance.between(4, 38)))
        if chance.happens(0.05):
            yield self._kin("UN", sex="M", age=min(90, someone.age + chance.between(4, 38)))
        if chance.happens(0.08):
            yield self._kin("COU", sex=chance.one_of("FM"), age=max(8, someone.age + chance.between(-10, 10)))
        if chance.happens(0.04):
            sex = chance.one_of("FM")
            yield self._kin("NIE" if sex == "F" else "NEP", sex=sex, age=max(2, someone.age - chance.between(15, 35)))
        if someone.age > 20 and chance.happens(0.07):
            in_law = chance.one_of((("MIL", "F"), ("MIL", "F"), ("FIL", "M"), ("BIL", "M"), ("SISIL", "F")))
            older = chance.between(18, 38) if in_law[0] in ("MIL", "FIL") else chance.between(-5, 8)
            yield self._kin(in_law[0], sex=in_law[1], age=max(18, min(92, someone.age + older)), other_names=True)

    def friends(self) -> Iterator[Kin]:
        """People of their own choosing."""
        chance, someone = self.chance, self.someone
        for likelihood in (0.29, 0.1):
            if not chance.happens(likelihood):
                return
            relationship = chance.of(_FRIENDS)
            yield self._kin(
                relationship,
                sex=chance.one_of("FMM" if someone.sex == "M" else "FFM"),
                age=max(18, min(88, someone.age + chance.between(-9, 14))),
                other_names=True,
                lives_with=1.0 if relationship == "HOUSE" else 0.02,
                note=chance.one_of(_FRIEND_NOTES) if relationship == "FRI" else "",
            )
