"""Which pipeline is loaded, and that the rules need no more of it than STTS tags."""

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from extractors import VERSION
from extractors import pipeline as whole
from extractors.claims import extract
from extractors.german import load, pipeline, show
from models.errors import InputError
from tests.extractors.german.test_clauses import LINES, report, wrong
from tests.support.marked_clauses import read_line


@pytest.fixture(scope="module")
def second(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline of another make on disk: spaCy's own tokenizer, features and tagger, a sentence
    recognizer and dependency-like labels of its own; it has learned STTS tags from our test sentences."""
    other = spacy.blank("de")
    other.add_pipe("senter")
    other.add_pipe("tagger")
    other.add_pipe("textcat_multilabel").add_label("ANDERES")
    examples = []
    for line in LINES:
        tagged = nlp(read_line(line)[0])
        words, tags = [token.text for token in tagged], [token.tag_ for token in tagged]
        spaces = [bool(token.whitespace_) for token in tagged]
        reference = Doc(
            other.vocab, words=words, spaces=spaces, tags=tags, sent_starts=[i == 0 for i in range(len(words))]
        )
        reference.cats = {"ANDERES": 1.0}
        examples.append(Example(Doc(other.vocab, words=words, spaces=spaces), reference))
    optimizer = other.initialize(lambda: examples)
    rng = random.Random(3)
    for _ in range(30):
        rng.shuffle(examples)
        for batch in spacy.util.minibatch(examples, 16):
            other.update(batch, sgd=optimizer)
    path = tmp_path_factory.mktemp("second") / "model"
    other.to_disk(path)
    return path


def test_clause_rules_hold_with_another_pipeline(second: Path) -> None:
    found = wrong(load(str(second)), LINES)
    assert len(found) <= 0.05 * len(LINES), report(found)


def test_another_tagger_has_all_rules_behind_it_and_a_version_of_its_own(second: Path) -> None:
    assert {"textcat_multilabel", "bilanz_quantities"} <= set(whole.pipeline(str(second)).pipe_names)
    text = "Neues\n\nZwölf Radwege sind fertiggestellt."
    own, other = (extract(text, published=None, tagger=tagger) for tagger in (None, str(second)))
    assert own.extractor_version == VERSION == whole.version()
    assert other.extractor_version == whole.version(str(second)) == f"{VERSION}+de_pipeline-0.0.0"


def test_each_rule_finds_what_it_requires() -> None:
    nlp = whole.pipeline()
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in nlp.pipe_names}


def test_the_pipeline_of_rules_leaves_the_german_one_alone() -> None:
    assert whole.pipeline().pipe_names[: len(load().pipe_names)] == load().pipe_names
    assert "bilanz_quantities" not in load().pipe_names


def test_missing_pipeline_is_named() -> None:
    with pytest.raises(InputError, match="'de_gibt_es_nicht' is not installed"):
        load("de_gibt_es_nicht")


def test_pipeline_without_tags_is_refused() -> None:
    with pytest.raises(InputError, match="has no tagger"):
        pipeline.assemble(spacy.blank("de"))


def test_loaded_once_a_process() -> None:
    assert load() is load()


def test_texts_in_batches_come_out_like_single_ones(nlp: Language) -> None:
    texts = [read_line(line)[0] for line in LINES[:40]]
    single = [nlp(text)._.bilanz_clauses for text in texts]
    assert [doc._.bilanz_clauses for doc in nlp.pipe(texts, batch_size=7)] == single


def test_texts_read_in_threads_side_by_side_come_out_like_single_ones(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "copy")
    knows_no_form_yet = spacy.load(tmp_path / "copy")
    texts = [read_line(line)[0] for line in LINES]
    turns = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda text: [token.tag_ for token in knows_no_form_yet(text)], texts))
    finally:
        sys.setswitchinterval(turns)
    assert found == [[token.tag_ for token in nlp(text)] for text in texts]


def test_saved_and_loaded_again_it_says_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")
    text = "Von den 73 Vorschlägen sind 42 abgeschlossen, 16 weitere befinden sich in Umsetzung."
    assert [(token.tag_, token.lemma_) for token in again(text)] == [(token.tag_, token.lemma_) for token in nlp(text)]


def test_show_gives_tokens_with_sentence_and_clause() -> None:
    rows = show("Neue Zahlen\n\n42 Vorhaben wurden nicht fortgesetzt, weil das Geld fehlte.")
    assert [row.text for row in rows if row.sentence == 0] == ["Neue", "Zahlen", "\n\n"]
    assert [row.verb for row in rows if row.verb] == [
        "fortsetzen past indicative passive negated",
        "fehlen past indicative active",
    ]
    assert {row.clause_kind for row in rows} == {"fragment", "", "main", "subordinate"}
    assert next(row.lemma for row in rows if row.text == "Zahlen") == "Zahl"
    assert next(row.noun_phrase for row in rows if row.text == "Vorhaben") == "42 Vorhaben"
