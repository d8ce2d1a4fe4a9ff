"""Importing releases from files: history that no press office gives any more."""
