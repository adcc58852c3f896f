"""Judgements of this involvement, for this purpose, now: by people, with reasons and a review date.

Owns the questions that are asked, what was said and found, judgements and who approved them, pausing and stepping down,
second looks, and signs that involvement gets in the way. It never judges a relative, and adds nothing up.
"""
