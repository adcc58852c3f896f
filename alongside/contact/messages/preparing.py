"""A message exactly as it would go: its words filled from the record, its address, its PDF, and when it may go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from uuid import UUID

from alongside.contact.messages.addresses import address_on
from alongside.contact.messages.deciding import (
    ASKED_TO_STOP,
    asked_to_stop,
    letters_of,
    plan_for,
    prompts_lately,
    wishes_of,
)
from alongside.contact.messages.kinds import Kind
from alongside.contact.messages.models import Phrase
from alongside.contact.messages.rules import OPEN, WENT, first_moment, told_moment
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.content.markup import MissingValueError, fill, placeholders_in, title_and_body
from alongside.foundation.content.queries import (
    NotApprovedError,
    UnknownWordingError,
    Wording,
    wording_for_sending,
)
from alongside.foundation.delivery.actions import digest_of
from alongside.foundation.delivery.rules import LONGEST_TEXT, AddressError, Channel
from alongside.foundation.documents.rendering import UnprintableTextError, long_date, render_pdf
from alongside.foundation.documents.shapes import Block, Language, Letter, Paragraph, Points
from alongside.people.allocations.queries import holder_of, with_holder
from alongside.people.casework.points import asked_of, covers
from alongside.people.families.marks import safe_points
from alongside.people.families.models import ContactPoint, FamilyMember, PointKind
from alongside.people.persons.models import Person
from alongside.safety.permissions.queries import permission_facts
from alongside.safety.permissions.rules import AgreedWords, PermissionFacts

CHANNEL_OF_POINT = {
    PointKind.MOBILE: Channel.TEXT,
    PointKind.EMAIL: Channel.EMAIL,
    PointKind.ADDRESS: Channel.LETTER,
}
WRITTEN_WAYS = {Channel.TEXT: "Text to", Channel.EMAIL: "Email to", Channel.LETTER: "Letter to"}
MISSING = {
    "telephone": "No telephone number of the team is on record, and these words need one. Ask whoever keeps the teams"
    " to add it, or choose another kind of message.",
    "office": "Nobody holds this case, so there is no office to name. Have it allocated first.",
    "name": "Their name is not on record. Add it on their page first.",
    "person": "The person’s name is not on record. Add it first.",  # noqa: RUF001
    "officer": "Your name is not on record. Add it to your account first.",
}


class CannotWriteError(Exception):
    """The message cannot be made. `field` is the one to look at ("" for none); the message says why and what to do."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class Typed:
    """What the writer chose."""

    kind: Kind
    point: ContactPoint
    language: str
    day: date | None = None
    clock: time | None = None
    phrase: Phrase | None = None
    agreed: AgreedWords | None = None
    discretion: str = ""

    @property
    def topics(self) -> tuple[str, ...]:
        """What it tells: of what was agreed for missed contact, whatever the permission for it names."""
        return tuple(sorted(self.agreed.topics)) if self.agreed else self.kind.topics

    @property
    def channel(self) -> Channel:
        """How it goes, by what it goes to."""
        return CHANNEL_OF_POINT[PointKind(self.point.kind)]


@dataclass(frozen=True)
class Prepared:
    """A message as it would go. `moment` is when; `waits_for` says why not at once, "" where it goes at once."""

    typed: Typed
    key: str
    version: UUID
    values: Mapping[str, str]
    subject: str
    text: str
    address: str
    moment: datetime
    waits_for: str = ""
    pdf: bytes | None = field(default=None, repr=False)

    @property
    def token(self) -> str:
        """What tells this message from another: what was read is what is sent."""
        point = self.typed.point
        whole = "\n".join(
            [self.key, str(self.version), self.address, point.shared_with, point.when, self.subject, self.text]
        )
        return sha256(whole.encode()).hexdigest()[:32]


def usable_points(
    member: FamilyMember, facts: PermissionFacts, rights: Collection[Right], kind: Kind
) -> list[ContactPoint]:
    """Where such a message may go: said to be safe, by no way that they ruled out, and not covered (R095, R358)."""
    points = safe_points(ContactPoint.objects.filter(family_member=member, kind__in=list(CHANNEL_OF_POINT)))
    never = facts.safe_contact.never
    open_ways = [
        point
        for point in points.order_by("kind", "value", "id")
        if CHANNEL_OF_POINT[PointKind(point.kind)].value not in never
        and kind.goes_by(CHANNEL_OF_POINT[PointKind(point.kind)])
    ]
    covered = covers(member.person_id, rights, [asked_of(point) for point in open_ways])
    return [point for point in open_ways if point.pk not in covered]


