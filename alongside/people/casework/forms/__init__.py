"""Forms of the practitioner's pages."""
