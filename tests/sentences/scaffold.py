"""Makes the folder of a new rule and its file of marked sentences, and puts the rule into the pipeline.

    python -m tests.sentences.scaffold NAME

The rule works at once: it finds the words that its YAML file lists, by their lemmas.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

COMPONENT = '''"""Finds {name}: one sentence on what these are.

    Das [Richtfest]{{kind: example}} ist am Montag.

Sets `doc._.bilanz_{name}`: a tuple of `{title}Mention` in the order of the text. Reads lemmas and clauses.
Words: words.yaml. Examples and near misses: tests/sentences/{name}.txt.
"""

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extractors.rules.{name}.patterns import WORDS
from extractors.tokens import tokens

NAME = "bilanz_{name}"
Doc.set_extension(NAME, default=(), force=True)

_KINDS = {{lemma: kind for kind, lemmas in WORDS.kinds.items() for lemma in lemmas}}


@dataclass(frozen=True, slots=True)
class {title}Mention:
    """Words that name one of the {name}; `start`/`end` are characters, `index` the token, `clause` its clause."""

    kind: str
    start: int
    end: int
    index: int
    clause: int


@Language.component(
    NAME,
    assigns=["doc._.bilanz_{name}"],
    requires=["token.lemma", "doc._.bilanz_clause_of"],
)
def find_{name}(doc: Doc) -> Doc:
    """Sets `doc._.bilanz_{name}`: the lemmas that `words.yaml` lists."""
    listed, clause_of = tokens(doc), doc._.bilanz_clause_of
    doc._.bilanz_{name} = tuple(
        {title}Mention(_KINDS[lemma], listed.starts[index], listed.ends[index], index, clause_of[index])
        for index, lemma in enumerate(listed.lemmas)
        if lemma in _KINDS
    )
    return doc
'''
PATTERNS = '''"""The words of {name}: the schema of words.yaml, whose comments say what each key is for."""

from extractors.patterns import Patterns


class {title}Words(Patterns):
    """words.yaml."""

    kinds: dict[str, frozenset[str]]


WORDS = {title}Words.beside(__file__, "words.yaml")
'''
WORDS = """# What is found: lemmas by kind.
kinds:
  example: [Richtfest, Grundstein]
"""
SENTENCES = """# What the rule for {name} reads: see README.md in this folder. Write near misses too.
Das Richtfest ist am Montag.
[Drei Brücken]{{kind: count, value: 3, counted: Brücke, status: completed}} sind fertiggestellt.
"""


def main(name: str, root: Path = ROOT) -> None:
    """Writes the files, none over another, and adds the rule to `extractors/pipeline.py`."""
    if not re.fullmatch(r"[a-z][a-z_]+", name):
        raise SystemExit(f"{name!r} is no name of a rule; take small letters, such as milestones.")
    folder, sentences = root / "extractors" / "rules" / name, root / "tests" / "sentences" / f"{name}.txt"
    if folder.exists() or sentences.exists():
        raise SystemExit(f"{name} exists already.")
    words = {"name": name, "title": name.title().replace("_", "")}
    folder.mkdir()
    (folder / "__init__.py").write_text(f'"""Rule: {name}."""\n', "utf-8")
    (folder / "component.py").write_text(COMPONENT.format(**words), "utf-8")
    (folder / "patterns.py").write_text(PATTERNS.format(**words), "utf-8")
    (folder / "words.yaml").write_text(WORDS, "utf-8")
    sentences.write_text(SENTENCES.format(**words), "utf-8")
    pipeline = root / "extractors" / "pipeline.py"
    pipeline.write_text(with_rule(pipeline.read_text("utf-8"), name), "utf-8")
    sys.stdout.write(
        f"{folder.relative_to(root)}: the rule, component.py; its words, words.yaml; their schema, patterns.py.\n"
        f"{sentences.relative_to(root)}: its sentences; python -m pytest tests/sentences -k {name}\n"
        "extractors/pipeline.py runs it behind the others. What it finds is used in extractors/claims.\n"
    )


def with_rule(pipeline: str, name: str) -> str:
    """The source of the pipeline with one rule more, behind those that it has."""
    lines = [*pipeline.splitlines(), f"from extractors.rules.{name} import component as {name}"]
    imports = sorted(line for line in lines if line.startswith("from extractors.rules."))
    first = lines.index(next(line for line in lines if line.startswith("from extractors.rules.")))
    others = [line for line in lines if not line.startswith("from extractors.rules.")]
    source = "\n".join([*others[:first], *imports, *others[first:]]) + "\n"
    return re.sub(r"^RULES = \((.*)\)$", rf"RULES = (\1, {name})", source, flags=re.MULTILINE)


if __name__ == "__main__":
    main(sys.argv[1])
