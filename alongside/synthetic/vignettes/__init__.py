"""The people of the acceptance scenarios, by name in every demo: told in `stories.yaml`, made by its actions."""
