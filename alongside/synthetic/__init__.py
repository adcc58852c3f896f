"""Invented people, from one vignette to a whole nation."""
