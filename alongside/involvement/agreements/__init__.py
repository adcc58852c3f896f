"""The working agreement between practitioner, person and family member, and what happens where boundaries slip.

Owns agreements with their versions and answers, what was drawn from their contact budgets, the visits that a rhythm
drafts, the person's wishes about prompts, boundary incidents and plans, and the end of contact.
"""
