"""Reading contacts: those of a case or a family member, and searching years of notes."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import compress
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest

from alongside.contact.log.models import Contact, Direction, EarlierContact, FamilyView, Party
from alongside.contact.log.rules import WEEKS, Agreed, Happened, Pattern, patterns_in
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import LONDON, start_of
from alongside.foundation.reference.queries import coded
from alongside.foundation.ui.paging import COUNT_LIMIT, Page, count_to, page_of, rows_needed
from alongside.people.allocations.queries import visible_to
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

WORD = re.compile(r"\w+")
MOST_WORDS = 8

WINDOW = 20_000
"""How many of the newest contacts of all a search looks through before it asks the index of words."""

WINDOW_FOR_EACH = 20
"""How many of them for each contact that is to be found, where a page far back needs more."""


def contacts_for(*, by_law: bool) -> QuerySet[Contact]:
    """The contacts that someone may know of: those that rest on a disclosure decision only with the right to those."""
    return Contact.objects.all() if by_law else Contact.objects.filter(by_law=False)


def contacts_of(person_id: UUID, *, by_law: bool, member_id: UUID | None = None) -> QuerySet[Contact]:
    """Contacts of a case, or of one family member of it, the newest first; see `contacts_for`."""
    rows = contacts_for(by_law=by_law).filter(person=person_id).order_by("-at", "id")
    rows = rows.select_related("person", "family_member").defer("words", "view_words")
    return rows.filter(family_member=member_id) if member_id else rows


def contact_of(person_id: UUID, contact_id: UUID, *, by_law: bool) -> Contact:
    """One contact of a case; 404 where the case has none such that the reader may know of."""
    found = contacts_of(person_id, by_law=by_law).filter(pk=contact_id).first()
    if found is None:
        raise Http404
    return found


def holding_words(rows: QuerySet[Contact], text: str, *, among: QuerySet[FamilyMember]) -> QuerySet[Contact]:
    """Those that hold every word of `text`, or a word that begins so. Nothing to look for finds everything.

    A word is held by a note, by the view that came with it, or by the name of the family member it was with or about,
    who is one of `among`: nobody else's name is looked at. One query, for the names.
    """
    words = list(dict.fromkeys(WORD.findall(text.lower())))[:MOST_WORDS]
    named = _named_by(words, among)
    noted = [word for word in words if word not in named]
    if noted:
        rows = rows.filter(words=_begins_so(noted))
    for word, members in named.items():
        rows = rows.filter(Q(words=_begins_so([word])) | Q(family_member__in=members))
    return rows


def _named_by(words: Sequence[str], among: QuerySet[FamilyMember]) -> dict[str, list[UUID]]:
    """Whose names hold which of some words; words that nobody's name holds are left out."""
    if not words:
        return {}
    name = SearchVector("given_name", "family_name", "phrase", config="simple")
    holds = {f"holds_{place}": Q(name_words=_begins_so([word])) for place, word in enumerate(words)}
    rows = among.annotate(name_words=name).filter(name_words=_begins_so(words, every=False))
    found: dict[str, list[UUID]] = {}
    for key, *held in rows.order_by().annotate(**holds).values_list("pk", *holds):
        for word in compress(words, held):
            found.setdefault(word, []).append(key)
    return found


def _begins_so(words: Sequence[str], *, every: bool = True) -> SearchQuery:
    joined = (" & " if every else " | ").join(f"{word}:*" for word in words)
    return SearchQuery(joined, config="simple", search_type="raw")


def in_full(keys: Sequence[UUID]) -> list[Contact]:
    """The contacts of these keys in their order, with whose they are and, as `view`, the view that came with each.

    A search that finds thousands sorts keys alone: only what a page shows is read whole.
    """
    view = FamilyView.objects.filter(contact=OuterRef("pk")).values("view")
    rows = Contact.objects.filter(pk__in=keys).annotate(view=Subquery(view[:1]))
    rows = rows.select_related("person", "family_member").defer("words", "view_words")
    found = {row.pk: row for row in rows}
    return [found[key] for key in keys]


