"""What headlines of one form say of their releases: what something is for, and which round it is."""

import re
from functools import lru_cache

from comparison.likeness import stem
from models.calendar import MONTHS
from models.keys import fold

CALENDAR = frozenset(stem(fold(word)) for word in (*(names[0] for names in MONTHS), "Jahr", "Monat", "Kalenderwoche"))
"""Stems of words that tell when, not what."""

_PURPOSE = re.compile(r"\bfür\s+([^(:–!?]{4,100})")
_NOUN = re.compile(r"\b[A-ZÄÖÜ][\w*-]{3,}")
_YEAR = re.compile(r"\b20\d\d\b")
_ORDINAL = re.compile(r"\b([Ee]rste|[Zz]weite|[Dd]ritte|[Vv]ierte|[Ff]ünfte|[Ss]echste)[nrsm]?\s+([A-ZÄÖÜ]\w{3,})")


@lru_cache(maxsize=4096)
def purpose(title: str) -> frozenset[str]:
    """Stems of the nouns for which something is: "Förderung für Festivals und Reihen"."""
    found = _PURPOSE.search(title)
    return frozenset(stem(fold(noun)) for noun in _NOUN.findall(found[1])) - CALENDAR if found else frozenset()


@lru_cache(maxsize=4096)
def rounds(title: str) -> dict[str, str]:
    """Which round of a year it is: "im zweiten Verfahren für 2023" gives the stem of the noun and "zweite".

    Without a year it tells no rounds, but goes on counting: "Vierter Bericht".
    """
    if not _YEAR.search(title):
        return {}
    return {stem(fold(noun)): ordinal.lower() for ordinal, noun in _ORDINAL.findall(title)}
