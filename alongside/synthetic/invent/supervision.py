"""What the system of record says of someone: orders, requirements, markers, what was checked, who holds the case."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from alongside.synthetic.invent import shares
from alongside.synthetic.invent.chance import Chance
from alongside.synthetic.invent.numbers import scattered
from alongside.synthetic.invent.offices import Office, Officer
from alongside.synthetic.invent.people import IN_USE_FOR, SOURCE, Someone, supervision_ends_on
from alongside.synthetic.invent.rows import (
    AllocationRow,
    CheckRow,
    ExclusionRow,
    GrantRow,
    MarkerRow,
    OrderRow,
    ReaderRow,
    RequirementRow,
    RestrictionRow,
    Sheets,
    TimelineRow,
    UnconfirmedRow,
)
from alongside.synthetic.invent.setting import Setting, at_work

COURT_ORDERS = frozenset({"CO", "SSO", "YRO"})
_REQUIREMENT_DETAIL = {
    "RAR": ("10 days", "15 days", "20 days", "25 days", "30 days"),
    "UPW": ("60 hours", "80 hours", "100 hours", "120 hours", "150 hours", "180 hours", "200 hours"),
    "PROG": ("Thinking skills", "Building better relationships", "Drink and driving"),
    "CURFEW": ("8 pm to 6 am", "9 pm to 6 am", "7 pm to 7 am"),
    "DRR": ("6 months", "9 months", "12 months"),
    "ATR": ("6 months",),
    "AAMR": ("60 days", "90 days", "120 days"),
    "MHTR": ("12 months",),
}
_COURTS = ("Magistrates' Court", "Magistrates' Court", "Crown Court")
_REASONS_TO_MOVE = ("WORKLOAD", "OFFICERLEFT", "OFFICERLEFT", "RISK", "NEEDMATCH", "REQUEST", "RELEASE")
_REVIEW_AFTER = {"RHRH": 91, "RMRH": 182, "RLRH": 365, "MAPP": 91, "RCPR": 91}
_GIVEN_TO = (
    ("family_worker", 0.020, "Family support by referral", 120),
    ("facilitator", 0.012, "On a programme that starts soon", 120),
    ("quality", 0.006, "Sample of this quarter", 60),
    ("engagement_worker", 0.006, "Walks beside them", 180),
    ("unpaid_work", 0.006, "Project placement", 120),
    ("abuse_adviser", 0.004, "Referral acknowledged", 180),
    ("psychologist", 0.003, "Consultation", 60),
    ("inspector", 0.002, "Inspection sample", 30),
)


def invent_supervision(
    chance: Chance, someone: Someone, *, office: Office, before: Office | None, setting: Setting, sheets: Sheets
) -> None:
    """Orders, requirements, markers, checks, allocations and limited access. `before` is where cases may come from."""
    sheets.put_all(_orders(chance, someone, office, setting, sheets))
    sheets.put_all(_markers(chance, someone, setting))
    _allocate(chance, someone, office=office, before=before, setting=setting, sheets=sheets)
    unconfirmed = someone.officer is not None and chance.happens(shares.UNCONFIRMED)
    sheets.put_all(_checks(chance, someone, setting, without_limited_access=unconfirmed))
    if unconfirmed:
        sheets.put(UnconfirmedRow(chance.uuid(), someone.id, someone.arrived_at))
    elif chance.happens(shares.EXCLUDED):
        _exclude(chance, someone, office, sheets)
    elif chance.happens(shares.RESTRICTED):
        _restrict(chance, someone, office, sheets)
    sheets.put_all(_grants(chance, someone, office, setting))


def _orders(chance: Chance, someone: Someone, office: Office, setting: Setting, sheets: Sheets) -> Iterator[OrderRow]:
    ends = supervision_ends_on(someone, setting)
    court = f"{someone.town} {chance.one_of(_COURTS)}"
    main = OrderRow(
        id=chance.uuid(),
        person_id=someone.id,
        type_id=f"order_type.{someone.order}",
        reference=f"{scattered(someone.index):06d}/1",
        court=court,
        from_date=someone.order_from,
        until_date=ends,
        ended_on=None,
    )
    yield main
    if someone.order in COURT_ORDERS:
        sheets.put_all(_requirements(chance, main))
    if someone.age > 22 and chance.happens(0.22):
        earliest = max(someone.born + timedelta(days=18 * 366), someone.order_from - timedelta(days=2600))
        first = chance.day_between(earliest, someone.order_from - timedelta(days=420))
        if earliest <= first and first + timedelta(days=365) < someone.order_from:
            last = first + timedelta(days=365)
            yield OrderRow(
                id=chance.uuid(),
                person_id=someone.id,
                type_id="order_type.CO",
                reference=f"{scattered(someone.index):06d}/0",
                court=court,
                from_date=first,
                until_date=last,
                ended_on=last - timedelta(days=chance.between(0, 90)),
            )


def _requirements(chance: Chance, order: OrderRow) -> Iterator[RequirementRow]:
    drawn = [code for code, likelihood in shares.REQUIREMENTS.items() if chance.happens(likelihood)]
    for code in drawn or ["RAR"]:
        details = _REQUIREMENT_DETAIL.get(code)
        yield RequirementRow(
            id=chance.uuid(),
            order_id=order.id,
            type_id=f"requirement_type.{code}",
            from_date=order.from_date,
            until_date=order.until_date,
            detail=chance.one_of(details) if details else "",
        )


def _markers(chance: Chance, someone: Someone, setting: Setting) -> Iterator[MarkerRow]:
    registrations = [code for code, likelihood in shares.REGISTRATIONS.items() if chance.happens(likelihood)]
    if harm := chance.of(shares.SERIOUS_HARM):
        registrations.append(harm)
    if chance.happens(shares.WOMEN_SUFFERING_ABUSE if someone.sex == "F" else shares.MEN_SUFFERING_ABUSE):
        registrations.append("DAVICT")
    yield from _marked(chance, someone, setting, "registrations", "registration_type", registrations)
    if someone.order in COURT_ORDERS:
        return
    alerts = [code for code, likelihood in shares.ALERTS.items() if chance.happens(likelihood)]
    yield from _marked(chance, someone, setting, "alerts", "alert", alerts)
    if someone.order != "CUST":
        conditions = [code for code, likelihood in shares.LICENCE_CONDITIONS.items() if chance.happens(likelihood)]
        yield from _marked(chance, someone, setting, "licence_conditions", "licence_condition", conditions)


def _marked(
    chance: Chance, someone: Someone, setting: Setting, matter: str, coded_list: str, codes: Iterable[str]
) -> Iterator[MarkerRow]:
    for code in codes:
        from_date = (
            someone.order_from
            if matter == "licence_conditions"
            else chance.day_between(someone.order_from, setting.today)
        )
        ended = matter == "registrations" and code not in _REVIEW_AFTER and chance.happens(0.08)
        review_on = None
        if matter == "registrations":
            # Most reviews are kept up; some are overdue, as anywhere.
            review_on = setting.today + timedelta(days=chance.between(-25, _REVIEW_AFTER.get(code, 182)))
        yield MarkerRow(
            id=chance.uuid(),
            person_id=someone.id,
            matter=matter,
            code=code,
            label=setting.label(f"{coded_list}.{code}"),
            from_date=from_date,
            review_on=review_on,
            ended_on=chance.day_between(from_date, setting.today) if ended else None,
        )


def _checks(chance: Chance, someone: Someone, setting: Setting, *, without_limited_access: bool) -> Iterator[CheckRow]:
    matters = ["registrations", "alerts"]
    if someone.order not in COURT_ORDERS:
        matters.append("licence_conditions")
    checked_on = chance.day_between(max(someone.arrived_on, setting.days_ago(30)), setting.today)
    for matter in matters:
        if chance.happens(shares.CHECKED):
            yield CheckRow(chance.uuid(), someone.id, matter, checked_on)
    if not without_limited_access:
        yield CheckRow(chance.uuid(), someone.id, "limited_access", checked_on)


def _allocate(
    chance: Chance, someone: Someone, *, office: Office, before: Office | None, setting: Setting, sheets: Sheets
) -> None:
    """One to three spells, one after the other without a gap; the last one stands."""
    spells = _spells(chance, someone, setting)
    for number, (from_date, until_date) in enumerate(zip(spells, [*spells[1:], None], strict=True)):
        last = until_date is None
        team, officer, reason = office, someone.officer, "NEW" if number == 0 else chance.one_of(_REASONS_TO_MOVE)
        if not last:
            moved_here = number == 0 and before is not None and chance.happens(0.2)
            team = before if moved_here and before else office
            officer = chance.one_of(team.community if moved_here or chance.happens(0.5) else office.leavers)
        sheets.put(
            AllocationRow(
                id=chance.uuid(),
                person_id=someone.id,
                member_id=officer.member_id if officer else None,
                team_id=team.place.team_id,
                from_date=from_date,
                until_date=until_date,
                reason_id=f"allocation_reason.{reason}",
            )
        )
        sheets.put(_allocation_line(chance, someone, team, officer, from_date, setting))


def _spells(chance: Chance, someone: Someone, setting: Setting) -> list[date]:
    """The days on which a spell began, soonest first."""
    spells = [someone.order_from]
    for likelihood in (0.35, 0.3):
        room = (setting.today - spells[-1]).days
        if room < 60 or not chance.happens(likelihood):
            break
        spells.append(spells[-1] + timedelta(days=chance.between(30, room - 5)))
    return spells


def _allocation_line(
    chance: Chance, someone: Someone, team: Office, officer: Officer | None, from_date: date, setting: Setting
) -> TimelineRow:
    noted_on = max(from_date, someone.arrived_on, setting.days_ago(IN_USE_FOR))
    to = f"{officer.name}, {team.place.name}" if officer else team.place.name
    return TimelineRow(
        id=chance.uuid(),
        case=someone.id,
        at=at_work(noted_on, chance.between(0, 500)),
        kind="allocations.case.allocated",
        title=f"Allocated to {to}",
        actor=team.senior.user_id,
        actor_name=team.senior.name,
        subject=None,
        right="SEE_CASE",
        family_member=None,
    )


def _exclude(chance: Chance, someone: Someone, office: Office, sheets: Sheets) -> None:
    colleagues = [officer for officer in office.community if officer is not someone.officer]
    sheets.put(
        ExclusionRow(
            id=chance.uuid(),
            person_id=someone.id,
            user_id=chance.one_of(colleagues).user_id,
            message=f"You may not open this case. Speak to {office.senior.name}, {office.place.telephone}.",
            from_date=someone.arrived_on,
            until_date=None,
            source=SOURCE,
        )
    )


def _restrict(chance: Chance, someone: Someone, office: Office, sheets: Sheets) -> None:
    restriction = RestrictionRow(
        id=chance.uuid(),
        person_id=someone.id,
        message="Only named staff may open this case.",
        speak_to=f"{office.senior.name}, {office.place.telephone}",
        from_date=someone.arrived_on,
        source=SOURCE,
    )
    sheets.put(restriction)
    for reader in (office.senior, someone.officer):
        if reader:
            sheets.put(ReaderRow(chance.uuid(), restriction.id, reader.user_id))


def _grants(chance: Chance, someone: Someone, office: Office, setting: Setting) -> Iterator[GrantRow]:
    for role, likelihood, purpose, days in _GIVEN_TO:
        if not chance.happens(likelihood):
            continue
        holder = next(officer for officer in office.around if officer.role.value == role)
        from_date = chance.day_between(max(someone.arrived_on, setting.days_ago(days + 40)), setting.today)
        yield GrantRow(
            id=chance.uuid(),
            person_id=someone.id,
            user_id=holder.user_id,
            role=role,
            purpose=purpose,
            from_date=from_date,
            until_date=from_date + timedelta(days=days),
            granted_by=office.senior.user_id,
        )