def contacts_across(user: User, text: str) -> QuerySet[Contact]:
    """Contacts in every case whose contacts the user may read, that hold every word of `text`."""
    cases = visible_to(user, Right.SEE_CONTACTS)
    rows = Contact.objects.filter(person__in=cases.values("pk"))
    known = Q(by_law=False)
    if holding_of(user).may(Right.SEE_PROTECTED):
        known |= Q(person__in=visible_to(user, Right.SEE_PROTECTED).values("pk"))
    among = FamilyMember.objects.filter(person__in=cases.values("pk"))
    return holding_words(rows.filter(known), text, among=among).order_by("-at", "id")


def page_across(user: User, text: str, request: HttpRequest) -> Page[UUID]:
    """The page of `contacts_across` that is asked for, as keys: three statements, or five where the word is rare.

    The index of words gives all notes that hold one before the newest of them can be told, and half of a million notes
    hold some words. So the newest contacts are looked through first, which fills a page with such a word; where that
    does not fill it, the word is rare enough for its index.
    """
    rows = contacts_across(user, text)
    needed = rows_needed(request)
    newest = newest_among(rows, window=max(WINDOW, WINDOW_FOR_EACH * needed))
    keys = [] if newest is None else list(newest[: max(needed, COUNT_LIMIT + 1)])
    if len(keys) < needed:
        return page_of(by_no_index(rows).values_list("pk", flat=True), request)
    return page_of(keys, request, total=None if len(keys) > COUNT_LIMIT else count_to(rows, limit=COUNT_LIMIT))


def newest_among(rows: QuerySet[Contact], *, window: int) -> QuerySet[Contact, UUID] | None:
    """Keys of those of `rows` that are among the newest contacts of all, the newest first; None where all are among.

    Whatever is older stands after them, so that they are the first of `rows` however many follow.
    """
    since = Contact.objects.order_by("-at").values_list("at", flat=True)[window : window + 1].first()
    if since is None:
        return None
    return rows.filter(at__gte=since).order_by("-at", "id").values_list("pk", flat=True)


def by_no_index(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """`rows`, the newest first, sorted once they are found: along the index they would be looked for in every case."""
    return rows.order_by((F("at") + timedelta()).desc(), "id")


def earlier_of(contact: Contact) -> list[EarlierContact]:
    """What a contact said before its corrections, the latest first."""
    return list(EarlierContact.objects.filter(contact=contact.pk).order_by("-number"))


def view_of(contact: Contact) -> FamilyView | None:
    """The family member's view that came with a contact, if one was noted."""
    return FamilyView.objects.filter(contact=contact).first()


def patterns_of(person: Person, *, by_law: bool, agreed: list[Agreed], on: date) -> list[Pattern]:
    """What shows in the last four weeks of a case, in words, of the contacts that the reader may know of."""
    rows = contacts_for(by_law=by_law).filter(person=person, at__gte=start_of(on - WEEKS)).exclude(party=Party.AGENCY)
    read = ("at", "party", "direction", "outcome_id", "purpose_id", "family_member")
    named = ("family_member__phrase", "family_member__given_name", "family_member__family_name")
    happened, names = [], dict[str, tuple[str, str, str]]()
    for row in rows.order_by("-at").values_list(*read, *named)[:500]:
        at, party, direction, outcome, purpose, member_id, *name = row
        key = str(member_id) if party == Party.FAMILY else None
        if key is not None:
            names[key] = tuple(name)
        happened.append(
            Happened(
                on=at.astimezone(LONDON).date(),
                member=key,
                from_them=direction == Direction.FROM_THEM,
                reached=bool(coded(str(outcome)).attributes.get("reached")),
                reminder=direction == Direction.TO_THEM and coded(str(purpose)).code == "APPOINT",
            )
        )
    return patterns_in(happened, called=_called(names), agreed=agreed, person=person.called, on=on)


def _called(names: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    """What each is called, of phrase, given and family name; those who are called the same by their whole name too."""
    called = {key: phrase or given for key, (phrase, given, _) in names.items()}
    times = Counter(called.values())
    return {
        key: name if times[name] == 1 else f"{name} ({' '.join(names[key][1:]).strip()})"
        for key, name in called.items()
    }
