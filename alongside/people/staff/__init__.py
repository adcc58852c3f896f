"""Service, region, delivery unit, team and the members of staff in them; patches by place."""
