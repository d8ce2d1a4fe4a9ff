"""The grammatical gender of a noun, by the longest known end of its lemma."""

from functools import lru_cache
from typing import Literal, get_args

from extractors.german.words import lexicon

Gender = Literal["masculine", "feminine", "neuter"]
_SHORTEST = 3
"""Letters of an end that tells."""


@lru_cache(maxsize=1)
def _known() -> dict[str, Gender]:
    sections = lexicon.sections("genders")
    return {noun: gender for gender in get_args(Gender) for noun in sections[gender]}


@lru_cache(maxsize=20_000)
def gender(lemma: str) -> Gender:
    """The gender of a noun's lemma ("Nachbarschaftspreis": masculine as "Preis"); feminine where no end is known."""
    small, known = lemma.lower(), _known()
    ends = (small[begin:] for begin in range(len(small) - _SHORTEST + 1))
    return next((known[end] for end in ends if end in known), "feminine")
