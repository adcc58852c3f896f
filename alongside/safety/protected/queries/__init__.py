"""What may be read of this room. Behind the wall the database decides; here is what pages ask for."""

from alongside.safety.protected.queries.disclosures import disclosure_facts, disclosures_of, with_disclosures
from alongside.safety.protected.queries.handling import (
    handling_facts,
    handling_facts_of,
    live_instructions,
    with_handling,
)

__all__ = [
    "disclosure_facts",
    "disclosures_of",
    "handling_facts",
    "handling_facts_of",
    "live_instructions",
    "with_disclosures",
    "with_handling",
]
