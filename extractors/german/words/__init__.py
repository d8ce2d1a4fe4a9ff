"""Words: tokens, tags, lemmas, compounds."""
