"""Settings, addresses and the `alongside` command."""
