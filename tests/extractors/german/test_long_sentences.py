"""Sentences that no full stop ends are cut, where it hurts least."""

from itertools import pairwise

import pytest
from spacy.language import Language

from extractors.german.syntax.long_sentences import LONGEST, SHORTEST


def pieces(nlp: Language, text: str) -> list[list[str]]:
    doc = nlp(text)
    starts = [token.i for token in doc if token.is_sent_start]
    return [[token.text for token in doc[start:end]] for start, end in pairwise([*starts, len(doc)])]


def test_a_long_sentence_of_prose_stays_whole(nlp: Language) -> None:
    text = "Der Bericht nennt " + ", ".join(f"{number} Schulen in Musterstadt" for number in range(2, 30)) + "."
    assert len(pieces(nlp, text)) == 1


def test_a_list_without_end_is_cut_between_its_entries(nlp: Language) -> None:
    text = "; ".join(f"Schule {number} am Markt mit {number} Plätzen" for number in range(2, 150))
    found = pieces(nlp, text)
    assert len(found) > 1
    assert all(SHORTEST <= len(piece) <= LONGEST for piece in found[:-1])
    assert all(piece[-1] == ";" for piece in found[:-1])


@pytest.mark.parametrize("unit", ["5 Projekte ", "5 Millionen Euro ", "rund 12,5 Prozent ", "1 ", "(", "5\t", "x5 – "])
def test_whatever_repeats_is_cut(nlp: Language, unit: str) -> None:
    found = pieces(nlp, unit * 1000)
    assert max(map(len, found)) <= LONGEST
    assert "".join(word for piece in found for word in piece) == "".join(
        word.text for word in nlp.make_doc(unit * 1000)
    )


@pytest.mark.parametrize("unit", ["5 Projekte ", "5 Millionen Euro ", "12 Schulen, "])
def test_a_number_keeps_what_it_counts(nlp: Language, unit: str) -> None:
    assert {piece[0] for piece in pieces(nlp, unit * 1000)} == {unit.split()[0]}
