"""Safety flags, what was checked and when, and stand-down plans."""
