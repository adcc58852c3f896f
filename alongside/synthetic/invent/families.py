"""Rows about family members: themselves, ways to reach them, and the lines, to-dos and card that actions write."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.synthetic.invent import shares
from alongside.synthetic.invent.chance import Chance, Weighted
from alongside.synthetic.invent.kin import Kin, kin_of
from alongside.synthetic.invent.numbers import landline_of, mobile_of
from alongside.synthetic.invent.offices import Office, Officer
from alongside.synthetic.invent.people import Someone
from alongside.synthetic.invent.rows import (
    CardRow,
    ContactPointRow,
    FamilyMemberRow,
    MatchRow,
    Sheets,
    TimelineRow,
    ToDoRow,
)
from alongside.synthetic.invent.setting import Setting, at_work

CARD_ORDER = 20
LINES_ON_CARD = 5
NOTICE_DAYS = {"NOTSAFE": 28, "NOREFUSED": 90, "NOCONTACT": 180, "CHILD": 180, "CAPACITY": 28, "FIRSTMEET": 30}
_GROUNDS = Weighted({"FIRSTMEET": 42.0, "NOCONTACT": 27.0, "NOREFUSED": 20.0, "NOTSAFE": 7.0, "CAPACITY": 4.0})
_ENDED = Weighted(
    {"CONTACTENDED": 40.0, "RELATIONENDED": 30.0, "PERSONASKED": 14.0, "MEMBERASKED": 10.0, "MISTAKE": 6.0}
)
_BANDS = ((2, "A0_2"), (6, "A3_6"), (11, "A7_11"), (15, "A12_15"), (17, "A16_17"))
_ABOUT = (
    "Works nights; best rung after two.",
    "Drives them to appointments when she can.",
    "Looks after the children on Thursdays.",
    "Lives round the corner and pops in most days.",
    "Does not want letters.",
    "Keeps the calendar for the whole family.",
    "They speak every Sunday.",
    "Moved away last year; they write to each other.",
    "Helps with forms and online accounts.",
    "Has not been in touch since the summer and would like to be.",
    "Came to the first meeting and asked good questions.",
    "Prefers to be told things in person.",
    "Is caring for someone else as well.",
    "Knows the bus times better than anyone.",
    "Found them the job at the garage.",
    "Wants to know what probation is before saying yes to anything.",
    "Shares a love of fishing with them.",
    "Reads letters out for them.",
    "Has said that they are worn out and need a break.",
    "Goes to the same mosque.",
    "Goes to the same chapel.",
    "Plays in the same darts team.",
)
_CONVICTED = (
    "Was in prison when they were small, they say.",
    "Had a community order a few years ago, they say.",
    "Has been in trouble too; they would rather not say more.",
    "On licence until last year, they say.",
    "A caution long ago, they say.",
)
_STREETS = ("Mill Lane", "Station Road", "Church Street", "Albert Road", "Park View", "Queen Street", "Chapel Row")
_WELSH_STREETS = (
    "Heol y Bont",
    "Stryd Fawr",
    "Ffordd y Parc",
    "Maes yr Haf",
    "Heol y Felin",
    "Bryn Teg",
    "Stryd y Capel",
)
_TIMES = ("After six", "Mornings", "Weekends", "Not before ten", "School hours")
_MAIL = Weighted({"example.org": 40.0, "example.com": 40.0, "example.net": 20.0})


@dataclass(frozen=True)
class _Notice:
    """Where someone's privacy notice stands."""

    state: str
    on: date
    ground: str = ""
    review_on: date | None = None


def invent_family(
    chance: Chance,
    someone: Someone,
    *,
    office: Office,
    setting: Setting,
    sheets: Sheets,
    also_supervised: Someone | None,
) -> None:
    """Everyone whom the person names, with all that the actions would have left behind.

    `also_supervised` is someone else under supervision who is named as a relative here.
    """
    writer = someone.officer or office.senior
    convicted = chance.happens(shares.RELATIVE_CONVICTED)
    lost_touch = someone.in_custody and chance.happens(shares.CONTACT_LOST_IN_CUSTODY)
    members: list[FamilyMemberRow] = []
    for kin in _in_the_network(chance, someone, also_supervised):
        member = _member(chance, someone, kin, setting, lost_touch=lost_touch, has_history=convicted)
        convicted = convicted and not member.justice_history
        members.append(member)
        sheets.put(member)
        if not kin.is_child and not kin.deceased:
            sheets.put_all(_contact_points(chance, someone, member, kin))
        sheets.put(_line(chance, setting, someone, member, writer))
        if member.ended_on:
            sheets.put(_end_line(chance, setting, someone, member, writer))
        elif member.notice_review_on is not None and member.notice_state == "deferred":
            sheets.put(_notice_to_do(chance, setting, someone, member))
    if members:
        sheets.put(_card(chance, setting, someone, members))
    if also_supervised and members:
        _match(chance, setting, members[-1], also_supervised, sheets)


