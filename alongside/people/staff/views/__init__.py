"""Pages for managing the service."""
