"""Whether something is so, is planned, is possible or is denied, and which words say it."""