def _in_the_network(chance: Chance, someone: Someone, also_supervised: Someone | None) -> Iterator[Kin]:
    yield from kin_of(chance, someone)
    if also_supervised:
        sex = also_supervised.sex
        yield Kin(
            relationship="COU",
            sex=sex,
            age=also_supervised.age,
            given=also_supervised.given,
            family=also_supervised.family_name,
            names=also_supervised.names,
        )


def _member(
    chance: Chance, someone: Someone, kin: Kin, setting: Setting, *, lost_touch: bool, has_history: bool
) -> FamilyMemberRow:
    added_on = min(someone.arrived_on + timedelta(days=int(90 * chance.random() ** 2)), setting.today)
    ended_on, end_reason = _end(chance, kin, added_on, setting, lost_touch=lost_touch)
    notice = _notice(chance, kin, added_on, setting)
    speaks = _language(chance, someone, kin)
    history = has_history and not kin.is_child and kin.relationship not in ("COPAR", "EXPART") and chance.happens(0.75)
    return FamilyMemberRow(
        id=chance.uuid(),
        person_id=someone.id,
        given_name=kin.given,
        family_name=kin.family,
        phrase=kin.phrase,
        relationship_id=f"relationship.{kin.relationship}",
        relationship_note=kin.note,
        gender_id=f"gender.{kin.sex}" if kin.sex and chance.happens(0.8) else None,
        age_band_id=f"age_band.{band_of(kin.age)}" if kin.is_child else None,
        age_band_on=added_on if kin.is_child else None,
        year_of_birth=setting.today.year - kin.age if not kin.is_child and chance.happens(0.72) else None,
        lives_with_person=_lives_with(chance, someone, kin),
        language_id=f"language.{speaks}" if speaks else None,
        interpreter_needed=speaks not in ("", "en", "cy") and chance.happens(0.4),
        deceased=kin.deceased,
        about=chance.one_of(_ABOUT) if not kin.is_child and not kin.deceased and chance.happens(0.14) else "",
        justice_history=chance.one_of(_CONVICTED) if history else "",
        notice_state=notice.state,
        notice_on=notice.on,
        notice_ground_id=f"privacy_notice_ground.{notice.ground}" if notice.ground else None,
        notice_review_on=notice.review_on,
        added_at=at_work(added_on, chance.between(0, 540)),
        ended_on=ended_on,
        end_reason_id=f"member_end_reason.{end_reason}" if end_reason else None,
    )


def band_of(age: int) -> str:
    """The code of the age band of a child of that age; of one to be born for a negative age."""
    if age < 0:
        return "UNBORN"
    return next(code for oldest, code in _BANDS if age <= oldest)


def _end(chance: Chance, kin: Kin, added_on: date, setting: Setting, *, lost_touch: bool) -> tuple[date | None, str]:
    if kin.deceased:
        return (chance.day_between(added_on, setting.today), "DIED") if chance.happens(0.5) else (None, "")
    if lost_touch and not kin.is_child and chance.happens(0.7):
        return chance.day_between(added_on, setting.today), "CONTACTENDED"
    if not kin.is_child and chance.happens(0.03):
        return chance.day_between(added_on, setting.today), chance.of(_ENDED)
    return None, ""


def _notice(chance: Chance, kin: Kin, added_on: date, setting: Setting) -> _Notice:
    """Told by now, or put off with a ground and a day to think again; a few of those days have passed."""
    told_on = min(added_on + timedelta(days=chance.between(0, 40)), setting.today)
    if kin.deceased:
        return _Notice("given", added_on)
    if kin.is_child:
        ground = "CHILD"
    elif chance.happens(0.68):
        return _Notice("given", told_on)
    else:
        ground = chance.of(_GROUNDS)
    review_on = added_on + timedelta(days=NOTICE_DAYS[ground])
    put_off_on = added_on
    if review_on < setting.today and chance.happens(0.88):
        put_off_on = chance.day_between(max(added_on, setting.days_ago(NOTICE_DAYS[ground] - 1)), setting.today)
        review_on = put_off_on + timedelta(days=NOTICE_DAYS[ground])
    return _Notice("deferred", put_off_on, ground, review_on)


def _language(chance: Chance, someone: Someone, kin: Kin) -> str:
    if kin.is_child:
        return ""
    if someone.speaks and someone.speaks != "en" and chance.happens(0.55):
        return someone.speaks
    drawn = chance.random() / (1.6 if kin.age > 55 else 1.0)
    for code, likelihood in (kin.names.languages if kin.names else {}).items():
        drawn -= likelihood
        if drawn < 0:
            return code
    return "en" if chance.happens(0.2) else ""


def _lives_with(chance: Chance, someone: Someone, kin: Kin) -> str:
    if kin.deceased or kin.age < 0 or someone.in_custody or chance.happens(0.2):
        return "unknown" if not someone.in_custody else "no"
    return "yes" if chance.happens(kin.lives_with) else "no"


