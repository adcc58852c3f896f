"""Working agreements between practitioner, person and family member, and how they end."""
