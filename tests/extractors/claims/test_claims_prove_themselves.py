"""Every claim stands in its text, and the same text gives the same claims in any process."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.claims import extract

TEXTS = sorted((Path(__file__).parents[2] / "gold" / "text").glob("*.txt"))
READ = """
import json, sys
from datetime import date
from extractors.claims import extract
from models.claim import claim_record
for path in sys.argv[1:]:
    text = open(path, encoding="utf-8").read()
    found = extract(text, published=date(2024, 5, 6))
    print(json.dumps([claim_record(claim, text, found.extractor_version) for claim in found.claims]))
"""


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_quotes_sentences_and_cues_stand_where_they_say(path: Path) -> None:
    text = path.read_text("utf-8")
    for claim in extract(text, published=date(2024, 5, 6)).claims:
        assert text[claim.start : claim.end] == claim.quote
        assert len(claim.quote.split()) <= 12
        assert text[claim.sentence_start :].startswith(claim.sentence)
        assert claim.sentence_start <= claim.start < claim.end <= claim.sentence_start + len(claim.sentence)
        assert all(0 <= cue.start < cue.end <= len(text) for cue in claim.cues)


def test_other_processes_find_the_same() -> None:
    answers = [
        subprocess.run(
            [sys.executable, "-c", READ, *map(str, TEXTS[:6])],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert answers[0] == answers[1]
    assert all(json.loads(line) for line in answers[0].splitlines())


def test_parts_point_to_their_whole() -> None:
    text = "Bilanz\n\nVon den 73 Vorschlägen sind 42 abgeschlossen, 16 weitere laufen noch."
    claims = extract(text, published=date(2024, 5, 6)).claims
    assert [claim.whole for claim in claims] == [None, 0, 0]
    assert [claim.of for claim in claims] == [None, 73, 73]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="aeinrst ÄÖüß123.,:;()„“»«–-\n\t\u00ad€%§", max_size=400))
def test_no_text_breaks_the_extraction(text: str) -> None:
    for claim in extract(text, published=None).claims:
        assert text[claim.start : claim.end] == claim.quote
