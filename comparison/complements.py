"""What follows a name and says which one of its kind is meant: "Volksbegehren Grundeinkommen"."""

import re

from models.keys import fold

_QUOTED = re.compile(r"(?:\s+|-)[„“\"‚»]([^„“”\"‚‘’»«]{2,60})[“”\"‘’«]")
_NOUN = re.compile(r"\s+(?:(?:im|aus dem) Bereich\s+(?:de[sr]\s+)?)?([A-ZÄÖÜ][\w-]*[a-zäöüß][\w-]*)")


def complement(name: str, text: str) -> str | None:
    """What follows a name in a text, folded: words between quotation marks, or a noun; None where nothing does."""
    place = text.casefold().find(name.casefold()) if len(text.casefold()) == len(text) else text.find(name)
    if place < 0:
        return None
    behind = text[place + len(name) :]
    found = _QUOTED.match(behind) or _NOUN.match(behind)
    return fold(found[1]) if found else None


def named_apart(name: str, text: str, other_name: str, other: str) -> tuple[str, str] | None:
    """What follows a name in either text, where that tells two things of one kind apart."""
    one, another = complement(name, text), complement(other_name, other)
    if one is None or another is None or one[:5] == another[:5] or one in fold(other) or another in fold(text):
        return None
    return one, another
