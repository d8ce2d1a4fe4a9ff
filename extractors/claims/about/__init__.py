"""Which named project a statement is about."""
