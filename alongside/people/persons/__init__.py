"""People under supervision: identifiers, names people use, needs, orders and requirements."""