def prepare(
    *, by: User, rights: Collection[Right], person: Person, member: FamilyMember, typed: Typed, at: datetime
) -> Prepared:
    """The message as it would go, for someone with `rights` on the case. Raises CannotWriteError with its field."""
    facts = permission_facts([member.pk], at=at)[member.pk]
    if typed.point.pk not in {point.pk for point in usable_points(member, facts, rights, typed.kind)}:
        raise CannotWriteError("They cannot be reached there safely. Choose another way.", "where")
    wording = _wording(typed, member, on=at.astimezone(LONDON).date())
    values = _values(by=by, person=person, member=member, typed=typed, wording=wording)
    subject, text = title_and_body(_filled(wording, values))
    if typed.channel is Channel.TEXT and len(text) > LONGEST_TEXT:
        raise CannotWriteError(
            f"A text holds {LONGEST_TEXT} characters and this has {len(text)}. Send a letter.", "where"
        )
    if typed.agreed is not None and typed.channel.value not in typed.agreed.channels:
        raise CannotWriteError(f"{person.called} did not agree that these words go this way. Choose another.", "where")
    address = _address(typed, member)
    if asked_to_stop(digest_of(address)):
        raise CannotWriteError(ASKED_TO_STOP, "where")
    moment = _moment(typed, facts, person, values, at=at)
    pdf = _letter(by=by, person=person, address=address, subject=subject, text=text, typed=typed, on=moment.date())
    return Prepared(
        typed=typed,
        key=wording.key,
        version=wording.version_id,
        values=values,
        subject=subject,
        text=text,
        address=address,
        moment=moment,
        waits_for="" if moment <= at else _why_it_waits(typed, person, at=at),
        pdf=pdf,
    )


def clock_words(clock: time, language: str) -> str:
    """A time of day as people say it: 2:30pm; in Welsh, where two suffixes compete, 14:30."""
    if language == "cy":
        return f"{clock:%H:%M}"
    hour = clock.hour % 12 or 12
    minutes = f":{clock.minute:02d}" if clock.minute else ""
    return f"{hour}{minutes}{'am' if clock.hour < 12 else 'pm'}"


def why_not_in_welsh(kind: Kind, member: FamilyMember, *, on: date) -> str:
    """Why a message of a kind cannot go in Welsh, and what to do instead; "" where it can."""
    plan = plan_for(member.pk, on=on) if kind.stand_down else None
    try:
        wording_for_sending(plan.words_key if plan else kind.content_key, "cy")
    except NotApprovedError as error:
        return str(error)
    except UnknownWordingError:
        return ""
    return ""


def _wording(typed: Typed, member: FamilyMember, *, on: date) -> Wording:
    key = typed.kind.content_key
    if typed.kind.stand_down:
        plan = plan_for(member.pk, on=on)
        if plan is None:
            raise CannotWriteError("No agreed plan says that they are told so by letter today, so none is sent.")
        if letters_of(plan).filter(state__in=[*OPEN, *WENT]).exists():
            raise CannotWriteError("A letter that says so is on its way already. See the messages to them.")
        key = plan.words_key
    try:
        return wording_for_sending(key, typed.language)
    except NotApprovedError as error:
        raise CannotWriteError(str(error), "language") from error
    except UnknownWordingError as error:
        raise CannotWriteError("The words of this kind of message are gone. Tell your service desk.") from error


def _values(*, by: User, person: Person, member: FamilyMember, typed: Typed, wording: Wording) -> dict[str, str]:
    holder = holder_of(person) if hasattr(person, "holder_rows") else holder_of(_with_holder(person))
    known = {
        "name": member.given_name,
        "person": person.called,
        "officer": by.name,
        "office": holder.team if holder else "",
        "telephone": holder.telephone if holder else "",
    }
    if typed.day is not None:
        known |= {"day": long_date(typed.day, _language(typed.language)), "on": typed.day.isoformat()}
    if typed.clock is not None:
        known |= {"clock": clock_words(typed.clock, typed.language), "at": f"{typed.clock:%H:%M}"}
    if typed.phrase is not None:
        known["words"] = typed.phrase.words
    if typed.agreed is not None:
        known |= {"words": typed.agreed.words, "permission": str(typed.agreed.permission)}
    for name in sorted(placeholders_in(wording.text)):
        if not known.get(name, "").strip():
            raise CannotWriteError(MISSING.get(name) or _not_filled(name, wording), _field_of(name))
    wanted = placeholders_in(wording.text) | {"on", "at", "permission"}
    return {name: " ".join(value.split()) for name, value in known.items() if name in wanted}


