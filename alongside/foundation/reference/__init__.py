"""Coded lists with their external codes; switched off, never deleted."""
