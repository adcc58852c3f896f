"""Pages of the exercises."""
