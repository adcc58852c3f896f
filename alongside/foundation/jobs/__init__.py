"""Work done later: background jobs inside the same transaction, and their progress."""
