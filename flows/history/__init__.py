"""Years before the first run: planning what web archives have of an office, and reading it."""
