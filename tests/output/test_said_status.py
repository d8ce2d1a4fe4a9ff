"""Statuses as sentences put them: "beschlossen" of laws, "bewilligt" of money, "beantragt" of applications."""

import pytest

from models.claim import Claim, Cue
from models.statuses import Status
from output.said_status import status_said
from output.terms import value_named


@pytest.mark.parametrize(
    ("sentence", "word", "status", "said"),
    [
        ("Der Senat hat den Gesetzentwurf beschlossen.", "beschlossen", "approved", "beschlossen"),
        ("Der Landtag verabschiedete das Gesetz.", "verabschiedete", "approved", "beschlossen"),
        ("Für die Deiche sind 3 Millionen Euro bewilligt.", "bewilligt", "approved", "bewilligt"),
        ("Der Verein erhält 20.000 Euro.", "erhält", "approved", "bewilligt"),
        ("Die Jury hat drei Häuser ausgewählt.", "ausgewählt", "approved", "ausgewählt"),
        ("Es lagen 213 Anträge vor.", "Anträge", "proposed", "beantragt"),
        ("Der Entwurf wurde in den Rat eingebracht.", "eingebracht", "proposed", "eingebracht"),
        ("Das Haus ist im Doppelhaushalt verankert.", "im Doppelhaushalt", "approved", "bewilligt oder beschlossen"),
        ("Die Brücke ist fertiggestellt.", "fertiggestellt", "completed", "abgeschlossen"),
    ],
)
def test_a_status_is_said_as_its_sentence_says_it(sentence: str, word: str, status: Status, said: str) -> None:
    start = sentence.index(word)
    cue = Cue("status", 40 + start, 40 + start + len(word))
    claim = Claim("status", word, cue.start, cue.end, sentence, 40, "x", status=status, cues=(cue,))
    assert status_said(claim, "de") == said


def test_either_word_finds_the_status() -> None:
    values = ("proposed", "approved")
    for words, status in (("beschlossen", "approved"), ("bewilligt", "approved"), ("beantragt", "proposed")):
        assert value_named("status", words, values) == status
