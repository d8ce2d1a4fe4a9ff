"""Quotation marks at the ends of a sentence whose partner stands in another sentence."""

import re

_MARK = re.compile(r"[„“”\"«»]")
_OPENS = re.compile(r"[„“”\"»«](?=\w)")


def paired_span(words: str) -> tuple[int, int]:
    """Where words begin and end without marks and white space at their ends that have no partner among them.

    "“ Im Mai waren es 12." ends what the sentence before quotes; "„Wir bauen 42." goes on beyond these words.
    """
    start, end = len(words) - len(words.lstrip()), len(words.rstrip())
    for place in sorted(_unpaired(words)):
        if place == start:
            start = place + 1 + len(words[place + 1 : end]) - len(words[place + 1 : end].lstrip())
    for place in sorted(_unpaired(words), reverse=True):
        if place == end - 1 and place >= start:
            end = len(words[:place].rstrip())
    return start, end


def paired(words: str) -> str:
    """Words without such marks."""
    start, end = paired_span(words)
    return words[start:end]


def _unpaired(words: str) -> set[int]:
    """Where marks stand that are never closed, or close nothing."""
    opened: list[int] = []
    stray: set[int] = set()
    for mark in _MARK.finditer(words):
        place = mark.start()
        if mark[0] == "„" or (not opened and _OPENS.match(words, place)):
            opened.append(place)
        elif opened:
            opened.pop()
        else:
            stray.add(place)
    return stray | set(opened)
