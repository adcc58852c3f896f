"""Forms of this room. None adds anything up."""
