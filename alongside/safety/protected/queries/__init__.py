"""What may be read of this room. Behind the wall the database decides; here is what pages ask for."""

from alongside.safety.protected.queries.disclosures import disclosure_facts
from alongside.safety.protected.queries.handling import handling_facts, live_instructions

__all__ = ["disclosure_facts", "handling_facts", "live_instructions"]
