"""Formats of output, one file each."""
