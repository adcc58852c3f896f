"""Inventing: pure functions from a seed, a day and the pools to rows. No Django, no database, no clock."""
