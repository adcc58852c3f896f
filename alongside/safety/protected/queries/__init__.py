"""What may be read of this room. Behind the wall the database decides; here is what pages ask for."""

from alongside.safety.protected.queries.handling import handling_facts, live_instructions

__all__ = ["handling_facts", "live_instructions"]
