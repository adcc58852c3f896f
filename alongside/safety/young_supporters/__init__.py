"""Supporters under eighteen: heard alone, a parent consulted unless unsafe, and what they may do."""
