r"""Reads the marked sentences of `tests/sentences`.

A line of a `.txt` file is a sentence, or a few, of a press release. A claim is marked where it stands:

    Insgesamt wurden [27 Projekte]{kind: count, value: 27, status: approved} bewilligt.

The braces hold a YAML flow mapping over the fields of the claim record. Every scalar is read as
text, so nothing but `>`, `>=` and `%` needs quotation marks; `null` stands for an empty field.
Fields that are not named are not compared. A line without a mark states nothing.

` ¶ ` begins a new paragraph. What follows ` || ` are the projects that the text names, parted by
`;`, each with the aliases that it must have: ` || Sicherheitskooperation Ruhr = SiKo Ruhr`.

Lines that start with `#` are comments; these set the scene for the lines that follow them:

    # published: 2024-05-06     date of publication
    # headline: …               headline of the release (states nothing itself)
    # reset                     back to the defaults
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

FOLDER = Path(__file__).parents[1] / "sentences"
PUBLISHED = date(2024, 5, 6)
HEADLINE = "Mitteilung"
MARK = re.compile(r"\[([^\[\]]+)\](\{[^{}]*\})")
SETTING = re.compile(r"# *(published|headline): *(.+)")


@dataclass(frozen=True)
class Mark:
    """A claim that the sentence states: its place in the release's text, and its fields."""

    start: int
    end: int
    fields: dict[str, str | None]


@dataclass(frozen=True)
class Case:
    """One line: the text of a release and what it states."""

    file: str
    line: int
    sentence: str
    text: str
    published: date
    marks: tuple[Mark, ...]
    projects: dict[str, frozenset[str]] | None = field(hash=False)

    @property
    def name(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def key(self) -> str:
        """How known_failures.txt names the line: line numbers move, words stay."""
        return f"{self.file}: {self.sentence}"


def fields_of(mapping: str) -> dict[str, str | None]:
    """The fields of a mark, all as text."""
    loaded: dict[str, str] = yaml.load(mapping, Loader=yaml.BaseLoader)
    return {name: None if value == "null" else value for name, value in loaded.items()}


def projects_of(listing: str) -> dict[str, frozenset[str]]:
    """Canonical names with the aliases that each must have; "keine" lists none."""
    if listing.strip() == "keine":
        return {}
    names = ([name.strip() for name in entry.split(" = ")] for entry in listing.split(";"))
    return {name: frozenset(aliases) for name, *aliases in names}


def read_line(file: str, number: int, line: str, headline: str, published: date) -> Case:
    """The case that one marked line stands for."""
    marked, divider, listing = line.partition(" || ")
    text, marks, done = f"{headline}\n\n", [], 0
    marked = marked.strip().replace(" ¶ ", "\n\n")
    for match in MARK.finditer(marked):
        text += marked[done : match.start()]
        marks.append(Mark(len(text), len(text) + len(match[1]), fields_of(match[2])))
        text += match[1]
        done = match.end()
    text += marked[done:]
    sentence = text.removeprefix(f"{headline}\n\n").replace("\n\n", " ¶ ")
    projects = projects_of(listing) if divider else None
    return Case(file, number, sentence, text, published, tuple(marks), projects)


def read_file(path: Path) -> Iterator[Case]:
    """The cases of one file, each under the settings that hold at its line."""
    headline, published = HEADLINE, PUBLISHED
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip() == "# reset":
            headline, published = HEADLINE, PUBLISHED
        elif setting := SETTING.fullmatch(line.strip()):
            name, value = setting.groups()
            headline = value if name == "headline" else headline
            published = date.fromisoformat(value) if name == "published" else published
        elif line.strip() and not line.startswith("#"):
            yield read_line(path.name, number, line, headline, published)


def cases() -> list[Case]:
    """All marked lines of the folder."""
    files = (path for path in sorted(FOLDER.glob("*.txt")) if path.name != "known_failures.txt")
    return [case for path in files for case in read_file(path)]


def known_failures() -> set[str]:
    """Keys of the lines that are known not to work yet."""
    lines = (FOLDER / "known_failures.txt").read_text("utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}
