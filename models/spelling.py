"""What is proposed to who misspells a name."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from models.keys import fold

_MOST, _LIKE = 3, 0.6


def spelt_like(name: str, known: Iterable[str]) -> list[str]:
    """Of known names those spelt most like one, the most similar first; case and umlauts do not count."""
    folded = {fold(each): each for each in known}
    return [folded[each] for each in get_close_matches(fold(name), folded, n=_MOST, cutoff=_LIKE)]


def meant(near: Sequence[str], otherwise: str) -> str:
    """The end of a sentence that says that there is no such name: those like it, else what `otherwise` says."""
    return f"did you mean {', '.join(near)}?" if near else otherwise


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """The same, of the names that there are."""
    return meant(spelt_like(name, known), otherwise)
