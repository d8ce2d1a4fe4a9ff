"""The tree of packages in docs/design.md, written from their docstrings by `python docs/hooks/tree.py`."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "design.md"
BEGIN, END = "<!-- tree: written by docs/hooks/tree.py -->\n", "<!-- end of the tree -->\n"
_INDENT, _COLUMN = 2, 18


def with_tree(page: str) -> str:
    """The page with the tree as the packages now are."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    # In the order of pyproject.toml, which is the way of the data.
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["root_packages"]
    lines = [line for package in packages for line in _lines(ROOT / package, 0)]
    return "".join((before, BEGIN, "```text\n", *lines, "```\n", END, after))


def _lines(package: Path, depth: int) -> Iterator[str]:
    """A line for a package and for each within it that says what it is."""
    if said := ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))):
        name = f"{' ' * _INDENT * depth}{package.name}/"
        yield f"{name:<{_COLUMN}}{said.splitlines()[0]}\n"
        for inner in sorted(path.parent for path in package.glob("*/__init__.py")):
            yield from _lines(inner, depth + 1)


if __name__ == "__main__":
    PAGE.write_text(with_tree(PAGE.read_text("utf-8")), "utf-8")
