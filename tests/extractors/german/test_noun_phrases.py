"""Noun phrases against sentences marked by hand, and compounds."""

from pathlib import Path

import pytest
from spacy.language import Language

from extractors.german.words.compounds import split
from tests.support.marked_clauses import sentences

COMPOUNDS = (
    """
Forschung Professur Forschungsprofessur | Projekt Vorschlag Projektvorschlag | Land Amt Landesamt
Kita Platz Kitaplatz | Schule Platz Schulplatz | Arbeit Gruppe Arbeitsgruppe | Haushalt Mittel Haushaltsmittel
Ausbildung Platz Ausbildungsplatz | Rad Weg Radweg | Digitalisierung Projekt Digitalisierungsprojekt
E-Mail Adresse E-Mail-Adresse | Förder Bescheid Förderbescheid | Impf Dose Impfdose | Straße Bahn Straßenbahn
Wohnungsbau Projekt Wohnungsbauprojekt | Bürger Meister Bürgermeister | Wasserstoff Tankstelle Wasserstofftankstelle
Klimaschutz Programm Klimaschutzprogramm
""".strip()
    .replace("\n", " | ")
    .split(" | ")
)
LINES = sentences(Path(__file__).with_name("noun_phrases.txt"))


def marked(line: str) -> tuple[str, set[tuple[int, int, int, bool]]]:
    """The plain sentence; start, end, head's start and whether an attribute, of each phrase."""
    text = ""
    stack: list[list[int]] = []
    found = set()
    for char in line:
        if char == "[":
            stack.append([len(text), -1, 0])
        elif char == "^":
            stack[-1][2] = 1
        elif char == "*":
            stack[-1][1] = len(text)
        elif char == "]":
            start, head, attribute = stack.pop()
            found.add((start, len(text), head, bool(attribute)))
        else:
            text += char
    return text, found


@pytest.mark.parametrize("line", LINES)
def test_noun_phrases_as_marked(nlp: Language, line: str) -> None:
    text, expected = marked(line)
    doc = nlp(text)
    found = {
        (
            doc[phrase.start].idx,
            doc[phrase.end - 1].idx + len(doc[phrase.end - 1]),
            doc[phrase.head].idx,
            phrase.parent is not None,
        )
        for phrase in doc._.bilanz_noun_phrases
        if doc[phrase.head].tag_ not in ("PPER", "PRF", "PRELS", "PDS")
    }
    assert found == expected


def test_prepositions_and_numbers(nlp: Language) -> None:
    doc = nlp("Im Jahr 2024 entstanden in rund 40 Städten der Region 1.200 neue Plätze.")
    by_head = {doc[phrase.head].text: phrase for phrase in doc._.bilanz_noun_phrases}
    assert doc[by_head["Städten"].preposition].text == "in"
    assert [doc[number].text for number in by_head["Städten"].numbers] == ["40"]
    assert [doc[number].text for number in by_head["Plätze"].numbers] == ["1.200"]
    assert doc._.bilanz_noun_phrases[by_head["Region"].parent] == by_head["Städten"]
    assert by_head["Plätze"].preposition is None


@pytest.mark.parametrize("parts", COMPOUNDS)
def test_compounds(parts: str) -> None:
    modifier, head, noun = parts.split()
    found = split(noun)
    assert found is not None
    assert (found.modifier, found.head) == (modifier, head)


@pytest.mark.parametrize(
    "noun", ["Bildung", "Arbeit", "Verwaltung", "Million", "Unternehmen", "Universität", "Jugendlicher"]
)
def test_simple_nouns_stay_whole(noun: str) -> None:
    assert split(noun) is None
