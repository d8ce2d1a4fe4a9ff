"""The network judges words by their context: alike wherever a text is cut, in any process, and whatever it is given."""

from datetime import date

import numpy as np
import pytest

from extractors import convolution
from extractors.contexts import contexts
from extractors.decisions.network import HEADS, network, rows
from extractors.pipeline import pipeline
from extractors.tokens import tokens

WORDS = ["Das", "Programm", "„Lernbrücke", "Nord“", "ist", "abgeschlossen", ",", "2031", "soll", "eines", "beginnen"]


def judged(words: list[str]) -> dict[str, np.ndarray]:
    return network().read(words, ["NN"] * len(words), [0] * len(words))


def test_each_word_has_a_probability_for_each_answer() -> None:
    answers = judged(WORDS)
    assert {name: found.shape for name, found in answers.items()} == {
        name: (len(WORDS), len(possible)) for name, possible in HEADS.items()
    }
    for found in answers.values():
        assert found.sum(axis=1) == pytest.approx(1, abs=1e-4)


def test_a_long_text_is_judged_as_if_it_were_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    words = WORDS * 40
    in_pieces = {}
    for size in (64, 10_000):
        monkeypatch.setattr(convolution, "_AT_ONCE", size)
        in_pieces[size] = judged(words)
    for name in HEADS:
        assert in_pieces[64][name] == pytest.approx(in_pieces[10_000][name], abs=1e-3)


@pytest.mark.parametrize("word", ["", "🙂", "\ud800", "x" * 100_000, "\n\n"])
def test_any_word_is_judged(word: str) -> None:
    assert all(np.isfinite(found).all() for found in network().read([word], ["no such tag"], [3]).values())


def test_figures_of_one_length_are_one_and_capitals_are_a_matter_of_shape() -> None:
    assert rows("2024") == rows("1999") != rows("24")
    assert rows("Straße")[:-1] == rows("straße")[:-1] and rows("Straße") != rows("straße")


# A text, words of it, and what they are by their context: more likely than not, or not.
JUDGED = [
    ("Das Programm „Lernbrücke Nord“ startet.", "name", "Lernbrücke Nord", True),
    ("Das Programm „Lernbrücke Nord“ startet.", "name", "startet", False),
    ("Der Spielplatz Lindenhof ist fertig saniert und wieder geöffnet.", "state", "saniert", True),
    ("Der Spielplatz Lindenhof ist bei Kindern sehr beliebt.", "state", "beliebt", False),
    ("Im kommenden Jahr sollen 40 neue Bäume gepflanzt werden.", "plan", "40", True),
    ("Im vergangenen Jahr wurden 40 neue Bäume gepflanzt.", "plan", "40", False),
]


@pytest.mark.parametrize(("text", "what", "words", "likely"), JUDGED)
def test_words_are_judged_by_what_stands_around_them(text: str, what: str, words: str, likely: bool) -> None:
    doc = pipeline().make_doc(text)
    doc._.bilanz_published = date(2024, 5, 6)
    doc, listed = pipeline()(doc), tokens(doc)
    start = text.index(words)
    first, last = listed.at(start), listed.at(start + len(words) - 1)
    found = contexts(doc)
    odds = {
        "name": lambda: found.name(first, last),
        "state": lambda: found.state(first, last, [status for status in HEADS["state"] if status is not None]),
        "plan": lambda: found.plan(first, last),
    }[what]()
    assert (odds > 0) is likely
