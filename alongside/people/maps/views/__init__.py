"""The pages of the map, by what they are for."""
