"""The vignettes, driven through the pages as a user does. Each as far as its rooms exist."""
