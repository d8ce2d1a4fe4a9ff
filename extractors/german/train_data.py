"""Training sentences: the treebank's gold ones, and silver ones that HanTa has tagged."""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from HanTa import HanoverTagger

from extractors.german.sentences import sentence_starts
from extractors.german.tokenizer import Tokenizer

ALIKE = {"PAV": "PROAV", "NNI": "NN", "NNA": "NN", "NNP": "NE"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """Forms with their STTS tags and lemmas (None where the treebank has none)."""

    forms: list[str]
    tags: list[str]
    lemmas: list[str | None]


def treebank(path: Path) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file; contracted forms (im, zur) are merged and tagged APPRART."""
    forms: list[str] = []
    tags: list[str] = []
    lemmas: list[str | None] = []
    merged: set[int] = set()
    for line in path.read_text(encoding="utf-8").split("\n"):
        columns = line.split("\t")
        if len(columns) < 5:
            if not line and forms:
                yield Sentence(forms, tags, lemmas)
                forms, tags, lemmas, merged = [], [], [], set()
        elif "-" in columns[0]:
            first, last = map(int, columns[0].split("-"))
            merged = set(range(first, last + 1))
            forms.append(columns[1])
            tags.append("APPRART")
            lemmas.append(None)
        elif columns[0].isdigit() and int(columns[0]) not in merged:
            forms.append(columns[1])
            tags.append(ALIKE.get(columns[4], columns[4]))
            lemmas.append(columns[2])


def release_sentences(path: Path, seed: int) -> Iterator[list[str]]:
    """Sentences (lists of forms) of a gzipped JSON-lines file with a `text` a line, in random order of texts."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    random.Random(seed).shuffle(texts)
    tokenize = Tokenizer(spacy.blank("de").vocab)
    for text in texts:
        sentence: list[str] = []
        words = [token.text for token in tokenize(text)]
        for word, start in zip(words, sentence_starts(words), strict=True):
            if start and sentence:
                yield sentence
                sentence = []
            if not word.isspace():
                sentence.append(word)
        if sentence:
            yield sentence


class Teacher:
    """HanTa, a tagger of a quite different kind (hidden Markov model over morphemes)."""

    def __init__(self) -> None:
        self._tagger = HanoverTagger.HanoverTagger("morphmodel_ger.pgz")

    def tag(self, forms: list[str]) -> Sentence:
        """The sentence with HanTa's own tags (in STTS spelling) and lemmas."""
        tagged = self._tagger.tag_sent(forms)
        tags = [tag.replace("(", "").replace(")", "") if len(tag) > 2 else tag for _, _, tag in tagged]
        return Sentence(forms, [ALIKE.get(tag, tag) for tag in tags], [lemma for _, lemma, _ in tagged])
