"""Thin pages: asking, what was kept, checks of homes, and the policy."""
