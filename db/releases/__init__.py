"""Releases and their revisions: which answer is which release, storing and reading them."""
