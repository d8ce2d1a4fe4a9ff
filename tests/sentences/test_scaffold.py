"""A new rule is in the pipeline at once, has words with a schema, and leaves all else as it is."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.sentences.scaffold import ROOT, main
from tests.support.marked_claims import read_file

WORKS = """
from extractors.pipeline import pipeline
nlp = pipeline()
assert not any(nlp.analyze_pipes()["problems"].values())
assert [m.kind for m in nlp("Das Richtfest ist am Montag.")._.bilanz_trial_runs] == ["example"]
"""


def test_new_rule_works_at_once(tmp_path: Path) -> None:
    for folder in ("extractors", "models"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tests" / "sentences").mkdir(parents=True)
    main("trial_runs", tmp_path)
    subprocess.run([sys.executable, "-c", WORKS], cwd=tmp_path, check=True)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for style in (["check"], ["format", "--check"]):
        subprocess.run([sys.executable, "-m", "ruff", *style, "extractors"], cwd=tmp_path, check=True)
    assert len(list(read_file(tmp_path / "tests" / "sentences" / "trial_runs.txt"))) == 2
