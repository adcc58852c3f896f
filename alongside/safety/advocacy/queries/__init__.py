"""Reads of advocacy: what stands before the wall, and, for those for whom it is, what stands behind it."""

from alongside.safety.advocacy.queries.outside import advocacy_facts, advocacy_of, with_advocacy

__all__ = ["advocacy_facts", "advocacy_of", "with_advocacy"]
