"""The database: what was fetched, what it says, and how that changes from year to year."""
