"""Pages of oversight: trails, retention and rectification."""
