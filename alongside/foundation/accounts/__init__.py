"""Who someone is: users, passwords, second factors, sign-in providers, sessions.

Owns the user, their invitations, their identities at a sign-in provider, what they had typed when a session ended, and
the mark that a database was born with invented people. What a user may do is not decided here.
"""
