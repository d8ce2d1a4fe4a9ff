"""Who did something, by the statement and by the sentence that is found."""

import pytest

from inquiries.actors import actor_of, actor_told
from tests.support.three_reports import asked


@pytest.mark.parametrize(
    ("statement", "actor"),
    [
        ("Das Land Berlin hat 30 Brücken gebaut.", "Das Land Berlin"),
        ("Berlin hat 30 Brücken gebaut.", "Berlin"),
        ("Der Senat baut 30 Brücken.", "Der Senat"),
        ("Bislang hat das Land Berlin 30 Brücken gebaut.", "das Land Berlin"),
        ("2023 baute der Berliner Senat 30 Brücken.", "der Berliner Senat"),
        ("Die Senatsverwaltung für Bildung, Jugend und Familie fördert 30 Brücken.", "Die Senatsverwaltung"),
        ("Der Sprecher sagte, dass der Bund 30 Brücken baut.", "der Bund"),
        ("Der Bezirk Pankow stellt 30 Brücken bereit.", "Der Bezirk"),
        ("Die Bezirke haben 30 Brücken saniert.", "Die Bezirke"),
        ("Sachsen will bis 2030 weitere 30 Brücken bauen.", "Sachsen"),
        # nothing is done, or something is done to it
        ("Berlin hat 30 Brücken.", None),
        ("Berlin zählt 30 Brücken.", None),
        ("Das Land Berlin wurde mit 30 Brücken beschenkt.", None),
        ("In Berlin wurden 30 Brücken gebaut.", None),
        ("Berlin erhielt 30 Brücken.", None),
        # an organisation
        ("Die Stadtwerke haben im Land Berlin 30 Brücken gebaut.", "Die Stadtwerke"),
        ("Die Stiftung Brückenschlag hat 30 Brücken gefördert.", "Die Stiftung Brückenschlag"),
        ("Die Deutsche Bahn hat 30 Brücken gebaut.", "Die Deutsche Bahn"),
        ("Im Jahr 2023 baute der Verein Stege und Wege 30 Brücken.", "der Verein Stege und Wege"),
        ("Die Anna-Weber-Stiftung fördert 30 Brücken.", "Die Anna-Weber-Stiftung"),
        ("Vattenfall hat 30 Brücken gebaut.", "Vattenfall"),
        ("Die Züge der Bahn fahren über 30 Brücken.", None),
        ("Die Stiftung hat 30 Brücken.", None),
        ("Das Programm hat 30 Brücken gefördert.", None),
        # somebody else is the subject
        ("Die Nachbarn haben im Land Berlin 30 Brücken gebaut.", None),
        ("Die Nachbarin unterstützt das Land Berlin mit 30 Brücken.", None),
        ("Berlin entstehen durch 30 Brücken Nachteile.", None),
        ("Die Aufsicht über 30 Brücken obliegt der Senatsverwaltung für Verkehr.", None),
        ("Es gibt 30 Brücken.", None),
    ],
)
def test_whom_a_statement_has_do_something(statement: str, actor: str | None) -> None:
    found = actor_of(asked(statement, "30 Brücken", value="30", counted="Brücke"))
    assert (found.text if found else None) == actor


