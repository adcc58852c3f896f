"""Coded lists with their external codes; switched off, never deleted.

A list is a YAML file in `lists/` that a domain expert can read. Loading turns it into rows, so that other rows can
point at a value and keep their meaning when the list moves on. Reading a list costs no query once it has been read.
"""
