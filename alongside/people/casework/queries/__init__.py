"""What the practitioner's pages show, each page in as few queries as it has subjects."""
