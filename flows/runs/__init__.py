"""Runs: when they are due, who works on what, and what they came to."""
