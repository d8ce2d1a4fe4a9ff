"""The ends of German words, by which compounds are known as alike: "Schulbauoffensive", "Sanierungsoffensive"."""

from functools import lru_cache

_LETTERS = (4, 6, 8)


@lru_cache(maxsize=50_000)
def ends(word: str) -> tuple[str, ...]:
    """The ends of a word in lower case, then the word itself: "-iative", "-itiative", "initiative"."""
    lower = word.lower()
    return (*(f"-{lower[-letters:]}" for letters in _LETTERS if len(lower) > letters), lower)
