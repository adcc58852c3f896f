"""Writing agreements: making and changing them, what happens under them, and where boundaries slip."""
