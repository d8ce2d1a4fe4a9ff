"""Where a document names its projects."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace

from extractors.tokens import Tokens
from models.claim import Project
from models.inflection import word_forms

_Forms = list[tuple[str, Sequence[str]]]
"""The words of a name, each with the endings that it may have."""
_LETTER = re.compile(r"\w")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ProjectMention:
    """A place where a project is named: `project` indexes the document's projects, offsets are characters."""

    project: int
    start: int
    end: int
    first: int
    last: int


def mentions(projects: tuple[Project, ...], tokens: Tokens) -> tuple[ProjectMention, ...]:
    """All places where one of the names or aliases stands, the longest name first where they overlap."""
    names = {name: index for index, project in enumerate(projects) for name in (project.name, *project.aliases)}
    longest_first = sorted(names, key=len, reverse=True)
    forms = [word_forms(name) for name in longest_first]
    ahead = [place for rank in range(len(forms)) if (place := _next(forms, rank, tokens.text, 0))]
    heapify(ahead)
    found: list[ProjectMention] = []
    position = 0
    while ahead:
        start, rank, end = ahead[0]
        if start >= position:
            # What is another name letter by letter is that one, and not an inflected form of this.
            index = names.get(tokens.text[start:end], names[longest_first[rank]])
            found.append(ProjectMention(index, start, end, tokens.at(start), tokens.at(end - 1)))
            position = end
        following = _next(forms, rank, tokens.text, position)
        if following is None:
            heappop(ahead)
        else:
            heapreplace(ahead, following)
    return tuple(found)


def _next(forms: Sequence[_Forms], rank: int, text: str, position: int) -> tuple[int, int, int] | None:
    """Where a name stands next, from a position on and not as a part of a word: start, rank, end."""
    stem = forms[rank][0][0]
    start = text.find(stem, position)
    while start >= 0:
        within = start > 0 and (text[start - 1] == "-" or _LETTER.match(text, start - 1))
        end = None if within else _end(forms[rank], text, start)
        if end is not None:
            return start, rank, end
        start = text.find(stem, start + 1)
    return None


def _end(forms: _Forms, text: str, position: int) -> int | None:
    """Where a name ends that begins at a position; None where another word stands there."""
    for number, (stem, endings) in enumerate(forms):
        if number:
            gap = _SPACE.match(text, position)
            if gap is None:
                return None
            position = gap.end()
        if not text.startswith(stem, position):
            return None
        position += len(stem)
        position += next((len(ending) for ending in endings if text.startswith(ending, position)), 0)
    return None if _LETTER.match(text, position) else position


def last_before(mentions: Sequence[ProjectMention], token: int) -> ProjectMention | None:
    """Of mentions in their order the last that begins at a token or before it, else the first behind it."""
    place = bisect_right(mentions, token, key=first_token)
    return mentions[max(0, place - 1)] if mentions else None


def first_token(mention: ProjectMention) -> int:
    """By which mentions are in order."""
    return mention.first
