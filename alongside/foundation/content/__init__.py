"""Governed wording: owner, review date, version, English and Welsh."""
