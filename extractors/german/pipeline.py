"""The pipeline: which components, in which order, and with which model."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
from spacy.lang.de import German
from spacy.language import Language
from spacy.pipeline import Tagger
from thinc.api import NumpyOps

from extractors.german.syntax import clauses, sentences  # noqa: F401  (they register their factories)
from extractors.german.words import embed, lemmas, tags  # noqa: F401  (they register their factories)
from extractors.german.words.encode import reading
from extractors.german.words.tokenizer import Tokenizer
from models.errors import InputError

MODEL = Path(__file__).parent / "model"
BATCH_SIZE = 8
"""Texts that go through the tagger at a time: more are no faster, and take hundreds of megabytes."""
OPS = NumpyOps(use_blis=False)
"""numpy's matrix product takes less than half the time of the one that spaCy brings along."""
WIDTH = 96
DEPTH = 4
ROWS = [10000, 2500, 3000, 7000, 500]


def untrained(width: int = WIDTH, depth: int = DEPTH) -> Language:
    """Our tokenizer, sentence rules and a tagger that has learned nothing yet."""
    nlp: Language = German.from_config({"nlp": {"tokenizer": {"@tokenizers": "bilanz_tokenizer"}}})
    nlp.add_pipe("bilanz_sentences")
    tok2vec: dict[str, Any] = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {"@architectures": "bilanz_word_embed", "width": width, "rows": ROWS},
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": width,
            "window_size": 1,
            "maxout_pieces": 3,
            "depth": depth,
        },
    }
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": tok2vec, "nO": None, "normalize": False}
    nlp.add_pipe("tagger", config={"model": tagger})
    return nlp


@lru_cache(maxsize=2)
def load(tagger: str | None = None) -> Language:
    """The ready pipeline, once a process.

    Args:
        tagger: an installed spaCy pipeline (or the path of one) with STTS tags to take the tags from, by default
            our own. Tokens, sentences and lemmas are ours in any case.

    Raises:
        InputError: no such pipeline is installed, or it sets no tags.
    """
    return assemble(_installed(tagger) if tagger else _own())


def _own() -> Language:
    nlp = spacy.load(MODEL)
    # Shapes, stop words and so on: nothing asks for them, and they would be worked out for each new word.
    nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]
    tagger = nlp.get_pipe("tagger")
    assert isinstance(tagger, Tagger)
    for layer in tagger.model.walk():
        layer.ops = OPS
    encoder = tagger.model.get_ref("tok2vec").get_ref("encode")
    tagger.model.replace_node(encoder, reading(encoder))
    return nlp


def _installed(name: str) -> Language:
    try:
        return spacy.load(name, exclude=["parser", "ner", "senter", "sentencizer", "morphologizer", "lemmatizer"])
    except OSError as error:
        problem = f"The spaCy pipeline '{name}' is not installed: install it, or unset BILANZ_SPACY_MODEL."
        raise InputError(problem) from error


def assemble(nlp: Language) -> Language:
    """Puts our tokenizer and rules around a pipeline that has a tagger.

    Raises:
        InputError: nothing in the pipeline sets `token.tag_`.
    """
    if not any("token.tag" in nlp.get_pipe_meta(pipe).assigns for pipe in nlp.pipe_names):
        raise InputError(f"The spaCy pipeline '{nlp.meta['name']}' has no tagger: name one that sets STTS tags.")
    nlp.batch_size = BATCH_SIZE
    nlp.tokenizer = Tokenizer(nlp.vocab)
    if "bilanz_sentences" not in nlp.pipe_names:
        nlp.add_pipe("bilanz_sentences", first=True)
    for factory in ("bilanz_tags", "bilanz_lemmas", "bilanz_clauses"):
        if factory not in nlp.pipe_names:
            nlp.add_pipe(factory)
    return nlp
