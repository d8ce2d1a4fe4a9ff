"""Parts a compound noun into modifier and head, by the nouns of the lexicon."""

import lzma
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

NOUNS = Path(__file__).parents[1] / "model" / "nouns.xz"
LINKS = ("", "s", "es", "n", "en", "er", "e", "ens")
"""Sounds between the parts: Forschung-s-professur, Tag-es-ordnung, Straße-n-bau."""
SHORTEST = 3
S_ENDINGS = ("ungs", "heits", "keits", "schafts", "ions", "täts")
UNKNOWN_MODIFIER = -6.0
"""Score of a modifier that is no noun of the lexicon (a verb stem, a name); only a frequent head outweighs it."""


@dataclass(frozen=True, slots=True)
class Compound:
    """The two parts of a compound, both as nouns in the singular as far as the lexicon knows them."""

    modifier: str
    head: str


@lru_cache(maxsize=1)
def nouns() -> dict[str, float]:
    """Nouns (lower case) with the logarithm of how often releases use them."""
    with lzma.open(NOUNS, "rt", encoding="utf-8") as lines:
        entries = (line.rstrip("\n").split("\t") for line in lines)
        return {noun: math.log(float(count) + 0.3) for noun, count in entries}


@lru_cache(maxsize=20_000)
def split(noun: str) -> Compound | None:
    """The modifier and head of a noun's lemma, None where the lexicon sees no compound.

    With several ways to part it, that of the most frequent parts counts; the head of a longer compound may be a
    compound itself ("Straßenbau" + "Projekt"). A hyphen always parts ("E-Mail-Adresse").

    Args:
        noun: a lemma ("Projektvorschlag").
    """
    if "-" in noun.strip("-"):
        modifier, _, head = noun.rpartition("-")
        return Compound(modifier, head[:1].upper() + head[1:]) if modifier and head else None
    word, known = noun.lower(), nouns()
    best: tuple[float, Compound] | None = None
    for place in range(SHORTEST, len(word) - SHORTEST + 1):
        head_score = known.get(word[place:])
        if head_score is None:
            continue
        modifier, score = _modifier(word[:place])
        total = head_score + score
        if best is None or total > best[0]:
            best = total, Compound(modifier.capitalize(), word[place:].capitalize())
    return best[1] if best is not None and best[0] > 0 else None


def _modifier(part: str) -> tuple[str, float]:
    """The noun that a modifier stands for, without its link, and its score."""
    known = nouns()
    linked = [link for link in LINKS if part.endswith(link)]
    stems = (part.removesuffix(link) for link in linked)
    found = [(known[stem], stem) for stem in stems if stem in known and len(stem) >= SHORTEST]
    # "Schul-": some feminines lose their final e. "Förder-", "Impf-": verb stems, known by their noun in -ung.
    if part + "e" in known:
        found.append((known[part + "e"] - 1, part + "e"))
    if part + "ung" in known:
        found.append((known[part + "ung"] - 2, part))
    if found:
        score, stem = max(found)
        return stem, score
    inner = [
        known[stem]
        for place in range(SHORTEST, len(part) - SHORTEST + 1)
        for link in linked
        if (stem := part[place:].removesuffix(link)) in known
    ]
    if inner:
        return (part[:-1] if part.endswith(S_ENDINGS) else part), max(inner) - 3
    return part, UNKNOWN_MODIFIER
