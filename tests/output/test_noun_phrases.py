"""What a series counts, in the words that all its sentences have."""

from datetime import date

import pytest

from comparison.figures import figure
from comparison.series import Point
from extractors.claims.extraction import extract
from output.noun_phrases import noun_phrase_in_points
from output.nouns import noun_as_written
from tests.support.releases import page
from tests.support.stored import stored_claims


def points(*sentences: str) -> list[Point]:
    """A point for the first number of each sentence."""
    found = []
    for place, sentence in enumerate(sentences):
        day = f"202{place}-05-03"
        release = page("Bericht", sentence, day)
        read = extract(release.text, published=date.fromisoformat(day))
        stored = stored_claims(f"https://land.example/{day}", release, read)
        first = min((each for each in stored if each.claim.value is not None), key=lambda each: each.claim.start)
        found.append(Point(day, figure([first])))
    return found


@pytest.mark.parametrize(
    ("sentences", "phrase"),
    [
        (("Es gibt 35 überregionale Verbünde.", "In 33 überregionalen Verbünden wird geforscht."),
         "überregionale Verbünde"),
        (("Gebaut werden neun Schulen.", "Gebaut werden sieben Schulen."), "Schulen"),
        (("Es gab 12 Anträge auf Wohngeld im Kreis.", "Es gab 15 Anträge auf Wohngeld in der Stadt."),
         "Anträge auf Wohngeld"),
        (("Es gab 12 Anträge in Höhe von 9 Euro.", "Es gab 15 Anträge in Höhe von 8 Euro."), "Anträge"),
        (("Geholfen hat, dass 12 Kinder und Jugendliche Beihilfen bekamen.",
          "Geholfen hat, dass 15 Kinder und Jugendliche Beihilfen bekamen."), "Kinder und Jugendliche"),
        (("Gestorben sind 12 Kranke, 9 Kranke waren 80 Jahre und älter.",
          "Gestorben sind 15 Kranke, 9 Kranke waren 80 Jahre und älter."), "Kranke"),
        (("Es gibt 35 überregionale Verbünde.", "In 33 Verbünden wird geforscht."), "Verbünde"),
        (("Geprüft wurden 12 Schulen und Kitas.", "Geprüft wurden 15 Schulen und Kitas."), "Schulen und Kitas"),
        (("Geprüft wurden 12 Schulen und Kitas.", "Geprüft wurden 15 Schulen und 9 Kitas."), "Schulen"),
        (("Gefördert werden 12 in Berlin lebende Autorinnen und Autoren.",
          "Gefördert werden 15 in Berlin lebende Autorinnen und Autoren."), "in Berlin lebende Autoren"),
    ],
)  # fmt: skip
def test_a_noun_has_beside_it_what_all_sentences_have(sentences: tuple[str, ...], phrase: str) -> None:
    told = points(*sentences)
    assert noun_phrase_in_points(told[-1].proof.counted, told) == phrase


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("Neben den 1000 Betten in der Kältehilfe hat der Senat weitere geschaffen.", "Betten in der Kältehilfe"),
        ("Die Aula hat 150 Stühle und ist mit neuer Technik ausgestattet.", "Stühle"),
        ("Es gibt 12 Partner im Netzwerk der Stadt Die Verwaltung freut sich.", "Partner im Netzwerk der Stadt"),
        ("Es gibt 12 Gruppen aus 74 Kindern sowie 6 Lehrkräften.", "Gruppen"),
        ("Es gibt 12 Plätze für besonders schutzbedürftige Kinder.", "Plätze für besonders schutzbedürftige Kinder"),
    ],
)
def test_what_is_said_behind_a_noun_ends_before_a_verb_a_number_and_another_sentence(
    sentence: str, phrase: str
) -> None:
    told = points(sentence)
    assert noun_phrase_in_points(told[-1].proof.counted, told) == phrase


def test_a_noun_cut_short_before_und_is_completed_with_its_hyphen() -> None:
    assert (
        noun_as_written("ACladepunkt", "126 AC- und DC-Ladepunkte", "Es gibt 126 AC- und DC-Ladepunkte.")
        == "AC-Ladepunkte"
    )


@pytest.mark.parametrize(
    ("sentence", "noun", "phrase"),
    [
        ("Zugestimmt haben 40 Prozent der befragten Schulen.", "Schule", "Schulen"),
        ("Der Anteil der Schulen liegt bei 40 Prozent.", "Schule", "Schulen"),
        ("Die Arbeitslosenquote beträgt 9 Prozent.", "Arbeitslosenquote", "Arbeitslosenquote"),
        ("Für ein Gymnasium entschieden sich 42 Prozent.", "Gymnasium", None),
        ("Zudem erreichten 96 Prozent einen Schulabschluss.", "Schulabschluss", None),
    ],
)
def test_a_share_is_of_what_its_sentence_says_it_is_of(sentence: str, noun: str, phrase: str | None) -> None:
    assert noun_phrase_in_points(noun, points(sentence, sentence)) == phrase
