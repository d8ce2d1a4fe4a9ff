"""Who wants to be told, and what they are to be told."""
