"""What a number counts, and what it is a part of."""
