"""Of which time a statement tells, and as at when its publisher reports it."""
