"""Polite HTTP: one request, one answer."""
