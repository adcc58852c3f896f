"""How a row is kept: ids, versions, what may never be altered, and how personal each field is."""
