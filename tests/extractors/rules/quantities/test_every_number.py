"""No number of a text is dropped or invented without a word: it is a claim, or has a reason why it is none."""

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from extractors.claims import extract
from extractors.rules.quantities.masks import places
from models.quantity import Omission
from tests.support.marked_claims import cases

RELEASES = Path(__file__).parents[5] / "shared" / "corpus" / "releases"


def unread(text: str, published: date) -> list[str]:
    """The figures and number words of a text that are neither in a claim nor in a number that is none."""
    extraction = extract(text, published=published)
    spans = [(claim.start, claim.end) for claim in extraction.claims if claim.value is not None]
    spans += [(other.start, other.end) for other in extraction.not_claims]
    spans += [(cue.start, cue.end) for claim in extraction.claims for cue in claim.cues]
    return [
        text[place.start : place.end]
        for place in places(text)
        if not any(start < place.end and place.start < end for start, end in spans)
    ]


def stored(every: int) -> Iterator[tuple[str, date]]:
    """One of so many of the releases that lie beside the project."""
    for path in sorted(RELEASES.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                release = json.loads(line)
                if number % every == 0 and release.get("published"):
                    day = date.fromisoformat(release["published"][:10])
                    yield f"{release['title']}\n\n{release['text']}", day


def test_no_number_of_the_marked_sentences_is_overlooked() -> None:
    assert {case.name: left for case in cases() if (left := unread(case.text, case.published))} == {}


@pytest.mark.parametrize("every", [50, pytest.param(1, marks=[pytest.mark.long, pytest.mark.timeout(3600)])])
def test_no_number_of_stored_releases_is_overlooked(every: int) -> None:
    if not RELEASES.is_dir():
        pytest.skip("no releases in ../shared/corpus/releases")
    left = [words for text, day in stored(every) for words in unread(text, day)]
    assert left == []


@pytest.mark.parametrize(
    ("sentence", "words", "reason"),
    [
        ("Die Tagung beginnt am 3. Mai 2024 um 9.30 Uhr.", "9.30 Uhr", Omission.CLOCK),
        ("Die Schule liegt in der Gartenstraße 14.", "Gartenstraße 14", Omission.ADDRESS),
        ("Rufen Sie an: Telefon 0341 5566 77.", "Telefon 0341 5566 77.", Omission.TELEPHONE),
        ("Die Klasse 7 fährt an die See.", "7", Omission.LABEL),
        ("Er ist die 12. Auszeichnung dieser Art.", "12", Omission.ORDINAL),
        ("In der 19. Wahlperiode war sie Abgeordnete.", "19", Omission.PERIOD),
        ("Dutzende Freiwillige halfen.", "Dutzende", Omission.VAGUE),
        ("Sie leitet das Amt seit zwölf Jahren.", "zwölf Jahren", Omission.TENURE),
        ("Antragsteller warten bis zu drei Monate.", "drei Monate", Omission.WAITING),
        ("Der 54-jährige Jurist folgt auf eine Lehrerin.", "54-jährige", Omission.AGE),
        ("Bus 195 hält am Rathaus.", "195", Omission.LINE),
        ("Der Notendurchschnitt beträgt 2,3.", "2,3", Omission.NOTHING),
        ("Das Medikament wirkt gegen COVID-19.", "COVID-19", Omission.WORD),
    ],
)
def test_what_is_no_claim_says_why(sentence: str, words: str, reason: Omission) -> None:
    text = f"Mitteilung\n\n{sentence}"
    others = extract(text, published=date(2024, 5, 6)).not_claims
    assert (words, reason) in [(text[other.start : other.end], other.reason) for other in others]
