"""Pages of access requests: the request and its clock, its items, and what goes out."""
