"""Annotated releases: what readers found that a release states, and the document in which the rules look for it.

A folder of them holds `gold/ID.json` and `text/ID.txt`; the form is that of docs/claims.md. `annotations.jsonl.gz`
beside this module holds annotations of releases whose texts are not part of the project, by places of characters.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from extractors.pipeline import pipeline

_SMALL = frozenset(
    ("der", "die", "das", "des", "dem", "den", "ein", "eine", "eines", "im", "in", "am", "an", "zur", "zum", "zu",
     "für", "von", "vom", "und", "of", "the")
)  # fmt: skip
_ENDING = re.compile(r"(?<=\w{4})(?:es|en|em|er|e|n|s)$")
ANNOTATIONS = Path(__file__).parent / "annotations.jsonl.gz"
_READ_TWICE, _STATES_READ_AGAIN = 5, 2
"""How often an annotation counts that careful readers agreed on, and one whose states a second reader sought."""
_SHORTEST = 5
"""Letters of a word by which a shorter name is known as the longer one's."""


@dataclass(frozen=True)
class Annotated:
    """A release with its annotation, read by the pipeline."""

    id: str
    text: str
    published: date
    claims: tuple[Mapping[str, Any], ...]
    projects: tuple[Mapping[str, Any], ...]
    doc: Doc
    weight: int = 1
    """How often it counts: what was annotated with care, and read again, tells more than what was read once."""
    read_again: tuple[tuple[int, int, str], ...] | None = None
    """Characters and status of each state that a second reader found; None where there was none."""

    @cached_property
    def _aliases(self) -> dict[str, frozenset[str]]:
        forms = (frozenset(map(_words, [p["name"], *p.get("aliases", [])])) for p in self.projects)
        return {name: names for names in forms for name in names}

    def is_called(self, gold: str, name: str) -> bool:
        """Whether a name is that of an annotated project, by any of its forms."""
        return any(_is_one_name(form, name) for form in self._aliases.get(_words(gold), frozenset([_words(gold)])))

    def is_listed(self, names: Iterable[str]) -> bool:
        """Whether one of the names is that of a listed project."""
        return any(self.is_called(project["name"], name) for project in self.projects for name in names)

    @property
    def states(self) -> list[tuple[int, int, str]]:
        """Characters and status of each state that is told of something named, by its last reader."""
        if self.read_again is not None:
            return list(self.read_again)
        return [(*self.span(claim), claim["status"]) for claim in self.claims if claim["kind"] == "status"]

    @property
    def weight_of_states(self) -> int:
        """How often what it has as `states` counts."""
        return self.weight if self.read_again is None else _STATES_READ_AGAIN

    @cached_property
    def topic(self) -> str | None:
        """The subject of most claims; None where most have none."""
        subjects = Counter(claim["subject"] for claim in self.claims)
        return subjects.most_common(1)[0][0] if subjects else None

    def span(self, claim: Mapping[str, Any]) -> tuple[int, int]:
        """Characters of a claim's quote."""
        if "start" in claim:
            return claim["start"], claim["end"]
        start = -1
        for _ in range(int(claim.get("nth") or 1)):
            start = self.text.index(claim["quote"], start + 1)
        return start, start + len(claim["quote"])


def annotated(folders: Iterable[Path]) -> Iterator[Annotated]:
    """All annotated releases of some folders."""
    nlp = pipeline()
    for folder in folders:
        for path in sorted((folder / "gold").glob("*.json")):
            content = json.loads(path.read_text("utf-8"))
            text = (folder / "text" / f"{path.stem}.txt").read_text("utf-8")
            published = date.fromisoformat(content["published"])
            doc = nlp.make_doc(text)
            doc._.bilanz_published = published
            claims, projects = tuple(content["claims"]), tuple(content["projects"])
            yield Annotated(path.stem, text, published, claims, projects, nlp(doc), _READ_TWICE)


def annotated_elsewhere(releases: Path) -> Iterator[Annotated]:
    """The annotated releases of a file of releases, one a line: id, published, title, text (JSON, gzip)."""
    nlp = pipeline()
    with gzip.open(releases, "rt", encoding="utf-8") as lines:
        texts = {release["id"]: release for release in map(json.loads, lines)}
    with gzip.open(ANNOTATIONS, "rt", encoding="utf-8") as lines:
        for content in map(json.loads, lines):
            release = texts[content["id"]]
            text = f"{release['title']}\n\n{release['text']}"
            projects = tuple({"name": name, "aliases": aliases} for name, *aliases in content["projects"])
            claims = tuple(_claim(claim, projects) for claim in content["claims"])
            doc = nlp.make_doc(text)
            doc._.bilanz_published = published = date.fromisoformat(content["published"])
            again = content.get("states_read_again")
            read_again = None if again is None else tuple(tuple(state) for state in again)
            yield Annotated(content["id"], text, published, claims, projects, nlp(doc), read_again=read_again)


def _claim(content: Mapping[str, Any], projects: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    place = content.get("subject")
    return {**content, "status": content.get("status"), "subject": None if place is None else projects[place]["name"]}


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


def stem(word: str) -> str:
    """A word in small letters without the ending of an inflection."""
    return _ENDING.sub("", word.casefold())


def _stems(name: str) -> frozenset[str]:
    return frozenset(map(stem, _words(name).split())) - _SMALL


def _is_one_name(a: str, b: str) -> bool:
    """Whether two names are one: all words of one within the other, inflected or not."""
    short, long = sorted((_stems(a), _stems(b)), key=len)
    return bool(short) and short <= long and (short == long or any(len(word) >= _SHORTEST for word in short))
