"""Contacts with family members, the person and other agencies: what was shared and heard, in under a minute."""
