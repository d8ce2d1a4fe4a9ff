"""Hyphens at the ends of lines: which belong to the word, and which only broke it."""

import re

from extractors.document.words import HYPHEN

HYPHENS = (HYPHEN, "-", "\u00ad", "\u2010")
_ELLIPSIS = frozenset(("und", "oder", "bzw.", "sowie", "bis", "statt", "noch", "beziehungsweise", "als", "wie", "zu"))
_CAPITALS = re.compile(r"(?:^|[^\wäöüß])[A-ZÄÖÜ]{2,}$|(?:^|\W)[A-Za-z]$|\d$")
_ADJECTIVE = re.compile(r"(?:isch|lich|sozial|deutsch|kulturell|tional)$")
_ENDINGS = re.compile(r"(?:keit|sprach|stämmig|land|er?s?|en|em)(?:$|[a-zäöüß])")
_GLUED = re.compile(r"[^\W\d_]")


def joined(before: str, behind: str) -> str | None:
    """What stands between the word at a line's end and the next line's first; None where they are one word.

    "Landesre-", "gierung" -> None; "Ruhr-", "Konferenz" -> "-"; "Ein-", "und" -> "- ".

    Args:
        before: the word at the end, without its hyphen.
        behind: the first word of the next line.
    """
    if behind.rstrip(",;") in _ELLIPSIS:
        return "- "
    if not behind or not _GLUED.match(behind[0]):
        return "-" if behind[:1].isdigit() else "- "
    if behind[0].isupper() or _CAPITALS.search(before):
        return "-"
    if _ADJECTIVE.search(before) and len(behind) >= 4 and not _ENDINGS.match(behind):
        return "-"
    return None
