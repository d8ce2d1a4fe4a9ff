"""Which nouns count the same thing."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.keys import fold


@dataclass(frozen=True, slots=True)
class Nouns:
    """The series that nouns count in, as one programme has them.

    Attributes:
        by_noun: the series' own noun by each folded one.
    """

    by_noun: Mapping[str, str]

    def series(self, noun: str | None) -> str | None:
        """The series that a noun counts in: its own where nothing else is said."""
        return None if noun is None else self.by_noun.get(fold(noun), noun)
