"""The database: what was fetched, what it says, and what people decided about it."""
