"""Makes the folder of a new rule and its file of marked sentences.

    python -m tests.sentences.scaffold NAME

The rule works at once: it finds the words that its YAML file lists, by their lemmas.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

COMPONENT = '''"""The component that finds {name}."""

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extractors.resources import data
from extractors.tokens import tokens


@dataclass(frozen=True, slots=True)
class {title}Mention:
    """Words that name one of the {name}; `start`/`end` are characters, `index` the token, `clause` its clause."""

    kind: str
    start: int
    end: int
    index: int
    clause: int


@Language.factory("bilanz_{name}", assigns=["doc._.{name}"], requires=["token.lemma", "doc._.clauses"])
def create_{name}(nlp: Language, name: str) -> "{title}Rule":
    """Factory of the component."""
    return {title}Rule()


class {title}Rule:
    """Sets `doc._.{name}`: a tuple of `{title}Mention` in the order of the text."""

    def __init__(self) -> None:
        if not Doc.has_extension("{name}"):
            Doc.set_extension("{name}", default=())

    def __call__(self, doc: Doc) -> Doc:
        """Finds the lemmas that `words.yaml` lists."""
        kinds = {{lemma: kind for kind, lemmas in data("{name}", "words").items() for lemma in lemmas}}
        listed = tokens(doc)
        doc._.{name} = tuple(
            {title}Mention(kinds[lemma], listed.starts[index], listed.ends[index], index, doc._.clause_of[index])
            for index, lemma in enumerate(listed.lemmas)
            if lemma in kinds
        )
        return doc
'''
WORDS = """# What is found, by kind -> lemmas.
example: [Richtfest, Grundstein]
"""
SENTENCES = """# What the rule for {name} reads: see README.md in this folder. Write near misses too.
Das Richtfest ist am Montag.
[Drei Brücken]{{kind: count, value: 3, counted: Brücke, status: completed}} sind fertiggestellt.
"""


def main(name: str) -> None:
    """Writes the files; none is written over."""
    if not re.fullmatch(r"[a-z][a-z_]+", name):
        raise SystemExit(f"{name!r} is no name of a rule; take small letters, such as milestones.")
    folder, sentences = ROOT / "extractors" / name, ROOT / "tests" / "sentences" / f"{name}.txt"
    if folder.exists() or sentences.exists():
        raise SystemExit(f"{name} exists already.")
    words = {"name": name, "title": name.title().replace("_", "")}
    folder.mkdir()
    (folder / "__init__.py").write_text(f'"""Rule: {name}."""\n', "utf-8")
    (folder / "component.py").write_text(COMPONENT.format(**words), "utf-8")
    (folder / "words.yaml").write_text(WORDS, "utf-8")
    sentences.write_text(SENTENCES.format(**words), "utf-8")
    sys.stdout.write(
        f"{folder.relative_to(ROOT)}/component.py and words.yaml: the rule.\n"
        f"{sentences.relative_to(ROOT)}: its sentences; python -m pytest tests/sentences -k {name}\n"
        "extractors/claims/extraction.py: import it and name it in _RULES, so that it is run.\n"
    )


if __name__ == "__main__":
    main(sys.argv[1])
