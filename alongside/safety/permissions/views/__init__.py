"""The pages about permissions, by what they are for."""
