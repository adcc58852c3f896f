"""Writing messages, handing them over, following what becomes of them, and taking in what comes back."""
