"""A public class name exists once, so that who looks for it finds one thing."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.house.test_circles import PROJECT

ROOT = Path(__file__).parents[2]


def test_a_public_class_name_exists_once() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for package in PROJECT["tool"]["importlinter"]["root_packages"]:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places[node.name].append(str(path.relative_to(ROOT)))
    assert len(places) > 100
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
