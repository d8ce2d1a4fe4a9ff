"""Figures of the extractor on the annotated releases beside this file.

    python -m tests.gold.scoring [--raise-floors]

A claim found matches an annotated one where kind, value, upper end and unit agree (for `status`: the status) and their
places overlap; of several pairings the one that agrees in most fields counts. `strict` wants comparator, counted noun,
status and modality right too, `full` all fields. `--raise-floors` writes figures that have risen to floors.json and
never lowers one: a figure that falls is mended, or its floor is lowered by hand with the reason in the commit.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from extractors.claims import extract
from models.claim import plain

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
STRICT = ("comparator", "counted", "status", "modality")
DATES = ("since", "until", "as_of")
FIELDS = (*STRICT, "of", "subject", *DATES, "speaker")

Record = dict[str, Any]


@dataclass(frozen=True)
class Document:
    """One annotated release and what the extractor found in it; spans are characters of the text."""

    name: str
    published: str
    annotated: list[tuple[Record, tuple[int, int]]]
    found: list[tuple[Record, tuple[int, int]]]
    aliases: dict[str, set[str]]
    projects: list[set[str]]
    found_projects: set[str]


def documents() -> Iterator[Document]:
    """Reads and extracts every annotated release."""
    for path in sorted((HERE / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = (HERE / "text" / f"{path.stem}.txt").read_text("utf-8")
        extraction = extract(text, published=date.fromisoformat(gold["published"]))
        names = [{_words(name) for name in (p["name"], *p["aliases"])} for p in gold["projects"]]
        found = [
            ({**asdict(c), "value": plain(c.value), "value_to": plain(c.value_to), "of": plain(c.of)}, (c.start, c.end))
            for c in extraction.claims
        ]
        yield Document(
            path.stem,
            gold["published"],
            [(claim, _span(text, claim)) for claim in gold["claims"]],
            found,
            {name: group for group in names for name in group},
            names,
            {_words(project.name) for project in extraction.projects},
        )


def figures() -> dict[str, float]:
    """F1 of numbers, statuses, strict and full claims, projects, and of each field over its stated values."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents():
        _count(document, counts)
    names = ("number", "status_claims", "strict", "full", "projects", *(f"field_{name}" for name in FIELDS))
    return {name: _f1(*(counts[name, side] for side in ("right", "annotated", "found"))) for name in names}


def _count(document: Document, counts: Counter[tuple[str, str]]) -> None:
    for side, claims in (("annotated", document.annotated), ("found", document.found)):
        for claim, _ in claims:
            for name in (_group(claim), "strict", "full", *_stated_fields(claim, document)):
                counts[name, side] += 1
    counts["projects", "annotated"] += len(document.projects)
    counts["projects", "found"] += len(document.found_projects)
    counts["projects", "right"] += sum(bool(names & document.found_projects) for names in document.projects)
    for annotated, found in pairs(document):
        right = {name for name in FIELDS if agree(name, annotated, found, document)}
        counts[_group(annotated), "right"] += 1
        counts["strict", "right"] += right.issuperset(STRICT)
        counts["full", "right"] += right.issuperset(FIELDS)
        for name in _stated_fields(annotated, document):
            counts[name, "right"] += name.removeprefix("field_") in right


def pairs(document: Document) -> list[tuple[Record, Record]]:
    """Annotated and found claims, one to one, those that agree in most fields first."""
    options = [
        (-sum(agree(name, a, b, document) for name in FIELDS), abs(place[0] - other[0]), i, j)
        for i, (a, place) in enumerate(document.annotated)
        for j, (b, other) in enumerate(document.found)
        if _core(a) == _core(b) and place[0] < other[1] and other[0] < place[1]
    ]
    taken: set[tuple[str, int]] = set()
    paired = []
    for _, _, i, j in sorted(options):
        if not taken & {("annotated", i), ("found", j)}:
            taken |= {("annotated", i), ("found", j)}
            paired.append((document.annotated[i][0], document.found[j][0]))
    return paired


def agree(name: str, annotated: Record, found: Record, document: Document) -> bool:
    """Whether a field says the same: dates as far as both go, nouns by their head, persons by surname."""
    a, b = _value(name, annotated, document), _value(name, found, document)
    if a is None or b is None:
        return a is b
    if name in DATES:
        return bool(a[: len(b)] == b[: len(a)])
    if name == "subject":
        return _words(b) in document.aliases.get(_words(a), {_words(a)})
    if name == "speaker":
        return _words(a).split()[-1] == _words(b).split()[-1]
    if name == "counted":
        short, long = sorted((_words(a), _words(b)), key=len)
        return short == long or (len(short) >= 5 and 2 * len(short) >= len(long) and long.endswith(short))
    return bool(a == b)


def _value(name: str, claim: Record, document: Document) -> Any:
    """A field's value; a date of the publication itself is none."""
    value = claim[name]
    return None if name == "as_of" and value == document.published else value


def _stated_fields(claim: Record, document: Document) -> Iterator[str]:
    for name in FIELDS:
        value = _value(name, claim, document)
        default = (name == "modality" and value == "actual") or (name == "status" and claim["kind"] == "status")
        if value is not None and not default:
            yield f"field_{name}"


def _core(claim: Record) -> tuple[Any, ...]:
    state = claim["status"] if claim["kind"] == "status" else None
    return claim["kind"], claim["value"], claim["value_to"], claim["unit"], state


def _group(claim: Record) -> str:
    return "status_claims" if claim["kind"] == "status" else "number"


def _span(text: str, claim: Record) -> tuple[int, int]:
    start = -1
    for _ in range(claim.get("nth") or 1):
        start = text.index(claim["quote"], start + 1)
    return start, start + len(claim["quote"])


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _f1(right: int, annotated: int, found: int) -> float:
    return round(2 * right / (annotated + found), 4) if annotated + found else 1.0


def main() -> None:
    """Prints the figures beside their floors; raises floors where asked to."""
    measured, floors = figures(), json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    for name, figure in measured.items():
        sys.stdout.write(f"{name:18} {figure:.4f}   floor {floors.get(name, 0.0):.4f}\n")
    if "--raise-floors" in sys.argv[1:]:
        raised = {name: max(figure, floors.get(name, 0.0)) for name, figure in measured.items()}
        FLOORS.write_text(json.dumps(raised, indent=1) + "\n")


if __name__ == "__main__":
    main()
