"""Trains the pipeline's model and writes the model card.

    python -m extractors.german.training.train --corpus releases.jsonl.gz --treebank FOLDER

FOLDER holds gsd-dev.conllu, which is trained on, and gsd-test.conllu, which is only measured on.
"""

import argparse
import logging
import random
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.pipeline import Tagger
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, fix_random_seed, set_current_ops

from extractors.german.pipeline import MODEL, OPS, untrained
from extractors.german.training import lemmas as train_lemmas
from extractors.german.training.data import Sentence, mend, silver, teachers_habits, treebank
from extractors.german.training.report import write_card

SEED = 7
GOLD_WEIGHT = 8
"""How often a gold sentence is seen for one sight of a silver one."""
LEARN_RATE = 0.002
DROPOUT = 0.1
LEAST_GAIN = 1
"""How much an ending's own lemma rule must gain, see `train_lemmas.learn`."""

log = logging.getLogger("extractors.german.training.train")


def example(nlp: Language, sentence: Sentence) -> Example:
    """The sentence as a training example of the tagger."""
    starts: list[bool | int | None] = [place == 0 for place in range(len(sentence.forms))]
    bare = Doc(nlp.vocab, words=sentence.forms, sent_starts=starts)
    return Example(bare, Doc(nlp.vocab, words=sentence.forms, tags=sentence.tags))


def endless(sentences: list[Sentence], rng: random.Random) -> Iterator[Sentence]:
    """The sentences for ever, in a new order each time round."""
    while True:
        rng.shuffle(sentences)
        yield from sentences


def train_tagger(gold: list[Sentence], taught: list[Sentence], words: int) -> Language:
    """A pipeline whose tagger has seen `words` words; its weights are the average over the training."""
    fix_random_seed(SEED)
    set_current_ops(OPS)
    nlp = untrained()
    with_tag = {tag: sentence for sentence in taught + gold for tag in sentence.tags}
    nlp.initialize(lambda: [example(nlp, sentence) for sentence in with_tag.values()])
    optimizer = Adam(LEARN_RATE, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    stream = endless(taught + gold * GOLD_WEIGHT, random.Random(SEED))
    seen = step = 0
    while seen < words:
        step += 1
        optimizer.learn_rate = LEARN_RATE * min(1.0, step / 200) * (1 - seen / words) + LEARN_RATE / 40
        batch, size = [], 0
        while size < min(3000, 500 + seen / 200):
            sentence = next(stream)
            batch.append(example(nlp, sentence))
            size += len(sentence.forms)
        losses = nlp.update(batch, sgd=optimizer, drop=DROPOUT)
        seen += size
        if step % 100 == 0:
            log.info("%d words, loss %.3f a word", seen, losses["tagger"] / size)
    with nlp.use_params(optimizer.averages):
        weights = _tagger(nlp).to_bytes(exclude=["vocab"])
    return _clean(weights)


def _tagger(nlp: Language) -> Tagger:
    tagger = nlp.get_pipe("tagger")
    assert isinstance(tagger, Tagger)
    return tagger


def _clean(weights: bytes) -> Language:
    """The trained tagger in a pipeline whose vocabulary holds no training words."""
    nlp = untrained()
    tagger = _tagger(nlp)
    tagger.from_bytes(weights)
    for label in tagger.labels:
        nlp.vocab.strings.add(label)
    return nlp


def main() -> None:
    """Trains, saves the model as package data, measures it and writes the model card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="releases, gzipped JSON lines with a text each")
    parser.add_argument("--treebank", type=Path, required=True, help="folder of gsd-dev.conllu and gsd-test.conllu")
    parser.add_argument("--silver-tokens", type=int, default=2_200_000, help="tokens that the teacher tags")
    parser.add_argument("--words", type=int, default=5_000_000, help="words seen in training")
    parser.add_argument("--silver-cache", type=Path, help="file that keeps the teacher's work between runs")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder to write the model to")
    parser.add_argument("--card", type=Path, default=Path("docs/model-card.md"), help="where the model card goes")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    gold = list(treebank(args.treebank / "gsd-dev.conllu"))
    habits = teachers_habits(gold)
    taught = [mend(sentence, habits) for sentence in silver(args.corpus, args.silver_tokens, SEED, args.silver_cache)]
    log.info("%d gold, %d silver sentences, %d habits mended", len(gold), len(taught), len(habits))
    nlp = train_tagger(gold, taught, args.words)
    nlp.to_disk(args.model)
    pairs, met = train_lemmas.collect(taught, gold)
    nouns = train_lemmas.write_nouns(taught, args.model / "nouns.xz")
    rules = train_lemmas.write(pairs, met, args.model / "lemma-rules.xz", LEAST_GAIN)
    log.info("%d lemma rules, %d nouns", rules, nouns)
    silver_tokens = sum(len(sentence.forms) for sentence in taught)
    write_card(args.card, args.model, args.treebank, silver_tokens=silver_tokens, words=args.words, rules=rules)


if __name__ == "__main__":
    main()
