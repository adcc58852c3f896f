"""The caseload arrives: import from the system of record, staged, checked, then taken as one."""
