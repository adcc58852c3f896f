"""Family members: relatives, friends, anyone whom the person names."""
