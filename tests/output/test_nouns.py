"""Nouns as releases write them."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from models.claim import Claim
from output.nouns import counted_in, nominative, noun_as_written, noun_of
from output.words import quoted


@pytest.mark.parametrize(
    ("noun", "quote", "sentence", "written"),
    [
        ("Zug", "24 Züge", "Es fahren 24 Züge.", "Züge"),
        ("Vorschlag", "42 abgeschlossen", "Von den 73 Vorschlägen sind 42 abgeschlossen.", "Vorschlägen"),
        ("Kind", "9 Kinder", "Es sind 9 Kinder.", "Kinder"),
        ("Jugendlicher", "rund 1.500 Jugendliche", "Es hat rund 1.500 Jugendliche erreicht.", "Jugendliche"),
        ("Museum", "drei", "Museen gibt es drei.", "Museen"),
        ("Firma", "9 Firmen", "Beteiligt sind 9 Firmen.", "Firmen"),
        ("Patient*in", "24 Patient*innen", "Es sind 24 Patient*innen.", "Patient*innen"),
        ("Schule", "12", "Eine Schule zeigt, wie es geht: Saniert sind 12, die Schulen freut es.", "Schulen"),
        ("Schulneubau", "7", "Die Schulneubauten sind 7.", "Schulneubauten"),
        ("Impfdosis", "90 Impfdosen", "Es kamen 90 Impfdosen.", "Impfdosen"),
        ("Arbeitsstipendium", "9 Arbeits- und Recherchestipendien", "Es sind 9 Arbeits- und Recherchestipendien.",
         "Arbeitsstipendien"),
        # A verb is no noun, and another noun that begins alike is another.
        ("Ruf", "3", "Drei rufen, und der Rufer ist still.", "Ruf"),
        ("Wohneinheit", "9", "Es sind 9.", "Wohneinheit"),
        (None, "9", "Es sind 9.", None),
    ],
)  # fmt: skip
def test_the_form_nearest_to_the_number(noun: str | None, quote: str, sentence: str, written: str | None) -> None:
    assert noun_as_written(noun, quote, sentence) == written


def test_one_thing_is_one_and_what_the_sentence_leaves_out_stands_around_it() -> None:
    claim = Claim(
        "count", "15 wurden", 0, 9, "15 wurden gestrichen.", 0, "test", value=Decimal(15), counted="Vorschlag"
    )
    assert noun_of(claim) == "Vorschläge" and noun_of(replace(claim, counted="Ort")) == "Ort"  # "Orten" or "Örtern"
    assert noun_of(replace(claim, counted="Datenwert")) == "Datenwerte"
    assert noun_of(replace(claim, counted="Notübernachtungsplatz")) == "Notübernachtungsplätze"
    assert noun_of(replace(claim, of=Decimal(73))) == "Vorschlägen"
    assert noun_of(claim, "Von 73 Vorschlägen sind 42 fertig. 15 wurden gestrichen.") == "Vorschläge"
    assert (
        noun_of(replace(claim, of=Decimal(73)), "Von 73 Vorschlägen sind 42 fertig. 15 wurden gestrichen.")
        == "Vorschlägen"
    )
    one = replace(claim, value=Decimal(1), sentence="Von den Projekten ist 1 fertig.", quote="1", counted="Projekt")
    assert noun_of(one) == "Projekt"
    assert noun_of(replace(one, of=Decimal(9))) == "Projekten"


@pytest.mark.parametrize(
    ("noun", "written", "shown"),
    [
        ("Schulplatz", "Schulplätzen", "Schulplätze"),
        ("Mitglied", "Mitgliedern", "Mitglieder"),
        ("Zuschlag", "Zuschlages", "Zuschlag"),
        ("Modellprojekt", "Modellprojekten", "Modellprojekte"),
        ("Beschäftigter", "Beschäftigten", "Beschäftigte"),
        ("Schule", "Schulen", "Schulen"),
        ("Wohnung", "Wohnungen", "Wohnungen"),
        ("Professor", "Professoren", "Professoren"),
        ("Bett", "Betten", "Betten"),
        ("Staat", "Staaten", "Staaten"),
        ("Bauer", "Bauern", "Bauern"),
        ("Werkstatt", "Werkstätten", "Werkstätten"),
        ("Unternehmen", "Unternehmen", "Unternehmen"),
        (None, None, None),
    ],
)
def test_another_case_is_left_where_it_is_sure(noun: str | None, written: str | None, shown: str | None) -> None:
    assert nominative(written, noun) == shown


def test_marks_within_marks() -> None:
    assert quoted("Das „Haus“ und “Hof”.", "de") == "„Das ‚Haus‘ und ‚Hof‘.“"
    assert quoted("„Wir bauen 42 Häuser.", "de") == "„Wir bauen 42 Häuser.“"
    assert quoted("Das sind 42 Häuser.“", "de") == "„Das sind 42 Häuser.“"
    assert quoted('"Wir bauen 42 Häuser.', "en") == "“Wir bauen 42 Häuser.”"
    assert quoted("“ Im Mai waren es 42 Häuser.", "de") == "„Im Mai waren es 42 Häuser.“"
    assert quoted("„Haus A“ und „Haus B“", "de") == "„‚Haus A‘ und ‚Haus B‘“"
    assert quoted("Sie sagte: „Es sind 42.", "de") == "„Sie sagte: ‚Es sind 42.“"
    assert quoted('Das "Haus".', "en") == "“Das ‘Haus’.”"


@pytest.mark.parametrize(
    ("sentences", "written"),
    [
        (["Frei sind 9.", "Belegt waren 12."], "Züge"),
        (["Es sind 24 Züge.", "Von 9 Zügen fahren 3."], "Züge"),
        (["Von 9 Zügen fahren 3."], "Züge"),
    ],
)
def test_what_is_counted_is_named_as_beside_several(sentences: list[str], written: str) -> None:
    proofs = tuple(SimpleNamespace(value=Decimal(9), unit=None, quote="", sentence=sentence) for sentence in sentences)
    row = SimpleNamespace(total=SimpleNamespace(evidence=proofs), parts={})
    assert counted_in(SimpleNamespace(rows=[row], nouns=["Zug"])) == [written]
