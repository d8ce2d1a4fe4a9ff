"""Proposing and checking source files."""
