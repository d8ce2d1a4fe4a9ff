"""Who says it: direct and indirect speech, and the person to whom it is attributed."""
