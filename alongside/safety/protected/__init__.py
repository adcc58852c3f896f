"""What people tell us in confidence, disclosure decisions, danger that does not wait, refused requests."""
