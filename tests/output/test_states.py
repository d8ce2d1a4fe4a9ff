"""A state is called by the word of its sentence; of many where all have one word, by ours where they have several."""

from dataclasses import replace

import pytest

from comparison.figures import evidence
from comparison.programme import Comparison, side_by_side
from models.claim import Claim, Cue
from models.keys import name_key
from models.nouns import Nouns
from models.projects import ProjectGroup
from models.statuses import STATUSES, Status
from output.states import rest_words, state_words, status_said, tells_status, words_for_statuses
from output.terms import value_named
from output.words import status_words
from tests.support.releases import extraction, page, says
from tests.support.stored import stored_claims

NAME = "Seenprogramm"


def told(*predicates: str | None, counted: str = "Platz", status: str = "operating") -> Comparison:
    claims = []
    for month, predicate in enumerate(predicates, 1):
        day = f"2024-0{month}-01"
        release = page("Bericht", "Im Seenprogramm sind 40 Plätze belegt.", day)
        number = says("40 Plätze", value="40", counted=counted, subject=NAME, status=status)
        (stored,) = stored_claims(f"https://land.example/{day}", release, extraction(release, [number]))
        claims.append(replace(stored, claim=replace(stored.claim, predicate=predicate)))
    group = ProjectGroup(NAME, (), frozenset({name_key(NAME)}))
    return side_by_side(group, claims, [], [], Nouns({}))


def sentence_with(sentence: str, word: str, status: Status) -> Claim:
    start = 40 + sentence.index(word)
    cue = Cue("status", start, start + len(word))
    return Claim("status", word, cue.start, cue.end, sentence, 40, "x", status=status, cues=(cue,))


@pytest.mark.parametrize(
    ("sentence", "word", "status", "said"),
    [
        ("Der Senat hat den Gesetzentwurf beschlossen.", "beschlossen", "approved", "beschlossen"),
        ("Der Landtag verabschiedete das Gesetz.", "verabschiedete", "approved", "beschlossen"),
        ("Für die Deiche sind 3 Millionen Euro bewilligt.", "bewilligt", "approved", "bewilligt"),
        ("Der Verein erhält 20.000 Euro.", "erhält", "approved", "bewilligt"),
        ("Die Jury hat drei Häuser ausgewählt.", "ausgewählt", "approved", "ausgewählt"),
        ("Es lagen 213 Anträge vor.", "Anträge", "proposed", "eingereicht"),
        ("Die Häfen haben 3 Millionen Euro beantragt.", "beantragt", "proposed", "beantragt"),
        ("Der Entwurf wurde in den Rat eingebracht.", "eingebracht", "proposed", "eingebracht"),
        ("Das Haus ist im Doppelhaushalt verankert.", "im Doppelhaushalt", "approved", "bewilligt oder beschlossen"),
        ("Die Brücke ist fertiggestellt.", "fertiggestellt", "completed", "fertiggestellt"),
        ("Die Brücke ist vollendet.", "vollendet", "completed", "abgeschlossen"),
        ("Derzeit werden zehn Häuser gebaut.", "gebaut", "in_progress", "in Umsetzung"),
    ],
)
def test_a_status_is_said_as_its_sentence_says_it(sentence: str, word: str, status: Status, said: str) -> None:
    assert status_said(sentence_with(sentence, word, status), "de") == said


@pytest.mark.parametrize(
    ("sentence", "word", "status", "said"),
    [
        ("60 Schulen müssen errichtet werden.", "errichtet", "completed", "angekündigt: Bau"),
        ("Die Brücke soll 2026 vollendet sein.", "vollendet", "completed", "angekündigt: Abschluss"),
        ("Die Brücke ist geplant.", "geplant", "planned", "geplant"),
    ],
)
def test_a_plan_is_not_said_as_a_result(sentence: str, word: str, status: Status, said: str) -> None:
    planned = replace(sentence_with(sentence, word, status), modality="planned")
    assert status_said(planned, "de") == said


def test_every_word_for_a_state_has_a_name_for_what_is_to_come() -> None:
    for status in STATUSES:
        for word in [status_words(status, "de"), *words_for_statuses().get(status, ())]:
            denied = replace(sentence_with(f"Es ist {word}.", word, status), modality="denied")
            assert status_said(denied, "de").startswith("verneint: ")


def test_a_proof_calls_its_status_as_its_claim_does() -> None:
    release = page("Bericht", "Es liegen 213 Anträge vor.", "2024-01-01")
    number = says("213 Anträge", value="213", counted="Antrag", status="proposed")
    (stored,) = stored_claims("https://land.example/1", release, extraction(release, [number]))
    assert status_said(stored.claim, "de") == status_said(evidence(stored), "de") == "eingereicht"


def test_a_state_that_all_figures_tell_by_one_word_is_called_so() -> None:
    assert state_words(told("belegt", "belegt"), "operating", "de") == "belegt"
    assert state_words(told("belegt", "belegt"), "operating", "en") == "occupied"
    assert state_words(told("belegt", None), "operating", "de") == "in Betrieb"


def test_applications_are_submitted_not_proposed() -> None:
    applied = told(None, None, counted="Förderantrag", status="proposed")
    assert [state_words(applied, "proposed", language) for language in ("de", "en")] == ["eingereicht", "submitted"]
    assert (
        state_words(told(None, None, counted="Projekt", status="proposed"), "proposed", "de")
        == "beantragt oder vorgeschlagen"
    )


def test_what_a_status_says_already_is_not_said_again_beside_it() -> None:
    assert tells_status("belegt", "operating") and tells_status("abgelehnt", "rejected")
    assert not tells_status("frei", "completed") and not tells_status("frei", None)


def test_what_is_left_has_a_name_if_no_release_gives_one() -> None:
    assert rest_words(told("belegt", "belegt"), "de") == "übrige"


@pytest.mark.parametrize(
    ("words", "status"),
    [("beschlossen", "approved"), ("bewilligt", "approved"), ("beantragt", "proposed"), ("Eingereicht", "proposed"),
     ("fertiggestellt", "completed")],
)  # fmt: skip
def test_every_word_for_a_status_finds_it(words: str, status: Status) -> None:
    assert value_named("status", words, STATUSES) == status
