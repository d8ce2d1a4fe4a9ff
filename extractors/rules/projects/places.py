"""Where a document names its projects."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.tokens import Tokens
from models.claim import Project


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
    if not names:
        return ()
    alternatives = "|".join(map(_inflected, sorted(names, key=len, reverse=True)))
    found = []
    for match in re.finditer(rf"(?<![\w-])(?:{alternatives})(?!\w)", tokens.text):
        index = _owner(match[0], names)
        first, last = tokens.at(match.start()), tokens.at(match.end() - 1)
        found.append(ProjectMention(index, match.start(), match.end(), first, last))
    return tuple(found)


def _inflected(name: str) -> str:
    """The name as it may stand in the text: adjectives with any ending, a genitive s, any white space."""
    words = name.split()
    patterns = []
    for word in words:
        stem = re.fullmatch(r"([A-ZÄÖÜ]?[a-zäöüß]{3,})e[nrsm]?", word)
        if stem and len(words) > 1:
            patterns.append(re.escape(stem[1]) + "e?[nrsm]?")
        else:
            patterns.append(re.escape(word) + ("" if word[-1] in "s!?.+" or not word[0].isupper() else "(?:e?s)?"))
    return r"\s+".join(patterns)


def _owner(literal: str, names: dict[str, int]) -> int:
    if literal in names:
        return names[literal]
    for name, index in sorted(names.items(), key=lambda item: len(item[0]), reverse=True):
        if re.fullmatch(_inflected(name), literal):
            return index
    raise ValueError(f"no project is called {literal!r}")


def last_before(mentions: Sequence[ProjectMention], token: int) -> ProjectMention | None:
    """Of mentions in their order the last that begins at a token or before it, else the first behind it."""
    place = bisect_right(mentions, token, key=first_token)
    return mentions[max(0, place - 1)] if mentions else None


def first_token(mention: ProjectMention) -> int:
    """By which mentions are in order."""
    return mention.first
