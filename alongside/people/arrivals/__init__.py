"""The caseload arrives: a file from the system of record, staged, checked, and taken in one transaction.

Owns arrivals (one file each), and what is staged of them until whoever brought the file is done. Persons, orders,
markers, allocations and limited access belong to their own rooms.
"""
