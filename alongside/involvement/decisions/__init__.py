"""May I? Facts gathered, one explained decision, and the policy behind it."""
