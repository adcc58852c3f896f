"""Who someone is: users, passwords, second factors, sign-in providers, sessions."""
