"""Pages of messages and replies."""
