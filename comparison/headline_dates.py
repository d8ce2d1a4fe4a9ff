"""Where a headline dates a number otherwise than its sentence does: one of the two is a slip of the office."""

import re

_WEEK = re.compile(r"\b\d{1,2}\.\s?(?:KW|Kalenderwoche)\b")
_AS_OF = re.compile(r"\bStand:?\s+(?:zum\s+|vom\s+)?\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zäöü]+)(?:\s?\d{4})?")
_FIGURES = re.compile(r"\d+")


def dated_apart(headline: str, sentence: str) -> tuple[str, str] | None:
    """What either of them says where both name one week, or one day as of which something is, and not the same."""
    for pattern in (_WEEK, _AS_OF):
        one, other = pattern.findall(headline), pattern.findall(sentence)
        if len(one) == len(other) == 1 and _FIGURES.findall(one[0])[:1] != _FIGURES.findall(other[0])[:1]:
            return one[0], other[0]
    return None
