"""Stored files: what was uploaded or made, checked for type and size."""
