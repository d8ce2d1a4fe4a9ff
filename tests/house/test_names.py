"""A public type name exists once, so that who looks for it finds one thing."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.house.test_circles import PROJECT

ROOT = Path(__file__).parents[2]


def type_names(module: ast.Module) -> Iterator[str]:
    """Public classes, and what unions, literals and annotated types are called."""
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in module.body:
        if isinstance(node, ast.Assign):
            names = (target.id for target in node.targets if isinstance(target, ast.Name))
            yield from (name for name in names if not name.isupper())


def test_a_public_type_name_exists_once() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for package in PROJECT["tool"]["importlinter"]["root_packages"]:
        for path in (ROOT / package).rglob("*.py"):
            for name in type_names(ast.parse(path.read_text("utf-8"))):
                if name[0].isupper():
                    places[name].append(str(path.relative_to(ROOT)))
    assert len(places) > 150
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
