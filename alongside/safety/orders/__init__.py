"""Orders and conditions that keep people apart: whom they protect, where, from when until when, and their papers."""
