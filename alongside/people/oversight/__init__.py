"""Answering for what was done: trails of cases and users, retention, legal holds, erasure and rectification.

Owns no table. Reads the trail that `foundation.audit` keeps, for those with the right, and lets them act on it.
"""
