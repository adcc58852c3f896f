"""Safety flags, what was checked and when, stand-down plans, markers for reception, and incidents.

A flag stops what staff do at once and changes nothing that the person or a relative can see. Not checked is not safe.
Other rooms ask `queries.flag_facts`, which says what stops and never why.
"""