@pytest.mark.parametrize(
    ("statement", "sentence", "headline", "told"),
    [
        ("Das Land Berlin hat 30 Brücken gebaut.", "Das Land hat 30 Brücken gebaut.", "Bilanz", "told"),
        ("Das Land Berlin hat 30 Brücken gebaut.", "Der Senat baute 30 Brücken.", "Bilanz", "told"),
        ("Das Land Berlin hat 30 Brücken gebaut.", "Im Auftrag des Senats wurden 30 Brücken gebaut.", "Bilanz", "told"),
        ("Das Land Berlin hat 30 Brücken gebaut.", "Wir haben 30 Brücken gebaut.", "Bilanz", "told"),
        ("Das Land Berlin hat 30 Brücken gebaut.", "So wurden 30 Brücken gebaut.", "Senat baut Brücken", "told"),
        ("Das Land Berlin hat 30 Brücken gebaut.", "So wurden 30 Brücken gebaut.", "Berlin baut Brücken", "told"),
        ("Der Bund fördert 30 Brücken.", "Gefördert werden 30 Brücken durch die Bundesregierung.", "Bilanz", "told"),
        ("Das Land fördert 30 Brücken.", "Der Bund und das Land Berlin fördern 30 Brücken.", "Bilanz", "told"),
        # nobody is named, or only where it is
        ("Das Land Berlin hat 30 Brücken gebaut.", "Es wurden 30 Brücken gebaut.", "Bilanz", "unsaid"),
        ("Das Land Berlin hat 30 Brücken gebaut.", "Im Land Berlin wurden 30 Brücken gebaut.", "Bilanz", "unsaid"),
        (
            "Das Land Berlin hat 30 Brücken gebaut.",
            "30 Brücken in Berlin gebaut",
            "30 Brücken in Berlin gebaut",
            "unsaid",
        ),
        (
            "Der Bezirk Pankow hat 30 Brücken gebaut.",
            "Im Bezirk Pankow sind 30 Brücken entstanden.",
            "Bilanz",
            "unsaid",
        ),
        # an organisation
        ("Die Stiftung Steg hat 30 Brücken gefördert.", "Die Stiftung Steg förderte 30 Brücken.", "Bilanz", "told"),
        (
            "Die Stiftung Steg hat 30 Brücken gefördert.",
            "Gefördert wurden 30 Brücken.",
            "Stiftung Steg zieht Bilanz",
            "told",
        ),
        (
            "Die Deutsche Bahn hat 30 Brücken gebaut.",
            "Von der Deutschen Bahn wurden 30 Brücken gebaut.",
            "Bilanz",
            "told",
        ),
        ("Die Stiftung Steg hat 30 Brücken gefördert.", "Gefördert wurden 30 Brücken.", "Bilanz", "unsaid"),
        ("Die Stiftung Steg hat 30 Brücken gefördert.", "Die Stiftung hat 30 Brücken gefördert.", "Bilanz", "unsaid"),
        ("Die Deutsche Bahn hat 30 Brücken gebaut.", "Neben der S-Bahn wurden 30 Brücken gebaut.", "Bilanz", "unsaid"),
        (
            "Die Stiftung Steg hat 30 Brücken gefördert.",
            "Die Stiftung Pfad hat 30 Brücken gefördert.",
            "Bilanz",
            "other",
        ),
        ("Die Deutsche Bahn hat 30 Brücken gebaut.", "Das Land Berlin hat 30 Brücken gebaut.", "Bilanz", "other"),
        ("Die Stiftung Steg fördert 30 Brücken.", "Das Land fördert 30 Brücken der Stiftung Steg.", "Bilanz", "other"),
        # somebody else
        ("Das Land Berlin hat 30 Brücken gebaut.", "Die Stadtwerke haben 30 Brücken gebaut.", "Bilanz", "other"),
        ("Das Land Berlin baut 30 Brücken.", "Die Bahn baut 30 Brücken.", "Bahn baut in Berlin", "other"),
        ("Der Bezirk hat 30 Brücken gebaut.", "30 Brücken hat das Land im Bezirk gebaut.", "Bilanz", "other"),
        ("Das Land fördert 30 Brücken.", "Der Bund fördert 30 Brücken und das Land 12 Fähren.", "Bilanz", "other"),
        ("Das Land Berlin fördert 30 Brücken.", "Die Stiftung unterstützt 30 Brücken.", "Stiftung hilft", "other"),
    ],
)
def test_whether_a_sentence_says_so_of_the_same(statement: str, sentence: str, headline: str, told: str) -> None:
    thing = {"value": "30", "counted": "Brücke"}
    actor = actor_of(asked(statement, "30 Brücken", **thing))
    assert actor is not None
    assert actor_told(actor, asked(sentence, "30 Brücken", title=headline, **thing), headline) == told
