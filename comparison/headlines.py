"""What headlines of one form say of their releases: what something is for, and which round it is."""

import re
from functools import lru_cache

from comparison.likeness import stem
from models.calendar import MONTHS
from models.keys import fold

CALENDAR = frozenset(stem(fold(word)) for word in (*(names[0] for names in MONTHS), "Jahr", "Monat", "Kalenderwoche"))
"""Stems of words that tell when, not what."""
_BEGIN = len("deutsch")
OF_ONE_FORM = 0.4
"""Likeness of headlines from which on what differs in them is what they are about."""

_MONTH = re.compile(rf"\b(?:{'|'.join(names[0] for names in MONTHS)})\b|\b\d{{1,2}}\.\s*(?:KW|Kalenderwoche)\b")
_PURPOSE = re.compile(r"\bfür\s+([^(:–!?]{4,100})")
_AGAINST = re.compile(r"\bgegen\s+([^(:–!?]{4,120})")
_NOUN = re.compile(r"\b[A-ZÄÖÜ][\w*-]{3,}")
_ORDINAL = re.compile(r"\b([Ee]rste|[Zz]weite|[Dd]ritte|[Vv]ierte|[Ff]ünfte|[Ss]echste)[nrsm]?\s+([A-ZÄÖÜ]\w{3,})")


_EDITIONS = ("bericht", "report", "bilanz", "ausgab", "auflag", "sitzung", "konferenz", "tag", "woch", "jahr", "gipfel")
"""Ends of stems of what is held or published again and again, of which the next goes on where the last ended."""
_SEASON = re.compile(
    r"\b(Sommer|Herbst|Winter|Oster|Pfingst)(?=ferien|semester|saison|halbjahr|schule|programm|schwimm|kurs)"
)
_SEASONS, _LISTED = re.compile(r"(?:\b[A-Z]\w+-,? (?:und )?)+(?=\w+ferien)"), re.compile(r"[A-Z][a-zäöü]+")
_WORD = re.compile(r"[^\W\d_]{5,}")


@lru_cache(maxsize=4096)
def purpose(title: str) -> frozenset[str]:
    """Stems of the nouns for which something is: "Förderung für Festivals und Reihen"."""
    found = _PURPOSE.search(title)
    return frozenset(stem(fold(noun)) for noun in _NOUN.findall(found[1])) - CALENDAR if found else frozenset()


@lru_cache(maxsize=4096)
def against(title: str) -> frozenset[str]:
    """Stems of the nouns against which something is: "Prozess gegen den Betreiber des Hafens"."""
    found = _AGAINST.search(title)
    return frozenset(stem(fold(noun)) for noun in _NOUN.findall(found[1])) - CALENDAR if found else frozenset()


@lru_cache(maxsize=4096)
def rounds(text: str) -> dict[str, str]:
    """Of counted nouns which one it is: "im zweiten Verfahren" gives the stem of the noun and "zweite".

    Reports and the like only go on counting: "Vierter Bericht".
    """
    found = {stem(fold(noun)): ordinal.lower() for ordinal, noun in _ORDINAL.findall(text)}
    return {noun: ordinal for noun, ordinal in found.items() if not noun.endswith(_EDITIONS)}


@lru_cache(maxsize=4096)
def nouns(text: str) -> frozenset[str]:
    """Stems of the words that are written as nouns and names are, but those of the calendar."""
    return frozenset(stem(fold(noun)) for noun in _NOUN.findall(text)) - CALENDAR


@lru_cache(maxsize=4096)
def months(title: str) -> frozenset[str]:
    """The months and weeks that a headline names: "Lage im März", "(12. KW)"."""
    return frozenset(_MONTH.findall(title))


@lru_cache(maxsize=4096)
def seasons(text: str) -> frozenset[str]:
    """The seasons of which something is told to be: "Sommer- und Herbstferien", "Wintersemester"."""
    found = {season.lower() for season in _SEASON.findall(text)}
    return frozenset(
        found | {season.lower() for listed in _SEASONS.findall(text) for season in _LISTED.findall(listed)}
    )


def opposed(a: str, b: str) -> tuple[str, str] | None:
    """A word that the other text denies: "deutschsprachig", "in nichtdeutscher Sprache"; "befristet", "unbefristet"."""
    for one, other in ((_long_words(a), _long_words(b)), (_long_words(b), _long_words(a))):
        for denied in other - one:
            prefix = next((each for each in ("nicht", "un") if denied.startswith(each)), denied)
            begin = denied.removeprefix(prefix)[:_BEGIN]
            if len(begin) == _BEGIN:
                said = next((word for word in one if word.startswith(begin)), None)
                if said is not None and not any(word.startswith(begin) for word in other):
                    return said, denied
    return None


@lru_cache(maxsize=4096)
def _long_words(text: str) -> frozenset[str]:
    return frozenset(map(fold, _WORD.findall(text)))
