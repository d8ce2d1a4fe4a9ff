"""The clause rules against sentences marked by hand."""

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.syntax.clauses import Clause
from tests.support.marked_clauses import Marked, read_line, sentences

LINES = sentences(Path(__file__).with_name("clauses.txt"))
TENSES = {"present", "past", "perfect", "pluperfect", "future", "none"}
VOICES = {"active", "passive", "state"}
MOODS = {"indicative", "subjunctive1", "subjunctive2", "imperative"}


def characters(doc: Doc, tokens: tuple[int, ...]) -> set[int]:
    """Offsets of the letters and figures of some tokens."""
    return {doc[token].idx + place for token in tokens for place, char in enumerate(doc[token].text) if char.isalnum()}


def differences(doc: Doc, clause: Clause, marked: Marked) -> list[str]:
    """What a clause lacks of what is marked."""
    found = []
    if clause.kind != marked.kind:
        found.append(f"kind {clause.kind}, not {marked.kind}")
    if characters(doc, clause.tokens) != marked.words:
        found.append("words: " + " ".join(doc[token].text for token in clause.tokens))
    verb = clause.verb
    forms = (
        ()
        if verb is None
        else tuple(token for token in (verb.finite, *verb.nonfinite, verb.particle) if token in clause.tokens)
    )
    if characters(doc, forms) != marked.verbs:
        found.append("verb forms: " + " ".join(doc[token].text for token in forms))
    if verb is None:
        return found + marked.claims
    for claim in marked.claims:
        if claim in TENSES:
            right = verb.tense == claim
        elif claim in VOICES:
            right = verb.voice == claim
        elif claim in MOODS:
            right = verb.mood == claim
        elif claim == "neg":
            right = bool(verb.negation)
        elif claim.startswith("modal:"):
            right = verb.modal == claim.removeprefix("modal:")
        else:
            right = "+".join(verb.lemmas) == claim
        if not right:
            found.append(f"not {claim}: {verb.lemmas} {verb.tense} {verb.mood} {verb.voice} {verb.modal}")
    if verb.negation and marked.claims and "neg" not in marked.claims:
        found.append("negated")
    return found


def wrong(nlp: Language, lines: list[str]) -> dict[str, list[str]]:
    """The sentences that come out otherwise than marked, with what is wrong."""
    found = {}
    for line in lines:
        text, marked = read_line(line)
        doc = nlp(text)
        clauses = sorted(
            (c for c in doc._.bilanz_clauses if characters(doc, c.tokens)), key=lambda c: min(characters(doc, c.tokens))
        )
        problems = [
            problem for clause, mark in zip(clauses, marked, strict=False) for problem in differences(doc, clause, mark)
        ]
        if len(clauses) != len(marked):
            problems.insert(0, f"{len(clauses)} clauses, not {len(marked)}")
        if problems:
            found[line] = problems
    return found


def report(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{line}\n    {'; '.join(problems)}" for line, problems in found.items())


def test_clauses_as_marked(nlp: Language) -> None:
    found = wrong(nlp, LINES)
    assert len(LINES) >= 120
    assert len(found) <= 0.05 * len(LINES), report(found)


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ("Das Land fördert Höfe, die ausbilden.", [None, 0]),
        ("Weil das Geld fehlte, ruhte der Bau.", [1, None]),
        ("Der Sprecher betonte, die Strecke werde 2026 fertiggestellt.", [None, 0]),
        ("Der Bau ist fertig, die Schule öffnet im Mai.", [None, None]),
        ("Die Zahl stieg auf 120 (davon wurden 12 neu gebaut).", [None, 0]),
        ("Das Amt prüft, ob Betriebe, die ausbilden, Geld bekommen.", [None, 0, 1]),
    ],
)
def test_parents(nlp: Language, text: str, parents: list[int | None]) -> None:
    assert [clause.parent for clause in nlp(text)._.bilanz_clauses] == parents


def test_fields_and_negation(nlp: Language) -> None:
    doc = nlp("Im Mai hat das Land die 15 nicht geprüften Anträge noch nicht bewilligt wegen des Haushalts.")
    (clause,) = doc._.bilanz_clauses
    fields = (clause.vorfeld, clause.mittelfeld, clause.nachfeld)
    assert [" ".join(doc[token].text for token in words) for words in fields] == [
        "Im Mai",
        "das Land die 15 nicht geprüften Anträge noch nicht",
        "wegen des Haushalts",
    ]
    assert [doc[token].nbor(-1).text for token in clause.verb.negation] == ["noch"]


def test_every_word_is_in_one_clause(nlp: Language) -> None:
    text = "\n\n".join(read_line(line)[0] for line in LINES)
    for mangled in (text, text.replace(",", ""), text.replace("und", "– ("), text[::-1], text.replace(" ist ", " “ ")):
        doc = nlp(mangled)
        owners = [0] * len(doc)
        for clause in doc._.bilanz_clauses:
            assert clause.start <= clause.tokens[0] <= clause.tokens[-1] < clause.end
            for token in clause.tokens:
                owners[token] += 1
                assert doc._.bilanz_clause_of[token] == clause.index
        assert owners == [0 if token.text.isspace() else 1 for token in doc]
