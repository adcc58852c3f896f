"""Pages about safety: for staff who may see it, and one for reception that says what to do and never why."""
