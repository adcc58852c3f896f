"""Pages: signing in and out, second factors, passwords, sessions, the provider, the demo, and managing accounts.

Where a page carries out a step of allauth's sign-in, it is allauth's own class with our form, words and template.
"""
