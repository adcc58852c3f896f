"""Rights and the roles that hold them, and the transaction that carries who is asking."""
