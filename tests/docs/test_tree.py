"""The design shows the packages as they are."""

import subprocess
import sys

from setuptools import find_packages

from tests.docs.blocks import ROOT

PACKAGES = find_packages(str(ROOT), exclude=["tests*", "benchmarks*", "db.migrations*"])


def test_the_tree_of_the_design_is_what_the_packages_say() -> None:
    code = "import tree; page = tree.PAGE.read_text('utf-8'); print(tree.with_tree(page) == page)"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "docs/hooks", capture_output=True, text=True, check=True
    )
    assert found.stdout == "True\n", "docs/design.md is out of date: python docs/hooks/tree.py"


def test_the_tree_has_every_package() -> None:
    lines = (ROOT / "docs/design.md").read_text("utf-8").splitlines()
    shown = [line.split()[0] for line in lines if line.strip() and line.split()[0].endswith("/")]
    assert sorted(name.rpartition(".")[2] + "/" for name in PACKAGES) == sorted(shown)
