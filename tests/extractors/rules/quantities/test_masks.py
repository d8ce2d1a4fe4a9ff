"""What holds figures but states no quantity: found by one pattern each, in sentences that hold what it needs."""

import re
from pathlib import Path

import pytest

from extractors.german.words.months import FULL_NAMES, SHORT_FORMS
from extractors.rules.quantities.masks import masked
from extractors.rules.quantities.patterns import EXCLUSIONS, Mask

TESTS = Path(__file__).parents[3]
LINES = [
    line
    for folder in ("sentences", "gold/text")
    for path in sorted((TESTS / folder).glob("*.txt"))
    for line in path.read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("mask", EXCLUSIONS.masks, ids=lambda mask: f"{mask.reason.name}: {mask.pattern[:30]}")
def test_what_a_mask_needs_stands_in_all_that_it_finds(mask: Mask) -> None:
    """`only_with` saves the search of sentences without a word that holds it; it must never change what is found."""
    pattern = re.compile(mask.pattern.replace("{month}", "|".join((*FULL_NAMES, *SHORT_FORMS))), re.VERBOSE)
    found = [line for line in LINES if pattern.search(line)]
    assert [line for line in found if not any(map(mask.only_with.search, line.split()))] == []


def test_masks_follow_each_other_without_overlap() -> None:
    text = "Tel. 030 90293 2050, am 3. Mai 2024 um 9 Uhr, Musterstraße 12, www.example.de"
    assert [(mask.reason.value, text[mask.start : mask.end]) for mask in masked(text)] == [
        ("telephone number", "Tel. 030 90293 2050"),
        ("date", "3. Mai 2024"),
        ("clock time", "9 Uhr"),
        ("address", "Musterstraße 12"),
        ("web address", "www.example.de"),
    ]
