"""From the bytes of a document, as a rule a PDF, to its text and tables, and the claims that stand in their rows."""

VERSION = "pdf-2"
"""Changes whenever the same bytes may give another text."""
