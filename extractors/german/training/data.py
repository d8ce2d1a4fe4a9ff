"""Training sentences: the treebank's gold ones, and silver ones that HanTa has tagged."""

import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from HanTa import HanoverTagger

from extractors.german.syntax.bracket_repairs import bracket_repairs
from extractors.german.syntax.sentences import sentence_starts
from extractors.german.words.tags import form_tag
from extractors.german.words.tokenizer import Tokenizer

ALIKE = {"PAV": "PROAV", "NNI": "NN", "NNA": "NN", "NNP": "NE", "PPOSS": "PIS"}
LONGEST = 80


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


def silver(path: Path, tokens: int, seed: int, cache: Path | None = None) -> list[Sentence]:
    """Release sentences of `tokens` in all, as HanTa tags them.

    Args:
        path: the releases.
        tokens: how many tokens to take.
        seed: for the order of the releases.
        cache: a file to keep HanTa's work in (minutes), read instead where it exists.
    """
    if cache is not None and cache.exists():
        with gzip.open(cache, "rt", encoding="utf-8") as lines:
            return [Sentence(*json.loads(line)) for line in lines]
    tagger = HanoverTagger.HanoverTagger("morphmodel_ger.pgz")
    found: list[Sentence] = []
    count = 0
    for forms in release_sentences(path, seed):
        if len(forms) <= LONGEST:
            found.append(_taught(tagger, forms))
            count += len(forms)
        if count >= tokens:
            break
    if cache is not None:
        with gzip.open(cache, "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps([s.forms, s.tags, s.lemmas], ensure_ascii=False) + "\n" for s in found)
    return found


def _taught(tagger: HanoverTagger.HanoverTagger, forms: list[str]) -> Sentence:
    tagged = tagger.tag_sent(forms)
    tags = [tag.replace("(", "").replace(")", "") if len(tag) > 2 else tag for _, _, tag in tagged]
    return Sentence(forms, [ALIKE.get(tag, tag) for tag in tags], [lemma for _, lemma, _ in tagged])


def teachers_habits(gold: Iterable[Sentence]) -> dict[tuple[str, str], str]:
    """What the teacher, compared with gold, tags wrongly as a rule: (form, its tag) to the right tag."""
    tagger = HanoverTagger.HanoverTagger("morphmodel_ger.pgz")
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in gold:
        for form, right, tag in zip(sentence.forms, sentence.tags, _taught(tagger, sentence.forms).tags, strict=True):
            seen[form.lower(), tag][right] += 1
    habits: dict[tuple[str, str], str] = {}
    for (form, tag), counts in seen.items():
        right, count = counts.most_common(1)[0]
        if right != tag and count >= 2 and count >= 0.75 * counts.total():
            habits[form, tag] = right
    return habits


def mend(sentence: Sentence, habits: dict[tuple[str, str], str]) -> Sentence:
    """The sentence with tags that form and brackets decide, and without the teacher's habitual errors."""
    tags = [
        form_tag(form) or habits.get((form.lower(), tag), tag)
        for form, tag in zip(sentence.forms, sentence.tags, strict=True)
    ]
    for place, tag in bracket_repairs(tags, [form.lower() for form in sentence.forms]):
        tags[place] = tag
    return Sentence(sentence.forms, tags, sentence.lemmas)
