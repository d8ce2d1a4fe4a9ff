"""The gold set and its figures, from the floors that the tests hold."""

import json
from pathlib import Path

from cells import table

TESTS = Path(__file__).parents[2] / "tests"
GOLD, SENTENCES = TESTS / "gold", TESTS / "sentences"
MEANINGS = {
    "number": "numbers found, with value, upper end and unit right",
    "status_claims": "states of named projects, without a number",
    "strict": "the same claims with comparator, counted noun, status and modality right too",
    "full": "claims with all fields right",
    "projects": "projects of a release, by any of their names",
}
INTRODUCTION = """# Gold set and figures

{releases} press releases that we wrote ourselves in the manner of German ministries, with {claims} annotated claims,
lie in `tests/gold`; they follow [what a claim is](../claims.md). `python -m tests.gold.scoring` measures, and the tests
hold each figure as a floor: it may rise, never fall unnoticed. The figures below are those floors, F1 all of them.
"""
READING = """
These releases are known to whoever writes rules, so that
the figures say how well the rules do what they are meant to do, and too much about releases that nobody has seen;
[limits](../limits.md) says what they do not see. The tagger's own figures are in the [model card](../model-card.md).
"""

KNOWN = """
## Marked sentences that are read wrongly

Of the sentences in `tests/sentences` these are known not to work; one that begins to work fails the tests until it
leaves the list.
"""


def markdown() -> str:
    """The page."""
    golds = [json.loads(path.read_text("utf-8")) for path in sorted((GOLD / "gold").glob("*.json"))]
    floors = json.loads((GOLD / "floors.json").read_text("utf-8"))
    rows = [[f"`{name}`", _meaning(name), f"{value:.4f}"] for name, value in floors.items()]
    introduction = INTRODUCTION.format(releases=len(golds), claims=sum(len(gold["claims"]) for gold in golds))
    return "\n".join([introduction, table(["figure", "", "floor"], rows), READING, KNOWN, _known(), ""])


def _meaning(name: str) -> str:
    return MEANINGS.get(name) or f"the field `{name.removeprefix('field_')}`, where one is stated"


def _known() -> str:
    """Marked sentences that do not work, by their file."""
    lines = (
        line for line in (SENTENCES / "known_failures.txt").read_text("utf-8").splitlines() if not line.startswith("#")
    )
    return "\n".join(f"- `{file}`: {text}" for file, _, text in (each.partition(": ") for each in lines) if text)
