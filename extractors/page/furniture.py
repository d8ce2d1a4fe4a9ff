"""Lines of the site around a release: the schema of furniture.yaml, whose comments say what stands in it."""

import re

from extractors.patterns import Patterns

LONGEST = 130
"""Characters of the longest line that is looked up."""


class SiteLines(Patterns):
    """furniture.yaml."""

    lines: tuple[str, ...]


_LINES = SiteLines.beside(__file__, "furniture.yaml").lines
_LINE = re.compile("|".join(f"(?:{line.replace(' ', chr(92) + 's')})" for line in _LINES), re.IGNORECASE)


def is_furniture(text: str) -> bool:
    """Whether a line belongs to a site and to no release of it ("Seite drucken", "Kategorie: Verkehr")."""
    return len(text) <= LONGEST and _LINE.fullmatch(text.strip(" |>»›‹«→-–•*")) is not None
