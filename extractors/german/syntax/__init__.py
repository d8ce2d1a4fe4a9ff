"""Syntax: sentences, clauses, verbs, noun phrases."""
