"""What is recorded about the person, as labelled rows."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.foundation.access.rights import Right
from alongside.foundation.reference.queries import label_of
from alongside.people.allocations.looking import Sight
from alongside.people.persons.models import Person
from alongside.people.persons.overview import needs_of, overview_of


@dataclass(frozen=True)
class Labelled:
    """One detail; an empty text is one that nobody has recorded."""

    label: str
    text: str


def kept_here(sight: Sight) -> list[Labelled]:
    """Local details, cut to the user's rights."""
    person = sight.person
    names: dict[str, list[str]] = {}
    for other in overview_of(person).other_names:
        names.setdefault(str(other.kind.label), []).append(other.name)
    needs = "; ".join(
        f"{label_of(need.need_id)} ({need.detail})" if need.detail else label_of(need.need_id)
        for need in needs_of(person)
    )
    rows = [
        Labelled(_("Likes to be called"), person.known_as),
        Labelled(_("Pronouns"), person.pronouns),
        *(Labelled(kind, ", ".join(found)) for kind, found in names.items()),
        Labelled(_("Language"), _coded(person, "preferred_language")),
        Labelled(_("Interpreter"), _("Needed") if person.interpreter_needed else _("Not needed")),
        Labelled(_("What helps"), needs),
        Labelled(_("Gender"), _coded(person, "gender")),
    ]
    if sight.may(Right.SEE_SENSITIVE):
        rows += [
            Labelled(_("Ethnicity"), _coded(person, "ethnicity")),
            Labelled(_("Disability"), _coded(person, "disability")),
        ]
    return rows


def owned_elsewhere(person: Person) -> list[Labelled]:
    """What the system of record owns."""
    return [
        Labelled(_("CRN"), person.crn),
        Labelled(_("Name"), f"{person.given_names} {person.family_name}"),
        Labelled(_("Date of birth"), date_format(person.date_of_birth, "j F Y")),
        Labelled(_("Sex"), _coded(person, "sex")),
        Labelled(_("Prison number"), person.prison_number),
        Labelled(_("PNC number"), person.pnc),
        Labelled(_("CRO number"), person.cro),
        Labelled(_("Home area"), person.home_area),
        Labelled(
            _("Supervision ends"),
            date_format(person.supervision_ends_on, "j F Y") if person.supervision_ends_on else "",
        ),
    ]


def _coded(person: Person, name: str) -> str:
    return label_of(str(getattr(person, f"{name}_id") or ""))
