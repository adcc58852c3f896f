"""What is asked on the pages about permissions."""
