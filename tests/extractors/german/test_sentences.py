"""Tokens and sentence boundaries against texts marked by hand."""

from itertools import pairwise
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

HERE = Path(__file__).parent


def read(name: str) -> str:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("# "))


def texts() -> list[tuple[str, list[str]]]:
    """Texts with their sentences."""
    found = []
    for block in read("sentences.txt").strip().split("\n\n"):
        text = ""
        expected = []
        for line in block.strip().splitlines():
            sentence = line.rstrip("¶+")
            expected.append(sentence)
            text += sentence + {"": " ", "+": "", "¶": "\n", "¶¶": "\n\n"}[line[len(sentence) :]]
        found.append((text.rstrip(), expected))
    return found


TEXTS = texts()
TOKEN_LINES = read("tokens.txt").strip().splitlines()


def found_sentences(doc: Doc) -> list[str]:
    starts = [token.i for token in doc if token.is_sent_start]
    return [doc[start:end].text.strip() for start, end in pairwise([*starts, len(doc)])]


def test_there_are_enough_cases() -> None:
    assert sum(len(expected) for _, expected in TEXTS) + len(TOKEN_LINES) >= 150


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[expected[0][:30] for _, expected in TEXTS])
def test_sentences(nlp: Language, text: str, expected: list[str]) -> None:
    assert found_sentences(nlp(text)) == expected


@pytest.mark.parametrize("line", TOKEN_LINES)
def test_tokens(nlp: Language, line: str) -> None:
    expected = [token.replace("␣", " ") for token in line.replace("·", " ").split(" ")]
    assert [token.text for token in nlp(line.replace("·", "").replace("␣", " "))] == expected


def test_offsets_point_into_the_text(nlp: Language) -> None:
    text = "  Zwei  Blanks,\tein Tabulator \n\n und\u00a0ein festes Leerzeichen: 11\u202f000 Bür\u00adger.\r\nEnde  "
    doc = nlp(text)
    assert doc.text == text
    assert [text[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]
    assert "11\u202f000" in [token.text for token in doc]


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Die Jahr-gangsstufen wachsen.", "Jahr-gangsstufen", "Jahrgangsstufe"),
        ("Alle Bür\u00adger\u00admeister kamen.", "Bür\u00adger\u00admeister", "Bürgermeister"),
        ("Viele Bürger:innen kamen.", "Bürger:innen", "Bürger:in"),
        ("Die Berliner*innen stimmten ab.", "Berliner*innen", "Berliner*in"),
        ("Alle SchülerInnen lernen.", "SchülerInnen", "SchülerIn"),
        ("Schüler/-innen lernen.", "Schüler/-innen", "Schüler/-in"),
        ("42 Jugendliche kamen.", "Jugendliche", "Jugendlicher"),
        ("Die Beschäftigten streiken.", "Beschäftigten", "Beschäftigter"),
        ("Die Projektvorschläge liegen vor.", "Projektvorschläge", "Projektvorschlag"),
        ("Der EU-weite Plan gilt.", "EU-weite", "eu-weit"),
        ("Das Vorhaben wurde weitergeführt.", "weitergeführt", "weiterführen"),
        ("Das Haus ist abzureißen.", "abzureißen", "abreißen"),
        ("Sie kam im Mai zum Amt.", "zum", "zu"),
    ],
)
def test_lemmas(nlp: Language, text: str, word: str, lemma: str) -> None:
    assert [token.lemma_ for token in nlp(text) if token.text == word] == [lemma]


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "“", "(", "„", "– –", ", ,", "und", "zu", "Um", "§§ ((", "1."])
def test_odd_texts_are_survived(nlp: Language, text: str) -> None:
    assert nlp(text).text == text
