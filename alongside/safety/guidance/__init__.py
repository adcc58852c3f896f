"""Guidance on domestic abuse where the decision is taken, who has read it, and the card of who does what (R096, R097).

The words are governed wording (`foundation.content`). This room owns that someone read a version; nothing of a case.
"""
