"""Dates and spans of time, kept as literal and resolved against the publication date."""
