"""The rooms of the house, lowest floor first. A room's label is `<wing>_<room>`."""

ROOMS = [
    "alongside.foundation.records",
    "alongside.foundation.ui",
    "alongside.foundation.content",
    "alongside.foundation.reference",
    "alongside.foundation.calendar",
    "alongside.foundation.accounts",
    "alongside.foundation.audit",
    "alongside.foundation.jobs",
    "alongside.foundation.files",
    "alongside.foundation.access",
    "alongside.foundation.work",
    "alongside.foundation.delivery",
    "alongside.foundation.documents",
    "alongside.people.persons",
    "alongside.people.families",
    "alongside.people.staff",
    "alongside.people.allocations",
    "alongside.people.casework",
    "alongside.people.arrivals",
    "alongside.synthetic",
]
