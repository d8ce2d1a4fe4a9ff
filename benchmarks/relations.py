"""How well relations of claims are told, cross-validated on judged pairs; with --write the weights are learned anew.

    python -m benchmarks.relations [--write]

Reads ../shared/pairs/dev.json, changes that were told and then judged by people (judged_changes.json: where the two
numbers stand, and no word of theirs), and the releases that both name; says so and ends with status 0 where these are
not there. Pairs that share a release fall into one of ten parts. The weights are those of a logistic regression in
which what speaks for a comparison may only count for it, and what speaks against it only against it; of the pairs that
a rule keeps apart, only those in doubt are learned from.

Two thresholds are the lowest at which a precision is reached: one on the pairs, for what may be compared; one on the
changes, for those that are told. The latter is higher, for a number is laid beside many, few of which are of its thing.
"""

import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparison.exclusions import exclusion, unlike
from comparison.likeness import Stated, StatedPair
from comparison.reasons import DOUBT
from comparison.relation import COMPARABLE, Scorer, relate
from extractors.claims import extract

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PAIRS, RELEASES = SHARED / "pairs/dev.json", SHARED / "corpus/releases/senat.jsonl.gz"
CHANGES = Path(__file__).with_name("judged_changes.json")
WEIGHTS = ROOT / "comparison/relation.json"
FOR = (
    "sentences alike", "sentences nearly equal", "headlines alike", "long words shared",
    "sentence in the other release",
    "words around alike", "same counted", "same value", "same value in kin releases", "values near", "numbers aligned",
    "numbers aligned in like sentences", "same place", "same subject", "same modality", "same predicate", "same group",
    "same area", "same other numbers", "same quality",
)  # fmt: skip
AGAINST = (
    "days apart", "numbers crossed", "subject of one", "other subject", "predicate of one", "place of one",
    "other place", "group of one", "other group", "per of one", "other per", "other span", "other other numbers",
    "area of one", "quality of one", "other quality",
)  # fmt: skip
NAMES = (*FOR, *AGAINST)
SIGNS = np.array([1.0] * len(FOR) + [-1.0] * len(AGAINST))
RIDGE, STEPS, PARTS, SEEDS = 1.0, 800, 10, 5
PRECISION, PRECISION_OF_CHANGES = 0.955, 0.97

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """A judged pair, with what is computed of it once."""

    gold: str
    releases: tuple[str, str]
    a: Stated
    b: Stated
    row: Floats
    excluded: bool
    learned_from: bool

    @property
    def comparable(self) -> bool:
        """Whether people said that the two may be compared."""
        return self.gold in COMPARABLE


def pairs() -> tuple[list[Pair], list[Pair]]:
    """The judged pairs, and the judged changes, of which both numbers are read."""
    asked, changes = (json.loads(path.read_text("utf-8")) for path in (PAIRS, CHANGES))
    read = _read(asked + changes)
    found = ([_pair(each, *(_stated(each[side], read) for side in "ab")) for each in some] for some in (asked, changes))
    judged, told = ([pair for pair in some if pair is not None] for some in found)
    return judged, told