def _not_filled(name: str, wording: Wording) -> str:
    return (
        f"The words “{wording.title}” have a place for “{name}”, and nothing here fills it. Fill it in where it is"
        " asked for, or ask whoever owns the words to take it out."
    )


def _field_of(name: str) -> str:
    return {"day": "day", "clock": "clock", "words": "phrase"}.get(name, "")


def _filled(wording: Wording, values: Mapping[str, str]) -> str:
    try:
        return fill(wording.text, values)
    except MissingValueError as error:
        raise CannotWriteError(str(error)) from error


def _address(typed: Typed, member: FamilyMember) -> str:
    try:
        return address_on(typed.channel, typed.point.value, member=member)
    except AddressError as error:
        raise CannotWriteError(f"{error} It can be mended on their page.", "where") from error


def _moment(
    typed: Typed, facts: PermissionFacts, person: Person, values: Mapping[str, str], *, at: datetime
) -> datetime:
    wishes = wishes_of(person.pk)
    if typed.kind.prompt:
        this_week = prompts_lately(person.pk, at=at)
        most = wishes.most_a_week
        if most is not None and this_week >= most:
            raise CannotWriteError(
                f"{person.called} wants at most {most} {_prompts(most)} a week through family, and {this_week} went"
                " or wait to go. Let it wait until next week, or ask whether another would help."
            )
    moment = first_moment(facts.safe_contact, wishes, now=at, channel=typed.channel, prompt=typed.kind.prompt)
    if moment is None:
        raise CannotWriteError(
            "There is no safe time in the next four weeks. Choose another way to reach them.", "where"
        )
    told = told_moment(values)
    if told is not None and typed.kind.code != "receipt" and moment >= told:
        there = moment.astimezone(LONDON)
        raise CannotWriteError(
            f"It could go on {long_date(there.date(), 'en')} at {clock_words(there.time(), 'en')} at the earliest,"
            " after what it tells of. Ring them, or choose another way.",
            "day",
        )
    return moment


def _prompts(count: int) -> str:
    return "prompt" if count == 1 else "prompts"


def _why_it_waits(typed: Typed, person: Person, *, at: datetime) -> str:
    if typed.kind.prompt and wishes_of(person.pk).quiet_on(at.astimezone(LONDON).date()):
        return f"{person.called} wants no prompts through family today."
    return "Now is not a safe time for them, or it is too early or late in the day for a text."


def _letter(*, by: User, person: Person, address: str, subject: str, text: str, typed: Typed, on: date) -> bytes | None:
    if typed.channel is not Channel.LETTER:
        return None
    return letter_pdf(by=by, person=person, to=address, subject=subject, text=text, language=typed.language, on=on)


def letter_pdf(*, by: User, person: Person, to: str, subject: str, text: str, language: str, on: date) -> bytes:
    """Words as a letter on paper, tagged for screen readers. Raises CannotWriteError."""
    holder = holder_of(person) if hasattr(person, "holder_rows") else holder_of(_with_holder(person))
    greeting, body = _blocks(text)
    try:
        closing = wording_for_sending("messages.letter_closing", language).filled()
    except (NotApprovedError, UnknownWordingError) as error:
        raise CannotWriteError(str(error), "language") from error
    letter = Letter(
        title=subject or "A letter",
        author=(holder.team if holder else "") or by.name,
        language=_language(language),
        sender=tuple(line for line in (holder.team, holder.telephone) if line) if holder else (by.name,),
        recipient=tuple(to.splitlines()),
        day=long_date(on, _language(language)),
        greeting=greeting,
        body=body,
        closing=closing,
        signed_by=(by.name,),
    )
    try:
        return render_pdf(letter)
    except UnprintableTextError as error:
        raise CannotWriteError(str(error)) from error


def _blocks(text: str) -> tuple[str, tuple[Block, ...]]:
    """The greeting, and what follows as paragraphs and points."""
    greeting, *rest = [block.strip() for block in text.split("\n\n") if block.strip()] or [""]
    body: list[Block] = []
    for block in rest:
        lines = block.splitlines()
        if all(line.startswith("- ") for line in lines):
            body.append(Points(tuple(line[2:].strip() for line in lines)))
        else:
            body.append(Paragraph(" ".join(line.lstrip("#> ").strip() for line in lines)))
    return greeting, tuple(body)


def _with_holder(person: Person) -> Person:
    return with_holder(Person.objects.filter(pk=person.pk)).get()


def _language(language: str) -> Language:
    return "cy" if language == "cy" else "en"
