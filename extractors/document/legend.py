"""What the symbols, colours and short signs of a document stand for, by its own legend."""

import re
from collections.abc import Iterable

from extractors.document.vocabulary import state_of
from models.document import Document
from models.statuses import Status

_SIGN = re.compile(r"[^\w\s]|[A-Z0-9]{1,2}")
_LONGEST = 60


def legend_of(document: Document, signs: Iterable[str]) -> dict[str, Status]:
    """The status that each sign stands for, of those that the text explains in one way.

    "● abgeschlossen, ◐ in Umsetzung"; "1 = begonnen"; "Phase III: in Umsetzung".
    """
    text = _outside_tables(document)
    found = {}
    for sign in signs:
        meanings = {_meaning(match[1]) for match in _explained(sign).finditer(text)} - {None}
        if len(meanings) == 1:
            (meaning,) = meanings
            assert meaning is not None
            found[sign] = meaning
    return found


def _explained(sign: str) -> re.Pattern[str]:
    # A letter or figure stands in any text; it is explained where something says "this means that".
    symbol = _SIGN.fullmatch(sign) is not None and not sign.isalnum()
    between = r"\s*(?:=|:|–|-|bedeutet|steht für)?\s*" if symbol else r"\s*(?:=|:|–|bedeutet|steht für)\s*"
    edge = "" if symbol else r"(?<!\w)"
    return re.compile(edge + re.escape(sign) + between + rf"([^\W\d_][^\n,;|()]{{2,{_LONGEST}}})")


def _meaning(words: str) -> Status | None:
    """The longest beginning of some words that is a state's."""
    parts = words.split()
    for count in range(len(parts), 0, -1):
        state = state_of(" ".join(parts[:count]))
        if state is not None:
            return state
    return None


def _outside_tables(document: Document) -> str:
    kept, end = [], 0
    for table in document.tables:
        kept.append(document.text[end : table.start])
        end = table.end
    return "\n\n".join([*kept, document.text[end:]])
