"""Telling people what is new and what changed."""
