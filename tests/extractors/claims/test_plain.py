"""Text as people have it loses no claim, and what proves a claim stands in the text as it was given."""

import unicodedata
from datetime import date

import pytest

from extractors.claims import extract

BODIES = {
    "broken lines": ("Von den 80 Höfen\nsind 30\nHöfe saniert.", ["80", "30"]),
    "decomposed": (unicodedata.normalize("NFD", "Im Dorf blühen 60 Bäume und 14 Büsche."), ["60", "14"]),
    "no-break and thin spaces": (
        "Sie kostet 3\u202f400\u00a0Euro und mahlt 12\u2009000\u00a0Körner.",
        ["3400", "12000"],
    ),
    "zero width, carriage return": ("Es gibt 60\u200b Bäume\r\nund 14 Büsche.", ["60", "14"]),
    "a list stays one": ("Laufende Vorhaben: 34\nFertige Vorhaben: 12", ["34", "12"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_no_claim_is_lost_and_each_proves_itself(name: str) -> None:
    body, values = BODIES[name]
    text = f"Mitteilung\n\n{body}"
    claims = extract(text, published=date(2024, 5, 6)).claims
    assert [str(claim.value) for claim in claims if claim.value is not None] == values
    for claim in claims:
        assert text[claim.start : claim.end] == claim.quote
        assert text[claim.sentence_start :].startswith(claim.sentence)
        assert all(text[cue.start : cue.end].strip() for cue in claim.cues)
