"""What was asked for, the bytes that came, and what is to be read again."""