def _read(judged: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Headline, day and claims of the releases that judged pairs name."""
    wanted = {pair[side]["release"] for pair in judged for side in "ab"}
    read = {}
    with gzip.open(RELEASES, "rt", encoding="utf-8") as lines:
        for release in map(json.loads, lines):
            if release["id"] in wanted:
                title, day = release["title"].strip(), release["published"][:10]
                text = f"{title}\n\n{release['text'].strip()}"
                read[release["id"]] = (title, day, extract(text, published=date.fromisoformat(day)).claims)
    return read


def _stated(place: Mapping[str, Any], read: Mapping[str, Any]) -> Stated | None:
    title, day, claims = read[place["release"]]
    shared = [(min(c.end, place["end"]) - max(c.start, place["start"]), c.start - c.end, c) for c in claims]
    there = [each for each in shared if each[0] > 0 and each[2].value is not None]
    return Stated(max(there, key=lambda each: each[:2])[2], title, day) if there else None


def _pair(judged: Mapping[str, Any], a: Stated | None, b: Stated | None) -> Pair | None:
    if a is None or b is None:
        return None
    stated = StatedPair(a, b)
    found, reason = stated.features, exclusion(stated) or unlike(stated)
    return Pair(
        gold=judged["relation"],
        releases=(judged["a"]["release"], judged["b"]["release"]),
        a=a,
        b=b,
        row=np.array([found.get(name, 0.0) for name in NAMES]),
        excluded=reason is not None,
        learned_from=reason is None or reason[0].startswith(DOUBT),
    )


def learn(judged: Sequence[Pair]) -> tuple[Floats, float]:
    """Weights and bias, by accelerated gradient steps that keep every weight on its side of 0."""
    kept = [pair for pair in judged if pair.learned_from]
    rows, wanted = np.array([pair.row for pair in kept]), np.array([float(pair.comparable) for pair in kept])
    rate = 1 / (0.25 * (np.linalg.norm(rows, 2) ** 2 + len(kept)) + RIDGE)
    weights = ahead = np.zeros(len(NAMES))
    bias = bias_ahead = 0.0
    pace = 1.0
    for _ in range(STEPS):
        wrong = 1 / (1 + np.exp(-(rows @ ahead + bias_ahead))) - wanted
        stepped = ahead - rate * (rows.T @ wrong + RIDGE * ahead)
        stepped = np.where(stepped * SIGNS < 0, 0.0, stepped)
        stepped_bias = float(bias_ahead - rate * wrong.sum())
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = stepped + (pace - 1) / faster * (stepped - weights)
        bias_ahead = stepped_bias + (pace - 1) / faster * (stepped_bias - bias)
        weights, bias, pace = stepped, stepped_bias, faster
    return weights, bias


def _groups(judged: Sequence[Pair]) -> list[str]:
    """For each pair a name that it shares with all that are linked to it by a release."""
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.setdefault(name, name) != name:
            name = parents[name]
        return name

    for pair in judged:
        parents[root(pair.releases[0])] = root(pair.releases[1])
    return [root(pair.releases[0]) for pair in judged]


def cross_validated(judged: Sequence[Pair]) -> Floats:
    """The probability of each pair by weights that were learned without its group; the mean of several partings."""
    groups, sums = _groups(judged), np.zeros(len(judged))
    for seed in range(SEEDS):
        names = sorted(set(groups))
        random.Random(seed).shuffle(names)
        part = {name: index % PARTS for index, name in enumerate(names)}
        for index in range(PARTS):
            weights, bias = learn([pair for pair, g in zip(judged, groups, strict=True) if part[g] != index])
            for place, (pair, group) in enumerate(zip(judged, groups, strict=True)):
                if part[group] == index and not pair.excluded:
                    sums[place] += 1 / (1 + np.exp(-(pair.row @ weights + bias)))
    return sums / SEEDS


def lowest_threshold(judged: Sequence[Pair], probabilities: Floats, precision: float) -> float:
    """The lowest threshold at which what is said to be comparable mostly is."""
    right = np.array([pair.comparable for pair in judged])
    for threshold in np.arange(0.5, 0.95, 0.01):
        said = probabilities >= threshold
        if said.any() and right[said].mean() >= precision:
            return round(float(threshold) + 0.01, 2)
    return 0.95


def told(pair: Pair, probability: float, threshold: float) -> str:
    """The relation that is told of a pair where its probability is known otherwise."""
    # A bias alone gives every pair that probability.
    odds = float(np.log(probability / (1 - probability))) if 0 < probability < 1 else -99.0
    return relate(pair.a, pair.b, Scorer({}, odds, threshold, threshold)).kind


def report(judged: Sequence[Pair], probabilities: Floats, threshold: float) -> None:
    """Prints precision and recall of each relation."""
    seen = Counter(
        (pair.gold, told(pair, float(each), threshold)) for pair, each in zip(judged, probabilities, strict=True)
    )
    print(f"{len(judged)} pairs, threshold {threshold}")
    for name, kinds in {
        "comparable": COMPARABLE,
        **{kind: {kind} for kind in ("same", "repeat", "plan", "part")},
    }.items():
        hit = sum(n for (gold, found), n in seen.items() if gold in kinds and found in kinds)
        said = sum(n for (_, found), n in seen.items() if found in kinds)
        there = sum(n for (gold, _), n in seen.items() if gold in kinds)
        print(f"{name:11} P {hit / max(1, said):.3f}  R {hit / max(1, there):.3f}   gold {there}, said {said}")


def report_changes(changes: Sequence[Pair], probabilities: Floats, sure: float) -> None:
    """Prints how many changes are told, and how many of those rightly, at that threshold and at others."""
    right = np.array([pair.comparable for pair in changes])
    for threshold in sorted({0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, sure}):
        told = probabilities >= threshold
        mark = "  <- told from here on" if threshold == sure else ""
        print(f"changes from {threshold:.2f}: {told.sum()} of {len(changes)}, right {right[told].mean():.3f}{mark}")


def main() -> None:
    """Measures, and learns where that is asked for."""
    if not PAIRS.exists() or not RELEASES.exists():
        print("skipped: ../shared/pairs is not there")
        return
    judged, changes = pairs()
    probabilities, of_changes = np.split(cross_validated([*judged, *changes]), [len(judged)])
    threshold = lowest_threshold(judged, probabilities, PRECISION)
    sure = max(threshold, lowest_threshold(changes, of_changes, PRECISION_OF_CHANGES))
    report(judged, probabilities, threshold)
    report_changes(changes, of_changes, sure)
    if "--write" in sys.argv[1:]:
        weights, bias = learn([*judged, *changes])
        kept = {
            name: round(float(each), 3) for name, each in sorted(zip(NAMES, weights, strict=True)) if abs(each) > 0.005
        }
        content = {"weights": kept, "bias": round(bias, 3), "threshold": threshold, "sure": sure}
        WEIGHTS.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
