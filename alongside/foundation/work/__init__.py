"""What a case page and a day are made of: timeline entries, to-dos and approvals, written by every room."""