def _contact_points(chance: Chance, someone: Someone, member: FamilyMemberRow, kin: Kin) -> Iterator[ContactPointRow]:
    if member.notice_ground_id == "privacy_notice_ground.NOCONTACT":
        return
    if chance.happens(0.58):
        yield _point(chance, member, "mobile", mobile_of(chance.between(0, 999)))
    if kin.age > 45 and chance.happens(0.2):
        yield _point(chance, member, "phone", landline_of(chance.between(0, 999)))
    if chance.happens(0.11):
        letters = "".join(letter for letter in kin.given.lower() if letter.isascii() and letter.isalpha()) or "family"
        yield _point(chance, member, "email", f"{letters}.{chance.between(100, 99999)}@{chance.of(_MAIL)}")
    if chance.happens(0.12):
        street = chance.one_of(_WELSH_STREETS if someone.speaks == "cy" else _STREETS)
        # Half a postcode only: a whole one would be somebody's door.
        yield _point(
            chance, member, "address", f"{chance.between(1, 160)} {street}, {someone.town}, {someone.district}"
        )


def _point(chance: Chance, member: FamilyMemberRow, kind: str, value: str) -> ContactPointRow:
    asked = chance.random()
    return ContactPointRow(
        id=chance.uuid(),
        family_member_id=member.id,
        kind=kind,
        value=value,
        safety="safe" if asked < 0.55 else "not_asked" if asked < 0.95 else "unsafe",
        when=chance.one_of(_TIMES) if kind in ("mobile", "phone") and chance.happens(0.15) else "",
        shared_with="Others at home" if kind in ("phone", "address") and chance.happens(0.3) else "",
    )


def name_of(member: FamilyMemberRow) -> str:
    """Given and family name, as the product says them."""
    return f"{member.given_name} {member.family_name}".strip()


def _line(chance: Chance, setting: Setting, someone: Someone, member: FamilyMemberRow, writer: Officer) -> TimelineRow:
    return TimelineRow(
        id=chance.uuid(),
        case=someone.id,
        at=member.added_at,
        kind="families.member.added",
        title=f"{name_of(member)} ({setting.label(member.relationship_id).lower()}) added to the family",
        actor=writer.user_id,
        actor_name=writer.name,
        subject=member.id,
        right="SEE_FAMILY",
        family_member=member.id,
    )


def _end_line(
    chance: Chance, setting: Setting, someone: Someone, member: FamilyMemberRow, writer: Officer
) -> TimelineRow:
    ended_on = member.ended_on or setting.today
    return TimelineRow(
        id=chance.uuid(),
        case=someone.id,
        at=max(at_work(ended_on, chance.between(0, 540)), member.added_at),
        kind="families.member.ended",
        title=f"{name_of(member)} is no longer named as family",
        actor=writer.user_id,
        actor_name=writer.name,
        subject=member.id,
        right="SEE_FAMILY",
        family_member=member.id,
    )


def _notice_to_do(chance: Chance, setting: Setting, someone: Someone, member: FamilyMemberRow) -> ToDoRow:
    return ToDoRow(
        id=chance.uuid(),
        case=someone.id,
        kind="families.notice.review",
        subject=member.id,
        title=f"Decide whether {name_of(member)} can be told that we hold their details",
        due_on=member.notice_review_on or setting.today,
        right="EDIT_FAMILY",
        for_role="",
        made_at=member.added_at,
        family_member=member.id,
    )


def _card(chance: Chance, setting: Setting, someone: Someone, members: list[FamilyMemberRow]) -> CardRow:
    current = sorted((row for row in members if row.ended_on is None), key=lambda row: (row.added_at, row.id))
    return CardRow(
        id=chance.uuid(),
        case=someone.id,
        key="families",
        title="Family",
        headline=f"{len(current)} people named" if len(current) != 1 else "1 person named",
        lines=[f"{name_of(row)} · {setting.label(row.relationship_id)}" for row in current[:LINES_ON_CARD]],
        order=CARD_ORDER,
        right="SEE_FAMILY",
        updated_at=max(row.added_at for row in members),
    )


def _match(chance: Chance, setting: Setting, member: FamilyMemberRow, supervised: Someone, sheets: Sheets) -> None:
    """What the silent comparison finds, and the to-do of the role that decides."""
    basis = "Same name and year of birth" if member.year_of_birth else "Same name; year of birth not known"
    match = MatchRow(chance.uuid(), member.id, supervised.id, basis, member.added_at)
    sheets.put(match)
    sheets.put(
        ToDoRow(
            id=chance.uuid(),
            case=None,
            kind="families.match.decide",
            subject=match.id,
            title="Decide on a possible match",
            due_on=member.added_at.date(),
            right="REVIEW_MATCHES",
            for_role="safeguarding_lead",
            made_at=member.added_at,
            family_member=member.id,
        )
    )
