"""Judgements of this involvement, for this purpose, now: by people, with reasons and a review date."""
