"""The dictionary as a trie."""

import subprocess
import sys

import pytest
import simplemma

from db.claims.dictionary import in_dictionary, lemma_of

WORDS = [
    "Häusern", "Schulplätze", "geschaffenen", "Straftaten", "gebaut", "Lehrkräften", "beim", "Kita-Plätze", "strasse",
    "Grundstückswert", "Schwimmbäder", "E-Mobilität", "xyzzy", "4.300", "öffentlichen", "Ärztinnen", "ÖPNV", "it's",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_it_answers_as_simplemma_does(word: str) -> None:
    assert lemma_of(word) == simplemma.lemmatize(word, lang="de", low_memory=True)
    assert in_dictionary(word) == simplemma.is_known(word, lang="de", low_memory=True)


def test_nothing_is_no_word() -> None:
    assert not in_dictionary("")


def test_where_nothing_can_be_kept_it_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    command = "from db.claims.dictionary import lemma_of; print(lemma_of('Häusern'))"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout == "Haus\n"
