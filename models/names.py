"""Whether a name tells one thing from others of its kind."""


def is_distinctive(name: str) -> bool:
    """Whether a name is more than one plain word, as "Ruhr-Konferenz", "DigitalPakt" and "Haus der Musik" are.

    "Anlaufstelle", "Klimaschutz" and "Sommerferien" may be those of anybody, or of another year.
    """
    return any(not char.isalpha() for char in name.strip()) or any(char.isupper() for char in name[1:])
