"""Rules: each finds one kind of mention in the words, tags and clauses of a document, and knows of no other rule."""
