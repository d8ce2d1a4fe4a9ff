"""Joins the candidates of one document into projects with canonical name and aliases."""

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.rules.projects.candidate import Candidate
from models.claim import Project

_EDITION = re.compile(r"\s(?:19|20)\d\d(?:[/–-]\d{2,4})?$")


def merge(candidates: list[Candidate], text: str) -> tuple[Project, ...]:
    """Projects in the order of their first mention.

    Candidates are one project where names agree but for case, hyphens and quotation marks, where one is the
    acronym of the other, or where one is the other without its end ("Research Alliance" of "Research Alliance
    Ruhr") or without a number or year.
    """
    names: list[str] = []
    aliases: list[list[str]] = []
    owner: dict[str, int] = {}
    for candidate in sorted((_undated(c, text) for c in candidates), key=lambda c: (not c.aliases, c.start)):
        keys = [name_key(name) for name in (candidate.name, *candidate.aliases)]
        index = next((owner[key] for key in keys if key in owner), None)
        if index is None:
            index = len(names)
            names.append(candidate.name)
            aliases.append([])
        for name, key in zip((candidate.name, *candidate.aliases), keys, strict=True):
            owner.setdefault(key, index)
            if name != names[index] and name not in aliases[index]:
                aliases[index].append(name)
    return _in_order(_shortened(names, aliases, text), text)


def _undated(candidate: Candidate, text: str) -> Candidate:
    """The name without its year, where the text uses it so too: "Ruhr-Konferenz 2024" is the Ruhr-Konferenz."""
    plain = _EDITION.sub("", candidate.name) if candidate.name[-1:].isdigit() else candidate.name
    if plain == candidate.name or not re.search(rf"{re.escape(plain)}s?(?!\w|\s(?:19|20)\d\d)", text):
        return candidate
    return Candidate(plain, (*candidate.aliases, candidate.name), candidate.start)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """By which names are one: their words in small letters, without hyphens and quotation marks."""
    return re.sub(r"[\W_]+", " ", name).casefold().strip()


def _stands_alone(alias: str, name: str, text: str) -> bool:
    """Whether the text uses the short form outside the full name."""
    return text.replace(name, "").count(alias) > 0


def _shortened(names: list[str], aliases: list[list[str]], text: str) -> list[Project]:
    """Names that are the beginning of another name become its aliases."""
    keys = [name_key(name) for name in names]
    longer: dict[str, int] = {}
    for index in sorted(range(len(names)), key=lambda index: -len(keys[index])):
        for short in _short_forms(names[index]):
            longer.setdefault(short, index)
    children: dict[int, list[int]] = {}
    shortened: set[int] = set()
    # Longest names first, so that a short form goes to the fullest name.
    for index in sorted(range(len(names)), key=lambda index: -len(keys[index])):
        parent = longer.get(keys[index])
        if parent is not None and parent not in shortened:
            children.setdefault(parent, []).append(index)
            shortened.add(index)
    result = []
    for index, name in enumerate(names):
        if index in shortened:
            continue
        own = list(aliases[index])
        for child in sorted(children.get(index, [])):
            own += [
                alias
                for alias in (names[child], *aliases[child])
                if alias not in own and alias != name and _stands_alone(alias, name, text)
            ]
        result.append(Project(name, tuple(own)))
    return result


def _short_forms(name: str) -> Iterator[str]:
    """What a name may be called for short, as keys: its first or last words. The "Wald" is no "Wald-Fonds Nord"."""
    written, words = name.split(), name_key(name).split()
    beginnings = (name_key(" ".join(written[:cut])) for cut in range(1, len(written)))
    ends = (" ".join(words[cut:]) for cut in range(1, len(words)))
    yield from (short for short in (*beginnings, *ends) if len(short) >= _SHORTEST_ALIAS)


_SHORTEST_ALIAS = 5
"""Characters."""


def _in_order(projects: list[Project], text: str) -> tuple[Project, ...]:
    def place(project: Project) -> int:
        places = [text.find(name) for name in (project.name, *project.aliases)]
        return min((p for p in places if p >= 0), default=len(text))

    return tuple(sorted(projects, key=place))
