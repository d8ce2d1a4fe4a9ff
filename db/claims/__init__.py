"""Claims: their readings, the search for them, and what changed among them."""
