"""PDF/UA documents made from data."""
