"""Texts, emails and letters to family members: governed words, decided twice, sent once."""
