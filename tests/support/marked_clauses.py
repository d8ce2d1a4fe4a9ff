"""Reads the sentences of clauses.txt, whose clauses are marked inline."""

import re
from dataclasses import dataclass, field
from pathlib import Path

KINDS = {"main": "main", "sub": "subordinate", "rel": "relative", "inf": "infinitive", "frag": "fragment"}
PART = re.compile(r"\[(?P<open>\w+) ?|(?P<close>\])|\{(?P<claims>[^}]*)\}|(?P<star>\*)|(?P<text>[^\[\]{}*]+)")


@dataclass
class Marked:
    """A clause as marked: character offsets of its words and of its verb forms."""

    kind: str
    words: set[int] = field(default_factory=set)
    verbs: set[int] = field(default_factory=set)
    claims: list[str] = field(default_factory=list)


def read_line(line: str) -> tuple[str, list[Marked]]:
    """The plain sentence and its clauses in the order of their first words."""
    text = ""
    clauses: list[Marked] = []
    stack: list[Marked] = []
    starred = False
    for match in PART.finditer(line):
        if kind := match["open"]:
            stack.append(Marked(KINDS[kind]))
            clauses.append(stack[-1])
        elif match["close"]:
            stack.pop()
        elif match["claims"] is not None:
            stack[-1].claims = match["claims"].split()
            text = text.rstrip(" ")
        elif match["star"]:
            starred = not starred
        else:
            piece = match["text"]
            for place, char in enumerate(piece, start=len(text)):
                if char.isalnum() and stack:
                    stack[-1].words.add(place)
                    if starred:
                        stack[-1].verbs.add(place)
            text += piece
    return text, sorted(clauses, key=lambda clause: min(clause.words))


def sentences(path: Path) -> list[str]:
    """The marked lines of a file, without comments and empty lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
