"""Someone under supervision: who they are, and what the product keeps about them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from alongside.people.persons.rules import age_on, searchable
from alongside.synthetic.invent import shares
from alongside.synthetic.invent.chance import Chance, Weighted
from alongside.synthetic.invent.numbers import crn_of, cro_of, pnc_of, prison_number_of
from alongside.synthetic.invent.offices import Office, Officer
from alongside.synthetic.invent.rows import CircumstanceRow, NeedRow, OtherNameRow, PersonRow, Sheets
from alongside.synthetic.invent.setting import Setting, at_work
from alongside.synthetic.pools.names import SHORT_FORMS, FamilyName, Names, names_by_heritage
from alongside.synthetic.pools.places import Unit

SOURCE = "ndelius"
IN_USE_FOR = 240
"""How many days the product has been in use: nothing in it is older, whatever the orders say."""

_LANGUAGES_WITH_READERS = frozenset({"en", "cy"})
_PRONOUNS = Weighted({"": 93.0, "he/him": 4.0, "she/her": 2.0, "they/them": 1.0})


@dataclass(frozen=True)
class Someone:
    """A person under supervision, as far as the rest of their story needs."""

    id: str
    index: int
    heritage: str
    names: Names
    kin_names: Names
    sex: str
    born: date
    age: int
    given: str
    family: FamilyName
    order: str
    order_from: date
    arrived_on: date
    arrived_at: datetime
    officer: Officer | None
    town: str
    district: str
    speaks: str
    is_parent: bool
    is_expecting: bool
    was_in_care: bool

    @property
    def family_name(self) -> str:
        """Their family name, in the form that they bear."""
        return self.family.of(self.sex)

    @property
    def in_custody(self) -> bool:
        """Whether they are in prison now."""
        return self.order == "CUST"


def invent_person(chance: Chance, *, index: int, office: Office, setting: Setting, sheets: Sheets) -> Someone:
    """One person: their own row, names, needs and what they have been asked."""
    someone = _someone(chance, index=index, office=office, setting=setting)
    others = list(_other_names(chance, someone))
    sheets.put(_person_row(chance, someone, others, setting))
    sheets.put_all(others)
    sheets.put_all(_needs(chance, someone))
    sheets.put_all(_circumstances(chance, someone, office, setting))
    return someone


def _someone(chance: Chance, *, index: int, office: Office, setting: Setting) -> Someone:
    sex = "F" if chance.happens(shares.WOMEN) else "M"
    ages = chance.of(shares.AGES)
    age = chance.between(ages.youngest, ages.oldest)
    born = setting.days_ago(age * 365 + age // 4 + 1 + chance.between(0, 360))
    heritage = chance.of(_heritages(office.place.unit))
    given_like, family_like = shares.NAMED_LIKE.get(heritage, (heritage, heritage))
    names, kin_names = names_by_heritage()[given_like], names_by_heritage()[family_like]
    order = chance.of(shares.ORDERS)
    if order in ("YRO", "YDL"):
        born = setting.days_ago(18 * 365 + 5 + chance.between(0, 900))
    order_from = _order_from(chance, order, setting)
    # Nobody is sentenced as a child here: those who would be are sentenced on reaching eighteen.
    order_from = max(order_from, born + timedelta(days=18 * 365 + 6))
    order_from = min(order_from, setting.today)
    age = age_on(setting.today, born=born)
    arrived_on = max(order_from, setting.days_ago(IN_USE_FOR - chance.between(0, 20)))
    return Someone(
        id=chance.uuid(),
        index=index,
        heritage=heritage,
        names=names,
        kin_names=kin_names,
        sex=sex,
        born=born,
        age=age,
        given=names.given(chance, sex=sex, born=born.year),
        family=kin_names.family(chance),
        order=order,
        order_from=order_from,
        arrived_on=arrived_on,
        arrived_at=at_work(arrived_on, chance.between(0, 540)),
        officer=_officer(chance, order, office),
        town=office.place.town.name,
        district=chance.one_of(office.place.town.districts),
        speaks=_language(chance, names, office.place.unit, heritage),
        is_parent=chance.happens(_at_age(shares.MOTHERS if sex == "F" else shares.FATHERS, age)),
        is_expecting=age < 45 and chance.happens(shares.EXPECTING),
        was_in_care=chance.happens(shares.IN_CARE_AS_CHILD),
    )


@lru_cache(maxsize=256)
def _heritages(unit: Unit) -> Weighted[str]:
    weights = {
        heritage: weight if heritage == "british" else weight * unit.mix
        for heritage, weight in shares.HERITAGE_PER_THOUSAND.items()
    }
    british = weights["british"]
    return Weighted({**weights, "british": british * (1 - unit.welsh_names), "welsh": british * unit.welsh_names})


def _order_from(chance: Chance, order: str, setting: Setting) -> date:
    longest = {"LIC_LIFE": 4000, "LIC_IPP": 3000, "LIC_EDS": 1500, "CUST": 1800, "PSS": 300, "LIC_HDC": 150}
    days = int(longest.get(order, 620) * chance.random() ** 1.3) + 3
    return setting.days_ago(days)


def _officer(chance: Chance, order: str, office: Office) -> Officer | None:
    if chance.happens(0.01):
        return None
    return chance.one_of(office.custody if order == "CUST" else office.community)


def _language(chance: Chance, names: Names, unit: Unit, heritage: str) -> str:
    """The code of the language that they would rather speak; empty where nobody has asked."""
    drawn = chance.random()
    for code, likelihood in names.languages.items():
        drawn -= likelihood
        if drawn < 0:
            return code
    if unit.welsh and chance.happens(unit.welsh * (1.3 if heritage == "welsh" else 0.25)):
        return "cy"
    return "" if chance.happens(shares.LANGUAGE_NOT_ASKED) else "en"


def _at_age(likelihoods: dict[int, float], age: int) -> float:
    return likelihoods[max(from_age for from_age in likelihoods if from_age <= max(age, 18))]


def _person_row(chance: Chance, someone: Someone, others: list[OtherNameRow], setting: Setting) -> PersonRow:
    given_names = someone.given
    if chance.happens(0.35):
        second = someone.names.given(chance, sex=someone.sex, born=someone.born.year)
        given_names = f"{given_names} {second}" if second != given_names else given_names
    known_as = SHORT_FORMS.get(someone.given, "") if chance.happens(0.3) else ""
    pronouns = chance.of(_PRONOUNS)
    if pronouns in ("he/him", "she/her"):
        pronouns = "she/her" if someone.sex == "F" else "he/him"
    convicted = min(someone.born.year + chance.between(16, 30), someone.order_from.year)
    ethnicity = shares.ETHNICITY[someone.heritage]
    if chance.happens(shares.ETHNICITY_NOT_ASKED):
        ethnicity = ""
    elif chance.happens(shares.ETHNICITY_NOT_SAID):
        ethnicity = "NS"
    disability = chance.of(shares.DISABILITY)
    been_inside = someone.order not in ("CO", "SSO", "YRO") or chance.happens(0.3)
    gender = None if chance.happens(0.45) else "NB" if chance.happens(0.006) else someone.sex
    return PersonRow(
        id=someone.id,
        crn=crn_of(someone.index),
        prison_number=prison_number_of(someone.index) if been_inside else "",
        pnc=pnc_of(someone.index, year=convicted) if chance.happens(0.97) else "",
        cro=cro_of(someone.index, year=convicted) if chance.happens(0.82) else "",
        given_names=given_names,
        family_name=someone.family_name,
        known_as=known_as,
        pronouns=pronouns,
        search_name=searchable(given_names, someone.family_name, known_as, *sorted(row.name for row in others)),
        date_of_birth=someone.born,
        sex_id=f"sex.{someone.sex}",
        gender_id=f"gender.{gender}" if gender else None,
        ethnicity_id=f"ethnicity.{ethnicity}" if ethnicity else None,
        disability_id=f"disability.{disability}" if disability else None,
        preferred_language_id=f"language.{someone.speaks}" if someone.speaks else None,
        interpreter_needed=needs_interpreter(someone),
        home_area=someone.district,
        supervision_ends_on=supervision_ends_on(someone, setting),
        source=SOURCE,
        synthetic_mark=setting.mark,
        added_at=someone.arrived_at,
    )


def needs_interpreter(someone: Someone) -> bool:
    """Whether they need one; the same answer whenever asked."""
    if someone.speaks in _LANGUAGES_WITH_READERS or not someone.speaks:
        return False
    return int(someone.id[:8], 16) % 1000 < shares.INTERPRETER * 1000


def supervision_ends_on(someone: Someone, setting: Setting) -> date | None:
    """The last day of supervision; None where it has no end."""
    if someone.order in ("LIC_LIFE", "LIC_IPP"):
        return None
    months = {"CO": (12, 24), "SSO": (12, 24), "PSS": (12, 12), "YRO": (12, 24), "LIC_HDC": (6, 18)}
    shortest, longest = months.get(someone.order, (9, 48))
    span = int(someone.id[9:13], 16) % (longest - shortest + 1) + shortest
    ends = someone.order_from + timedelta(days=span * 30 + span // 2)
    # Someone still on the caseload has some way to go.
    short = (setting.today - ends).days
    return ends if short < -10 else setting.today + timedelta(days=11 + int(someone.id[14:18], 16) % 300)


def _other_names(chance: Chance, someone: Someone) -> list[OtherNameRow]:
    rows = []
    if chance.happens(0.24 if someone.sex == "F" else 0.03):
        earlier = someone.names.family(chance).of(someone.sex)
        if earlier != someone.family_name:
            kind = "birth" if someone.sex == "F" else "previous"
            rows.append(OtherNameRow(chance.uuid(), someone.id, kind, f"{someone.given} {earlier}"))
    if chance.happens(0.05):
        rows.append(OtherNameRow(chance.uuid(), someone.id, "also_used", f"{someone.given[:1]}J {someone.family_name}"))
    return rows


def _needs(chance: Chance, someone: Someone) -> list[NeedRow]:
    codes = [code for code, likelihood in shares.NEEDS.items() if chance.happens(likelihood)]
    if needs_interpreter(someone):
        codes.append("INTERP")
    if someone.speaks == "cy" and chance.happens(0.7):
        codes.append("WELSH")
    return [NeedRow(chance.uuid(), someone.id, f"communication_need.{code}", "") for code in codes]


def _circumstances(chance: Chance, someone: Someone, office: Office, setting: Setting) -> list[CircumstanceRow]:
    truths = {
        "parent": someone.is_parent,
        "carer": chance.happens(shares.CARERS),
        "expecting": someone.is_expecting,
    }
    asker = (someone.officer or office.senior).user_id
    asked_on = min(someone.arrived_on + timedelta(days=chance.between(0, 60)), setting.today)
    rows = []
    for kind, truth in truths.items():
        if not chance.happens(shares.PARENT_ASKED if kind == "parent" else shares.PARENT_ASKED - 0.08):
            continue
        answer = "not_said" if chance.happens(shares.PARENT_NOT_SAID) else "yes" if truth else "no"
        rows.append(CircumstanceRow(chance.uuid(), someone.id, kind, answer, asked_on, asker))
    return rows
