"""Writes of access requests: noting and timing them, deciding on items, and giving the package out."""
