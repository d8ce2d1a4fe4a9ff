"""Reading one press office: find, fetch, read, store."""
