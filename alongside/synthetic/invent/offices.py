"""Teams and their staff. Each team looks after the next 810 people, so a larger caseload begins with a smaller one."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from uuid import UUID, uuid5

from alongside.foundation.access.roles import RoleCode
from alongside.synthetic.invent import shares
from alongside.synthetic.invent.chance import Chance, Weighted
from alongside.synthetic.invent.rows import CoverRow, MemberRow, PatchRow, PostRow, Sheets, UserRow
from alongside.synthetic.invent.setting import Setting, at_work
from alongside.synthetic.pools.names import names_by_heritage
from alongside.synthetic.pools.places import Region, Town, Unit, regions

NAMESPACE = UUID("5f0c0b0e-6d8c-4c5e-9f4e-0a8f3d1f7a51")
SERVICE_NAME = "Probation Service (invented)"
COMMUNITY_OFFICERS = 13
CUSTODY_OFFICERS = 5
PEOPLE_A_TEAM = 810  # 45 for each of 18 officers
LEAVERS = 2

_STAFF_HERITAGE = Weighted(
    {
        "british": 72.0,
        "caribbean": 5.0,
        "pakistani": 4.0,
        "punjabi": 4.0,
        "nigerian": 3.0,
        "irish": 3.0,
        "ghanaian": 1.5,
        "bangladeshi": 1.5,
        "polish": 1.5,
        "gujarati": 1.5,
        "somali": 1.0,
        "zimbabwean": 1.0,
        "chinese": 0.5,
        "turkish": 0.5,
    }
)
_GRADES = Weighted({"Probation officer": 55.0, "Probation services officer": 37.0, "Trainee probation officer": 8.0})
_UNIT_ROLES = {
    RoleCode.HEAD: "Head of probation delivery unit",
    RoleCode.SAFEGUARDING_LEAD: "Safeguarding lead",
    RoleCode.QUALITY: "Quality development officer",
    RoleCode.FAMILY_WORKER: "Family support worker",
    RoleCode.FACILITATOR: "Programme facilitator",
    RoleCode.UNPAID_WORK: "Unpaid work supervisor",
    RoleCode.ABUSE_ADVISER: "Domestic abuse safety adviser",
    RoleCode.ENGAGEMENT_WORKER: "Engagement worker",
}
_REGION_ROLES = {
    RoleCode.VICTIM_LIAISON: "Victim liaison officer",
    RoleCode.PSYCHOLOGIST: "Psychologist",
    RoleCode.INSPECTOR: "Inspector",
    RoleCode.COMMISSIONER: "Commissioning manager",
    RoleCode.PROVIDER: "Provider manager",
    RoleCode.DATA_PROTECTION: "Data protection officer",
    RoleCode.ADMINISTRATOR: "Administrator",
    RoleCode.CONTENT_EDITOR: "Content editor",
    RoleCode.POLICY_ADMINISTRATOR: "Policy administrator",
}


@dataclass(frozen=True)
class Place:
    """Where a team stands, and whether it is the first of its unit and region."""

    number: int
    region: Region
    unit: Unit
    town: Town
    name: str
    code: str
    first_of_unit: bool
    first_of_region: bool

    @cached_property
    def team_id(self) -> str:
        """The team's id, the same for every seed."""
        return place_id(self.code)

    @property
    def telephone(self) -> str:
        """One of the numbers that are kept for invented people."""
        return f"01632 960{self.number % 1000:03d}"


@dataclass(frozen=True)
class Officer:
    """A member of staff, as far as rows of others point at them."""

    user_id: str
    member_id: str
    name: str
    role: RoleCode
    since: date


@dataclass(frozen=True)
class Office:
    """A team with those who work in it, in its unit and in its region."""

    place: Place
    community: tuple[Officer, ...]
    custody: tuple[Officer, ...]
    senior: Officer
    leavers: tuple[Officer, ...]
    around: tuple[Officer, ...]
    sheets: Sheets

    def holder(self, role: RoleCode) -> Officer:
        """Whoever holds a role in the team's unit or region."""
        return next(officer for officer in self.around if officer.role is role)


