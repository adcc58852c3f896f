"""What the person permits and refuses, for whom, and what each family member agrees to."""
