"""In which state a statement sees its subject, and whether that is so, planned, possible or denied."""