def place_id(code: str) -> str:
    """The id of a service, region, unit or team by its code: the same in every invented caseload."""
    return str(uuid5(NAMESPACE, code))


def places() -> Iterator[Place]:
    """Teams without end: Wales first, then whichever region is furthest behind its share of the caseload."""
    all_regions = regions()
    total = sum(region.share for region in all_regions)
    teams_in = dict.fromkeys(all_regions, 0)
    number = 0
    while True:
        region = (
            all_regions[0]
            if number == 0
            else max(all_regions, key=lambda one: one.share / total * (number + 1) - teams_in[one])
        )
        nth = teams_in[region]
        unit = region.units[nth % len(region.units)]
        nth_in_unit = nth // len(region.units)
        town = unit.towns[nth_in_unit % len(unit.towns)]
        again = nth_in_unit // len(unit.towns)
        yield Place(
            number=number,
            region=region,
            unit=unit,
            town=town,
            name=f"{town.name} team {again + 1}" if again else f"{town.name} team",
            code=f"{unit.code}{nth_in_unit + 1:02d}",
            first_of_unit=nth_in_unit == 0,
            first_of_region=nth == 0,
        )
        teams_in[region] += 1
        number += 1


@lru_cache(maxsize=64)
def unit_staff(seed: int, unit: Unit, today: date) -> tuple[tuple[Officer, ...], Sheets]:
    """Those who work for a whole delivery unit."""
    return _staff_around(Chance(seed, f"unit/{unit.code}"), roles=_UNIT_ROLES, unit=unit, code=unit.code, today=today)


@lru_cache(maxsize=16)
def region_staff(seed: int, region: Region, today: date) -> tuple[tuple[Officer, ...], Sheets]:
    """Those who work for a whole region."""
    return _staff_around(
        Chance(seed, f"region/{region.code}"), roles=_REGION_ROLES, region=region, code=region.code, today=today
    )


def invent_office(setting: Setting, place: Place) -> Office:
    """A team's staff, posts, patches and cover; with its unit's and region's where it is their first team."""
    chance = Chance(setting.office_seed, f"team/{place.number}")
    sheets = Sheets()
    around: list[Officer] = []
    for (officers, rows), is_first in (
        (unit_staff(setting.office_seed, place.unit, setting.today), place.first_of_unit),
        (region_staff(setting.office_seed, place.region, setting.today), place.first_of_region),
    ):
        around += officers
        if is_first:
            for _kind, some in rows:
                sheets.put_all(some)
    hire = _Hiring(chance, sheets, code=place.code, today=setting.today, telephone=place.telephone)
    senior = hire.one(RoleCode.SENIOR, "Senior probation officer", team_id=place.team_id)
    hire.one(RoleCode.RECEPTION, "Receptionist", team_id=place.team_id)
    community = tuple(
        hire.one(RoleCode.PRACTITIONER, chance.of(_GRADES), team_id=place.team_id) for _ in range(COMMUNITY_OFFICERS)
    )
    custody = tuple(
        hire.one(RoleCode.RESETTLEMENT, "Probation officer", team_id=place.team_id) for _ in range(CUSTODY_OFFICERS)
    )
    leavers = tuple(
        hire.one(RoleCode.PRACTITIONER, chance.of(_GRADES), team_id=place.team_id, has_left=True)
        for _ in range(LEAVERS)
    )
    sheets.put_all(_patches(chance, place, community, setting))
    sheets.put_all(_cover(chance, community, setting))
    return Office(place, community, custody, senior, leavers, tuple(around), sheets)


