"""The database: where it runs, who may do what in it, and bringing it up to date.

`urls` names the three roles' addresses, `postgres` supervises the embedded server, `prepare` makes roles and
extensions, `migrate` brings tables and grants up to date, `check` refuses an application role that could do harm.
"""
