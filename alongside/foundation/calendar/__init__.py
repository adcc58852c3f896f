"""Working days, bank holidays and school terms of England and Wales. Offline."""
