"""What is proposed to who misspells a name."""

from collections.abc import Iterable
from difflib import get_close_matches

_MOST, _LIKE = 3, 0.4


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """The end of a sentence that says that there is no such name: those spelt like it, else what `otherwise` says."""
    near = get_close_matches(name, list(known), n=_MOST, cutoff=_LIKE)
    return f"did you mean {', '.join(near)}?" if near else otherwise
