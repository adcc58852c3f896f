"""Governed wording: owner, review date, version, English and Welsh (R187).

This room keeps the wording and gives it out; it stands below rights and audit, so it has no page that changes anything.
The pages on which editors write and approve are in `foundation.editorial`.
"""
