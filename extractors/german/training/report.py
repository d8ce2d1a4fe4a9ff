"""Measures a trained model on held-out gold sentences and writes the model card."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.pipeline import DEPTH, ROWS, WIDTH, assemble
from extractors.german.training.data import Sentence, treebank
from extractors.german.words.lemmas import lemma
from extractors.german.words.lexicon import DATA

GROUPS: dict[str, Callable[[str], bool]] = {
    "verbs (V*)": lambda tag: tag[0] == "V",
    "KOUS, PREL*, PTK*": lambda tag: tag == "KOUS" or tag[:4] == "PREL" or tag[:3] == "PTK",
}


@dataclass
class Scores:
    """Counts by tag: gold, predicted, right; and of lemmas."""

    gold: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    lemmas: int = 0
    lemmas_right: int = 0

    def f1(self, member: Callable[[str], bool]) -> float:
        """F1 over all tags of a group together."""
        right, gold, predicted = (
            sum(count for tag, count in counts.items() if member(tag))
            for counts in (self.right, self.gold, self.predicted)
        )
        return 2 * right / (gold + predicted) if gold + predicted else 0.0


def measure(nlp: Language, sentences: list[Sentence]) -> Scores:
    """Tags and lemmas of given tokens against gold; contracted forms have no gold lemma."""
    scores = Scores()
    for sentence in sentences:
        doc = Doc(nlp.vocab, words=sentence.forms)
        for _, component in nlp.pipeline:
            doc = component(doc)
        for token, tag, base in zip(doc, sentence.tags, sentence.lemmas, strict=True):
            scores.gold[tag] += 1
            scores.predicted[token.tag_] += 1
            scores.right[tag] += token.tag_ == tag
            if token.tag_ != tag:
                scores.confused[tag, token.tag_] += 1
            if base is not None and tag[0] != "$":
                scores.lemmas += 1
                scores.lemmas_right += token.lemma_.casefold() == base.casefold()
    return scores


def write_card(card: Path, model: Path, treebank_folder: Path, *, silver_tokens: int, words: int, rules: int) -> None:
    """Measures the model in `model` on gsd-test and writes the card.

    Args:
        card: the Markdown file to write.
        model: folder of the trained model.
        treebank_folder: where gsd-test.conllu lies.
        silver_tokens: how many tokens the teacher tagged.
        words: how many words the tagger saw in training.
        rules: how many ending rules the lemmatizer has.
    """
    lemma.cache_clear()
    gold = list(treebank(treebank_folder / "gsd-test.conllu"))
    scores = measure(assemble(spacy.load(model)), gold)
    size = sum(file.stat().st_size for file in model.rglob("*") if file.is_file())
    card.parent.mkdir(parents=True, exist_ok=True)
    card.write_text(
        (DATA / "model-card.md")
        .read_text(encoding="utf-8")
        .format(
            width=WIDTH,
            depth=DEPTH,
            rows=", ".join(map(str, ROWS)),
            silver=f"{silver_tokens:,}",
            words=f"{words:,}",
            rules=f"{rules:,}",
            hanta=version("hanta"),
            simplemma=version("simplemma"),
            spacy=version("spacy"),
            size=f"{size / 1e6:.1f}",
            sentences=f"{len(gold):,}",
            tokens=f"{scores.gold.total():,}",
            accuracy=f"{scores.right.total() / scores.gold.total():.2%}",
            lemmas=f"{scores.lemmas_right / scores.lemmas:.2%}",
            groups="\n".join(f"| F1 {name} | {scores.f1(member):.4f} |" for name, member in GROUPS.items()),
            tags=_tag_table(scores),
            confused=", ".join(f"{gold}/{ours} {count}" for (gold, ours), count in scores.confused.most_common(12)),
        ),
        encoding="utf-8",
    )


def _tag_table(scores: Scores) -> str:
    rows = []
    for tag, count in sorted(scores.gold.items(), key=lambda item: -item[1]):
        right, predicted = scores.right[tag], scores.predicted[tag]
        precision = f"{right / predicted:.3f}" if predicted else "-"
        f1 = scores.f1(tag.__eq__)
        rows.append(f"| `{tag}` | {count} | {precision} | {right / count:.3f} | {f1:.3f} |")
    return "\n".join(rows)