class _Hiring:
    """Gives people accounts, memberships and posts; addresses and codes carry a number of their own."""

    def __init__(self, chance: Chance, sheets: Sheets, *, code: str, today: date, telephone: str) -> None:
        self._chance = chance
        self._sheets = sheets
        self._code = code
        self._today = today
        self._telephone = telephone
        self._number = 0

    def one(
        self,
        role: RoleCode,
        grade: str,
        *,
        team_id: str | None = None,
        unit_id: str | None = None,
        region_id: str | None = None,
        has_left: bool = False,
    ) -> Officer:
        """One more member of staff."""
        chance = self._chance
        self._number += 1
        staff_code = f"{self._code}-{self._number:02d}"
        name = _staff_name(chance)
        since = self._today.replace(day=1, month=chance.between(1, 12), year=self._today.year - chance.between(1, 12))
        left = chance.day_between(date(self._today.year - 1, 1, 1), date(self._today.year - 1, 12, 28))
        officer = Officer(
            chance.uuid(), chance.uuid(), name, role, min(since, date(left.year - 1, 1, 1)) if has_left else since
        )
        mail = f"{_plain(name).replace(' ', '.')}.{staff_code.lower()}@probation.example"
        volunteers = role in (RoleCode.FAMILY_WORKER, RoleCode.ENGAGEMENT_WORKER) and chance.happens(0.4)
        self._sheets.put(
            UserRow(
                id=officer.user_id,
                email=mail,
                name=name,
                delius_username=f"{_plain(name).title().replace(' ', '')[:20]}{staff_code.replace('-', '')}",
                is_active=not has_left,
                password=f"!{chance.getrandbits(160):040x}",
                created_at=at_work(officer.since, 60),
            )
        )
        self._sheets.put(
            MemberRow(
                id=officer.member_id,
                user_id=officer.user_id,
                grade=grade,
                telephone=self._telephone,
                staff_code=staff_code,
                employment="volunteer" if volunteers else "employee",
                vetted_until=date(self._today.year + chance.between(1, 5), chance.between(1, 12), 1),
                trained_on=chance.day_between(officer.since, self._today) if chance.happens(0.55) else None,
            )
        )
        self._sheets.put(
            PostRow(
                id=chance.uuid(),
                member_id=officer.member_id,
                role=role.value,
                team_id=team_id,
                delivery_unit_id=unit_id,
                region_id=region_id,
                from_date=officer.since,
                until_date=left if has_left else None,
            )
        )
        return officer


def _staff_around(
    chance: Chance,
    *,
    roles: dict[RoleCode, str],
    code: str,
    today: date,
    unit: Unit | None = None,
    region: Region | None = None,
) -> tuple[tuple[Officer, ...], Sheets]:
    sheets = Sheets()
    hire = _Hiring(chance, sheets, code=code, today=today, telephone="01632 960500")
    officers = tuple(
        hire.one(
            role,
            grade,
            unit_id=place_id(unit.code) if unit else None,
            region_id=place_id(region.code) if region else None,
        )
        for role, grade in roles.items()
    )
    return officers, sheets


def _staff_name(chance: Chance) -> str:
    names = names_by_heritage()[chance.of(_STAFF_HERITAGE)]
    sex = "F" if chance.happens(shares.WOMEN_ON_STAFF) else "M"
    return f"{names.given(chance, sex=sex, born=chance.between(1962, 2001))} {names.family(chance).of(sex)}"


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in decomposed if letter.isascii() and (letter.isalnum() or letter == " "))


def _patches(chance: Chance, place: Place, officers: tuple[Officer, ...], setting: Setting) -> Iterator[PatchRow]:
    for district in place.town.districts:
        officer = chance.one_of(officers) if chance.happens(0.6) else None
        yield PatchRow(
            id=chance.uuid(),
            team_id=place.team_id,
            member_id=officer.member_id if officer else None,
            place=place.town.name,
            postcode_district=district,
            from_date=setting.days_ago(chance.between(200, 900)),
        )


def _cover(chance: Chance, officers: tuple[Officer, ...], setting: Setting) -> Iterator[CoverRow]:
    """Someone away now, someone away before, someone about to go."""
    for starts, lasts in ((chance.between(0, 8), 14), (chance.between(40, 120), 10), (-chance.between(5, 30), 7)):
        absent, covering = chance.sample(officers, 2)
        from_date = setting.days_ago(starts)
        yield CoverRow(
            id=chance.uuid(),
            absent_id=absent.member_id,
            covering_id=covering.member_id,
            from_date=from_date,
            until_date=chance.day_between(from_date, setting.days_ago(starts - lasts)),
            reason_id=f"cover_reason.{chance.one_of(('LEAVE', 'LEAVE', 'LEAVE', 'SICK', 'TRAINING', 'PARENTAL'))}",
        )
