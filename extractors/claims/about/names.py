"""By which words a document refers to its projects: class nouns, ends of names, headings. Made once a document."""

from bisect import bisect_left, bisect_right
from collections import Counter

from extractors.claims.found import Found, Named
from extractors.rules.projects.classes import is_class_noun
from extractors.rules.projects.phrases import introducing_noun

_SHORTEST_END = 7
"""Letters of a noun that may stand for a name that ends in it."""
_LONGEST_HEADING = 14
"""Words."""
_THROUGHOUT = 2
"""Times that a release names what it speaks of throughout."""


def classes(found: Found) -> dict[int, set[str]]:
    """What each project is called besides its name: lemmas of the nouns right before it ("die App NINA")."""
    tokens = found.tokens
    called: dict[int, set[str]] = {index: set() for index in range(len(found.projects))}
    for mention in found.mentions:
        lemma = introducing_noun(tokens, mention.first)
        if lemma and is_class_noun(lemma):
            called[mention.project].add(lemma)
    return called


def class_nouns(found: Found) -> frozenset[str]:
    """All that any of the projects is called so."""
    return frozenset[str]().union(*found.once(classes).values())


def ends(found: Found) -> dict[str, int | None]:
    """Ends of project names (lower case), which a noun may stand for; None where several names end alike."""
    owners: dict[str, int | None] = {}
    for index, project in enumerate(found.projects):
        for name in (project.name.lower(), *(alias.lower() for alias in project.aliases)):
            for begin in range(1, len(name) - _SHORTEST_END + 1):
                end = name[begin:]
                owners[end] = index if owners.get(end, index) == index else None
    return owners


def headings(found: Found) -> list[tuple[int, int]]:
    """Characters of the sub-headings: paragraphs of that role, or short lines without a full stop."""
    if found.paragraphs:
        return [(p.start, p.end) for p in found.paragraphs if p.role == "heading"]
    spans = []
    position = found.title_end
    for line in found.tokens.text[found.title_end :].split("\n"):
        if 0 < len(line.split()) <= _LONGEST_HEADING and line.rstrip()[-1] not in '.!?:;,“”"':
            spans.append((position, position + len(line)))
        position += len(line) + 1
    return spans


def named_in_headings(found: Found) -> list[Named | None]:
    """The first project that each sub-heading names."""
    named: list[Named | None] = []
    for start, end in found.once(headings):
        index = bisect_left(found.mentions, start, key=lambda mention: mention.start)
        first = found.mentions[index] if index < len(found.mentions) and found.mentions[index].start < end else None
        named.append(Named(first.project, (first.start, first.end)) if first else None)
    return named


def heading(found: Found, token: int) -> Named | None:
    """The project that the heading of a token's section names."""
    above = bisect_right(found.once(headings), found.tokens.starts[token], key=lambda span: span[1])
    return found.once(named_in_headings)[above - 1] if above else None


def headline(found: Found) -> Named | None:
    """The project that the release's headline names first."""
    named = next((m for m in found.mentions if m.start < found.title_end), None)
    return Named(named.project, (named.start, named.end)) if named else None


def topic(found: Found) -> Named | None:
    """The project that the release speaks of throughout: the first one, where no other is named as often."""
    counts = Counter(m.project for m in found.mentions)
    if not counts:
        return None
    first = found.mentions[0]
    often = counts[first.project]
    leads = all(often > count for project, count in counts.items() if project != first.project)
    return Named(first.project, (first.start, first.end)) if leads and often >= _THROUGHOUT else None
