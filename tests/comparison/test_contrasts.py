"""Sentences that differ in one thing are kept apart for it; those that differ in nothing else stay comparable."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from comparison.likeness import Stated
from comparison.relation import Relation, relate
from extractors.claims import extract

HEADLINE = "Zahlen aus dem Bericht"
DAYS = (date(2024, 3, 1), date(2025, 3, 3))
KEPT_APART, KEPT_TOGETHER = 0.98, 0.9


@dataclass(frozen=True)
class Contrast:
    """Two marked sentences: "apart", "plan" or "=" says what must not be, or must be, said of them."""

    kind: str
    sides: tuple[str, str]


def contrasts() -> list[Contrast]:
    """Those of the file."""
    found = []
    for line in Path(__file__).with_name("contrasts.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind = next((mark for mark in ("=", "plan") if line.startswith(f"{mark} ")), "apart")
        a, b = line.removeprefix(f"{kind} ").split(" | ")
        found.append(Contrast(kind, (a, b)))
    return found


CONTRASTS = contrasts()


def related(contrast: Contrast) -> Relation | None:
    """Their relation; None where a number is not read at all."""
    a, b = (_stated(side, day) for side, day in zip(contrast.sides, DAYS, strict=True))
    return None if a is None or b is None else relate(a, b)


def _stated(marked: str, day: date) -> Stated | None:
    start = len(HEADLINE) + 2 + marked.index("[")
    text = f"{HEADLINE}\n\n{marked.replace('[', '').replace(']', '')}"
    end = start + marked.index("]") - marked.index("[") - 1
    claims = extract(text, published=day).claims
    there = [each for each in claims if each.value is not None and each.start < end and start < each.end]
    return Stated(there[0], HEADLINE, day.isoformat()) if there else None


def kept_apart(contrast: Contrast) -> bool:
    """Whether no difference is computed between them."""
    found = related(contrast)
    return found is None or not found.comparable or (contrast.kind == "plan" and found.kind == "plan")


def test_there_are_enough_pairs_each_once() -> None:
    assert sum(each.kind != "=" for each in CONTRASTS) >= 120
    assert len(set(CONTRASTS)) == len(CONTRASTS)


@pytest.mark.parametrize("kind", ["apart", "plan"])
def test_what_differs_is_kept_apart(kind: str) -> None:
    asked = [each for each in CONTRASTS if each.kind == kind]
    wrong = [each.sides for each in asked if not kept_apart(each)]
    assert len(wrong) <= (1 - KEPT_APART) * len(asked), wrong


def test_what_is_alike_stays_comparable() -> None:
    asked = [each for each in CONTRASTS if each.kind == "="]
    wrong = [(each.sides, related(each)) for each in asked if (found := related(each)) is None or not found.comparable]
    assert len(wrong) <= (1 - KEPT_TOGETHER) * len(asked), wrong


def test_a_relation_is_the_same_from_either_side() -> None:
    for contrast in CONTRASTS[::7]:
        a, b = (_stated(side, day) for side, day in zip(contrast.sides, DAYS, strict=True))
        if a is not None and b is not None:
            assert relate(a, b).kind == relate(b, a).kind
