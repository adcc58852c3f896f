"""What the person works on, in their own words, and who helps with what."""
