"""What people tell us: received by anyone, routed to someone, ended by a decision."""
