"""The words of the rules: every file has a schema, and what breaks it is told with file, line and column."""

import re
from pathlib import Path

import pytest

from extractors.rules.statuses.patterns import Verbs
from models.errors import InputError

EXTRACTORS = Path(__file__).parents[2] / "extractors"
VERBS = (EXTRACTORS / "rules" / "statuses" / "verbs.yaml").read_text("utf-8")
FILES = sorted(EXTRACTORS.rglob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(EXTRACTORS)))
def test_every_file_has_a_schema_and_every_key_a_comment(file: Path) -> None:
    sources = "".join(source.read_text("utf-8") for source in file.parent.glob("*.py"))
    assert f'beside(__file__, "{file.name}")' in sources
    lines = file.read_text("utf-8").splitlines()
    keys = [number for number, line in enumerate(lines) if re.match(r"\w+:", line)]
    assert [lines[number] for number in keys if not lines[number - 1].startswith("#")] == []


@pytest.mark.parametrize(("word", "instead", "problem"), [
    ("negated: rejected", "negatd: rejected", "negatd: unknown key."),
    ("status: rejected", "status: refused", "status: is none of"),
    ("  ablehnen:", "  prüfen:", "prüfen: the key stands here a second time."),
    ("participle: gezahlt,", "participle: {gezahlt,", "is no valid YAML"),
])  # fmt: skip
def test_a_mistake_is_told_with_its_place(word: str, instead: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "verbs.yaml").write_text(VERBS.replace(word, instead, 1), "utf-8")
    with pytest.raises(InputError) as raised:
        Verbs.beside(str(tmp_path / "patterns.py"), "verbs.yaml")
    assert re.match(rf"{re.escape(str(tmp_path))}/verbs\.yaml:\d+:\d+: ", str(raised.value))
    assert problem in str(raised.value)
