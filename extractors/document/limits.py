"""What one document may take."""

MOST_MEMORY = 1 << 30
"""Bytes of address space."""
MOST_CPU_SECONDS = 30
MOST_SECONDS = 60
"""Of all, with waiting for the processor."""
MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000
MOST_ANSWERED = 200_000_000
"""Bytes that the process of a document may answer."""
